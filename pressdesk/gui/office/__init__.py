"""Additions for a desk on a server: signing in, lost connections, other people's changes."""
