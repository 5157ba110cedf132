"""Circulation for programs: loans, holds, what is one's own, and the state of copies."""
