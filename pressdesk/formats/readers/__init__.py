"""One module per format, each ending in ``READER = Reader(...)``."""
