"""What is done to releases: written, issued, taken back, imported, thrown away."""
