"""Harvesting from others: verbs on sources, the asking, the taking, and the course of a harvest."""
