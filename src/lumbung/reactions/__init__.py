"""When this happened, do that: one small file per effect, one table that tells them all."""
