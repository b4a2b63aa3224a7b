"""A desk on a PostgreSQL server: engine, triggers, rights, and changes by others."""
