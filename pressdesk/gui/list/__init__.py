"""What is found, at the left: the list, its search, filters and facets."""
