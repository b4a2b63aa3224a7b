"""Keeps releases in a desk; values in, values out, rows never leave."""
