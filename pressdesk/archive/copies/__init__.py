"""Copies of a desk: read-only, offline, and between file and server."""
