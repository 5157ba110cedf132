"""Learning paths: what they are made of, and who walks them."""
