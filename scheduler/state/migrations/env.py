"""Run the migrations on the connection that is handed in; its transaction is the caller's."""

from alembic import context

from scheduler.state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
