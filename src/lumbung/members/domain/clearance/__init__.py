"""Bebas pustaka: what is asked of a member before a letter, who confirms it, and the letter that anybody can check."""
