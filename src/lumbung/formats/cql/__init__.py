"""CQL 1.2, the Contextual Query Language of SRU: text read into a tree, or a diagnostic with its number in SRU's list.

Source: https://www.loc.gov/standards/sru/cql/ (grammar, context sets) and the list of diagnostics beside it. What a name means is not
decided here: ``title`` and ``dc.title`` are names, and whoever searches says which of them there are.
"""

from lumbung.formats.cql.diagnostics import Diagnostic, Problem
from lumbung.formats.cql.parsing import LONGEST_QUERY, MOST_OPERATORS, parse
from lumbung.formats.cql.tree import (
    Boolean,
    Clause,
    Modifier,
    Name,
    Operator,
    Query,
    Relation,
    SortKey,
    Tree,
)

__all__ = [
    "LONGEST_QUERY",
    "MOST_OPERATORS",
    "Boolean",
    "Clause",
    "Diagnostic",
    "Modifier",
    "Name",
    "Operator",
    "Problem",
    "Query",
    "Relation",
    "SortKey",
    "Tree",
    "parse",
]
