"""From 2X to 297 and back: the table and its changes, and a class number read through it."""
