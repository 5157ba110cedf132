"""Lumbung: a library system for Indonesian academic libraries, and for anyone."""

__version__ = "0.1.0"
