"""OPDS catalogues: the same feeds as Atom (OPDS 1.2) and as JSON (OPDS 2.0), and what tells a program how to sign in.

``shapes`` are the things that feeds consist of; ``atom`` and ``json_form`` write them.
"""

from lumbung.formats.opds.shapes import (
    Acquisition,
    Availability,
    Facet,
    Feed,
    Group,
    Link,
    Option,
    Picture,
    Publication,
    Relation,
    State,
)

__all__ = [
    "Acquisition",
    "Availability",
    "Facet",
    "Feed",
    "Group",
    "Link",
    "Option",
    "Picture",
    "Publication",
    "Relation",
    "State",
]
