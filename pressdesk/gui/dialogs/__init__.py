"""Dialogs: plain values in, plain values out."""
