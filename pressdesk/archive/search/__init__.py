"""Full-text search over editions: stemmed documents, an index updated on save, queries, counts."""
