"""A desk on a PostgreSQL server: its engine, guards, rights, and what others change."""
