"""What a clone needs and an installed wheel does not: making the environment ready, checks, tests, the wheel. Stdlib only."""
