"""Text dumps of past releases: decoding, splitting into items, and what each item is."""
