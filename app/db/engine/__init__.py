"""The database engine, for SQLite and PostgreSQL."""
