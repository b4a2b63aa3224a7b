"""Bytes to releases and releases to bytes."""
