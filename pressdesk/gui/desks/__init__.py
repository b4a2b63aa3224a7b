"""Which desk is open, and its care: backups, settings, house style, trash."""
