"""One module per format, each ending in ``WRITER = Writer(...)``."""
