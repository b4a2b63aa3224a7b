"""One module a format, each ending in ``WRITER = Writer(...)``."""
