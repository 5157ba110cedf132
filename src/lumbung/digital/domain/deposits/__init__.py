"""Deposits: works handed in by their authors, looked at by the library, and published as titles."""
