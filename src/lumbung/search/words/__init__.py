"""What is known about words: the families of Indonesian and English words, and the spellings of names. No database, no engine."""
