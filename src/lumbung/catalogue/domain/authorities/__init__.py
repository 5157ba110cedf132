"""Authorities: the one form of each name and subject, its other forms, and the bibliographic headings that follow it.

``establishing`` adds, changes and removes them, ``merging`` makes one of two, ``undoing`` asks for a change to be taken back; ``linking``
and ``rewriting`` are the work in the background that follows.
"""
