"""How the screen writes times of the day: as people here do in each language, all 24 hours."""
