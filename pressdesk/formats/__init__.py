"""Readers turn bytes into releases; writers turn releases into bytes."""
