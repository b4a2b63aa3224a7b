"""The form at the right: all of an edition that is not its text."""
