"""One small class per story a person goes through in the window."""
