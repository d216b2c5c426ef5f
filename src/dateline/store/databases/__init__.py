"""The databases that a project may live in, SQLite and PostgreSQL: what differs between them is here."""
