"""Reads the text back from finished files and compares it with the sheet they were made of."""
