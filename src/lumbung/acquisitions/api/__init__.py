"""Acquisitions for programs: requests and orders."""
