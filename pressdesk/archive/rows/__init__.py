"""Reads table rows into values and writes values to rows."""
