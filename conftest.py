"""Fixtures every test may use: a stopped clock is ``clock.stopped_at``; people are Sari (librarian), Ani (member), Budi (another)."""
