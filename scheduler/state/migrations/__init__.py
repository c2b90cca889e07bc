"""How the database came to its present shape, a step a file; Alembic runs them."""
