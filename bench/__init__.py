"""Benchmarks. Each file measures one thing and, in the same run, the floor under it: the raw engine, the raw insert, the raw parse."""
