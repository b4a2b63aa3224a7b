"""Past releases from a file, looked at before anything is stored."""
