"""Doors of the digital library that are no pages."""
