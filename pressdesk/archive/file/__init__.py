"""A desk in a file: made, guarded, brought up to date, backed up, put back."""
