"""What the library has: records (MARC 21 kept whole), items, and how they come in and go out."""
