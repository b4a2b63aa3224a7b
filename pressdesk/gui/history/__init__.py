"""The revisions of an edition, and the differences between two texts."""
