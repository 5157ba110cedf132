"""What every part's API is made of: how errors are told, how lists are paged, what text may be."""
