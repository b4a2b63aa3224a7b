"""Output: previews, export and printing."""
