"""How migrations run: on the connection that ``services.operations.database`` passes in, inside its transaction."""

from alembic import context

from app.db.tables.base import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    transactional_ddl=True,  # all versions, or none of them
)
with context.begin_transaction():
    context.run_migrations()
