"""The institution: the library, its branches, shelf locations, opening hours and closures."""
