"""Editing commands: each a function on a cursor and a single undo step."""
