"""The form at the right: everything of an edition but its text."""
