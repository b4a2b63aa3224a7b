"""Stores releases in a desk; takes and returns values, never rows."""
