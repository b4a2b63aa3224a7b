"""Repair of what is not derived, from what still proves itself."""
