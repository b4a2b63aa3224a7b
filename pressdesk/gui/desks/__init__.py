"""The open desk and its care: backups, settings, house style, trash."""
