"""Lending: loans, holds, renewals, and the rules they follow."""
