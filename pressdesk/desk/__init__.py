"""Use cases of a press desk. No Qt, no SQL."""
