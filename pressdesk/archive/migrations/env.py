"""Alembic entry point: runs the migrations on the given connection, in its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=False,  # the caller owns the one transaction
)
context.run_migrations()
