"""A plan's nodes as Tantivy queries."""

import re
from collections.abc import Sequence

import tantivy
from tantivy import Occur

from lumbung.search.embedded.naming import number_of_name
from lumbung.search.fields import MANY_VALUED, facet_field
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

Leaf = Term | Phrase | Prefix | Masked | Range | Chosen | Everything | Nothing


class Compiler:
    """Makes Tantivy queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def query(self, node: Node) -> tantivy.Query:
        """The node as a query that scores as ``plan`` says: leaves nothing, ``Worth`` its number."""
        match node:
            case Worth(part, score):
                return tantivy.Query.const_score_query(self.matching(part), score)
            case Best(parts, others):
                return tantivy.Query.disjunction_max_query([self.query(part) for part in parts], others)
            case All() | Any() | Better() | But():
                return self._joined(node)
            case _:
                return tantivy.Query.const_score_query(self._leaf(node), 0.0)

    def matching(self, node: Node) -> tantivy.Query:
        """The node where its score does not count."""
        match node:
            case Worth(part):
                return self.matching(part)
            case Best(parts) | Any(parts, 1):
                return _any([self.matching(part) for part in parts])
            case Better(part):
                return self.matching(part)
            case All() | Any() | But():
                return self._joined(node)
            case _:
                return self._leaf(node)

    def numbered(self, name: str, number: int) -> tantivy.Query:
        """Documents whose MANY_VALUED facet has the value of this number."""
        return self._term(facet_field(name), number)

    def _joined(self, node: All | Any | Better | But) -> tantivy.Query:
        match node:
            case All(parts):
                wanted, left_out = parted(parts)
                return tantivy.Query.boolean_query(
                    [
                        *((Occur.Must, self.query(part)) for part in wanted),
                        *((Occur.MustNot, self.matching(each)) for each in left_out),
                    ]
                )
            case Any(parts, at_least):
                each = [(Occur.Should, self.query(part)) for part in parts]
                return tantivy.Query.boolean_query(each, minimum_number_should_match=at_least)
            case Better(part, bonuses):
                return tantivy.Query.boolean_query(
                    [(Occur.Must, self.query(part)), *((Occur.Should, self.query(each)) for each in bonuses)]
                )
            case But(part, without):
                return tantivy.Query.boolean_query(
                    [(Occur.Must, self.query(part)), *((Occur.MustNot, self.matching(each)) for each in without)]
                )

    def _leaf(self, node: Leaf) -> tantivy.Query:  # noqa: PLR0911 -- one for each kind
        match node:
            case Term(field, value):
                return self._term(field, value)
            case Phrase(field, tokens):
                return tantivy.Query.phrase_query(self._schema, field, list(tokens))
            case Prefix(field, stem):
                return tantivy.Query.regex_query(self._schema, field, f"{re.escape(stem)}.*")
            case Masked(field, pattern):
                letters = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
                return tantivy.Query.regex_query(self._schema, field, letters)
            case Range(field, low, high):
                return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)
            case Chosen(facet, values):
                terms = [number_of_name(value) if facet in MANY_VALUED else value for value in values]
                return _any([self._term(facet_field(facet), term) for term in terms])
            case _:
                return tantivy.Query.all_query() if isinstance(node, Everything) else tantivy.Query.empty_query()

    def _term(self, name: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value, index_option="basic")


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
