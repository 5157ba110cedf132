"""The ui kit: what pages of every part share."""
