"""What goes out: the previews, export and printing."""
