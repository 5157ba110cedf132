"""Staff pages: the library's particulars, branches and locations, opening hours, closures."""
