"""The house itself: who came through which door, and when.

Verbs: ``arrive arrive_as_guest arrive_as_group remove_visit`` (domain.visits), ``add_gate change_gate renew_address`` (domain.gates),
``add_purpose change_purpose`` (domain.purposes), and ``forget_visitors`` (domain.privacy).
"""
