"""The frame around the areas: window, bars, notices, commands and the open desk."""
