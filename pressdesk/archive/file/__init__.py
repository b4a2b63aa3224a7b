"""A desk in a file: created, guarded, migrated, backed up and restored."""
