"""Staff pages of the program itself: background work and the journal."""
