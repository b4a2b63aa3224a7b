"""The paper in the middle: the text of an edition, from opening it to issuing it."""
