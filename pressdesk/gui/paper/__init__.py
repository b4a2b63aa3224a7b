"""The middle of the window: the text of an edition, from opening to issuing it."""
