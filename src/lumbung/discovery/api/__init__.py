"""Searching for programs: ``/api/v1/search``."""
