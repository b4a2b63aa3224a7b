"""Imports past releases from a file, with a review before anything is stored."""
