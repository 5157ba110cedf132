"""A plan's nodes in OpenSearch's own query language. Nothing here scores but ``Worth``."""

from typing import Any as Anything

from lumbung.search.fields import facet_field
from lumbung.search.plan import (
    All,
    Any,
    Best,
    Better,
    But,
    Chosen,
    Everything,
    Masked,
    Node,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Worth,
    parted,
)

Body = dict[str, Anything]
Leaf = Term | Phrase | Prefix | Masked | Range | Chosen | Everything | Nothing


def query_of(node: Node) -> Body:  # noqa: PLR0911 -- one for each kind
    """The node as a query that scores as ``plan`` says."""
    match node:
        case Worth(part, score):
            return {"constant_score": {"filter": filter_of(part), "boost": score}}
        case Best(parts, others):
            return {"dis_max": {"queries": [query_of(part) for part in parts], "tie_breaker": others}}
        case Any(parts, at_least):
            return {"bool": {"should": [query_of(part) for part in parts], "minimum_should_match": at_least}}
        case All(parts):
            wanted, left_out = parted(parts)
            return _joined(wanted, must_not=[filter_of(each) for each in left_out])
        case Better(part, bonuses):
            return _joined([part], should=[query_of(bonus) for bonus in bonuses])
        case But(part, without):
            return _joined([part], must_not=[filter_of(each) for each in without])
    return _joined([node])


def filter_of(node: Node) -> Body:
    """The node where its score does not count."""
    match node:
        case Worth(part) | Better(part):
            return filter_of(part)
        case Best(parts):
            return _any(parts, 1)
        case Any(parts, at_least):
            return _any(parts, at_least)
        case All(parts):
            wanted, left_out = parted(parts)
            return {
                "bool": {"filter": [filter_of(part) for part in wanted], "must_not": [filter_of(each) for each in left_out]}
            }
        case But(part, without):
            return {"bool": {"filter": [filter_of(part)], "must_not": [filter_of(each) for each in without]}}
    return _leaf(node)


def _joined(parts: list[Node], **others: list[Body]) -> Body:
    """All parts: those with a worth add to the score, the others only have to match."""
    clauses = {
        "must": [query_of(part) for part in parts if not isinstance(part, Leaf)],
        "filter": [_leaf(part) for part in parts if isinstance(part, Leaf)],
        **others,
    }
    return {"bool": {kind: queries for kind, queries in clauses.items() if queries}}


def _any(parts: tuple[Node, ...], at_least: int) -> Body:
    if len(parts) == 1:
        return filter_of(parts[0])
    terms = [part for part in parts if isinstance(part, Term)]
    if len(terms) == len(parts) and len({term.field for term in terms}) == 1 and at_least == 1:
        return {
            "terms": {terms[0].field: [term.value for term in terms]}
        }  # of clauses a query may have a thousand, of terms many more
    return {"bool": {"should": [filter_of(part) for part in parts], "minimum_should_match": at_least}}


def _leaf(node: Leaf) -> Body:  # noqa: PLR0911 -- one for each kind
    match node:
        case Term(field, value):
            return {"term": {field: value}}
        case Phrase(field, tokens):
            return {"match_phrase": {field: " ".join(tokens)}}
        case Prefix(field, stem):
            return {"prefix": {field: stem}}
        case Masked(field, pattern):
            return {"wildcard": {field: {"value": pattern}}}
        case Range(field, low, high):
            bounds = {"gte": low, "lte": high}
            return {"range": {field: {name: bound for name, bound in bounds.items() if bound is not None}}}
        case Chosen(facet, values):
            return {"terms": {facet_field(facet): list(values)}}
        case Everything() | Nothing():
            return {"match_all" if isinstance(node, Everything) else "match_none": {}}
