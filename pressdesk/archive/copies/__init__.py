"""Copies for others: for readers, offline, and from a file to a server and back."""
