"""Finds editions: documents of stems, an index moved with every save, questions and counts."""
