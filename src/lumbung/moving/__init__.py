"""Moving in: a library brings its catalogue, members and loans from the system it leaves, with proof, and can take it all back.

Verbs: ``start``, ``carry_on`` (rehearse, then move), ``go``, ``undo``. A source (``domain/slims``, ``domain/inlislite``) tells what it
has as plain rows; the stages (``domain/stages``) check and store them.
"""
