"""Doors for machines that speak a language of their own."""
