"""Many works at once: read from an archive, tried dry, published, taken back."""
