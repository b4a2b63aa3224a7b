"""The rich-text tree of a release: nodes, tools and their stored form."""
