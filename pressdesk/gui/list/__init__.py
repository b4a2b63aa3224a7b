"""The left pane: the list of releases, its search, filters and facets."""
