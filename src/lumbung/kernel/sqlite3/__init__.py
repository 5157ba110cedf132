"""Django's SQLite backend, with writers taking turns instead of sleeping until the database happens to be free."""
