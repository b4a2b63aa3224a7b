"""One module a format, each ending in ``READER = Reader(...)``."""
