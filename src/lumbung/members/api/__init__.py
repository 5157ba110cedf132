"""Members for programs: ``/api/v1/members``."""
