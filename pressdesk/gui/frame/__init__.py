"""What the areas are set in: window, bars, notices, commands and the open desk."""
