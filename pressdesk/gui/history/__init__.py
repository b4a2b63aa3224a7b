"""What was saved before: the revisions of an edition, and how two texts differ."""
