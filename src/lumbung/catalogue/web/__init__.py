"""Staff pages of the catalogue: records, items, item types, imports, export."""
