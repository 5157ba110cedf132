"""From what was typed to a Tantivy query: which fields a word is looked for in, and what each is worth."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import tantivy
from tantivy import Occur

from lumbung.search.analysis import analyse, forms_of, headings_of, words_of
from lumbung.search.documents import TEXT_FIELDS, Query
from lumbung.search.embedded.schema import EXACT_FIELDS, MANY_VALUED, facet_field, number_of
from lumbung.search.identifiers import forms_of_identifier
from lumbung.search.syntax import Clause, Kind, years_of

WORTH = {"title": 4.0, "creator": 3.0, "subject": 2.0, "identifier": 6.0, "note": 0.4}
EXACT_WORTH = 0.5
VARIANT_WORTH = 0.7
WHOLE_TITLE = 60.0
TITLE_PHRASE = 4.0
WHOLE_NAME = 5.0
SHORTEST_PREFIX = 2
EARLIEST, LATEST = -9999, 9999


@dataclass(frozen=True)
class Wanted:
    """A query in parts: clauses that must hold each (or ``at_least`` so many of them), clauses that must not, and what only
    raises the rank. ``relaxed``: less is asked than was typed. ``nothing`` is a text without a word in it: it finds nothing."""

    must: Sequence[tuple[Clause, tantivy.Query]]
    must_not: Sequence[tantivy.Query]
    better: Sequence[tantivy.Query]
    nothing: bool
    at_least: int | None = None
    relaxed: bool = False

    def whole(self, filters: Iterable[tantivy.Query]) -> tantivy.Query:
        """The query with its filters."""
        if self.nothing:
            return tantivy.Query.empty_query()
        occur = Occur.Must if self.at_least is None else Occur.Should
        clauses = [(occur, query) for _, query in self.must] or [(Occur.Must, tantivy.Query.all_query())]
        core = tantivy.Query.boolean_query(clauses, minimum_number_should_match=self.at_least)
        parts = [
            (Occur.Must, core),
            *((Occur.Must, tantivy.Query.const_score_query(each, 0.0)) for each in filters),
            *((Occur.MustNot, each) for each in self.must_not),
            *((Occur.Should, each) for each in self.better),
        ]
        return tantivy.Query.boolean_query(parts)


class Compiler:
    """Makes Tantivy queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def wanted(self, clauses: Sequence[Clause], text: str) -> Wanted:
        queries = [(clause, self._clause(clause)) for clause in clauses]
        must = [(clause, query) for clause, query in queries if query is not None and not clause.excluded]
        must_not = [query for clause, query in queries if query is not None and clause.excluded]
        return Wanted(must, must_not, self._better(clauses), nothing=bool(text.strip()) and not must and not must_not)

    def without_phrases(self, wanted: Wanted) -> Wanted:
        """The same, with phrases as words that may stand apart."""
        words = [replace(clause, kind=Kind.WORD) if clause.kind is Kind.PHRASE else clause for clause, _ in wanted.must]
        each = [replace(clause, text=text) for clause in words for text in _texts(clause)]
        must = [(clause, query) for clause in each if (query := self._clause(clause)) is not None]
        return replace(wanted, must=must)

    def keys(self, first: int, last: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, "key", tantivy.FieldType.Integer, first, last)

    def filters(self, query: Query, *, without: str | None = None) -> list[tantivy.Query]:
        """One query for each chosen facet (but ``without``), the years, and what is hidden."""
        chosen = [self.facet(name, values) for name, values in query.chosen.items() if values and name != without]
        if query.year_from is not None or query.year_to is not None:
            chosen.append(self._years(query.year_from, query.year_to))
        return chosen if query.hidden else [*chosen, self._term("hidden", 0)]

    def facet(self, name: str, values: Sequence[str]) -> tantivy.Query:
        """Documents with any of the values."""
        terms = [number_of(value) if name in MANY_VALUED else value for value in values]
        return _any(self._term(facet_field(name), term) for term in terms)

    def numbered(self, name: str, number: int) -> tantivy.Query:
        """Documents whose MANY_VALUED facet has the value of this number."""
        return self._term(facet_field(name), number)

    def _clause(self, clause: Clause) -> tantivy.Query | None:
        if clause.kind is Kind.YEARS:
            return self._years(*(years_of(clause.text) or (None, None)))
        fields = (clause.field,) if clause.field else TEXT_FIELDS
        if clause.field == "identifier" and clause.kind is not Kind.PREFIX:
            return self._identifier(clause.text)
        if clause.kind is Kind.PREFIX:
            return self._prefix(clause.text, fields)
        if clause.kind is Kind.PHRASE:
            return self._phrase(analyse(clause.text).folded, fields)
        return _all(self._word(word, fields) for word in words_of(clause.text))

    def _word(self, word: str, fields: Sequence[str]) -> tantivy.Query:
        forms = forms_of(word)
        ways = []
        for name in fields:
            worth = WORTH[name]
            if name == "identifier":
                if identifier := self._identifier(word):
                    ways.append(tantivy.Query.boost_query(identifier, worth))
                continue
            if forms.folded:
                ways.append(tantivy.Query.boost_query(self._sequence(name, forms.folded), worth))
            ways += [tantivy.Query.boost_query(self._term(name, each), worth * VARIANT_WORTH) for each in forms.variants]
            if name in EXACT_FIELDS:
                ways.append(tantivy.Query.boost_query(self._term(f"{name}_exact", word), worth * EXACT_WORTH))
        return _any(ways)

    def _phrase(self, tokens: list[str], fields: Sequence[str]) -> tantivy.Query | None:
        if not tokens:
            return None
        return _any(tantivy.Query.boost_query(self._sequence(name, tokens), WORTH[name]) for name in fields)

    def _prefix(self, text: str, fields: Sequence[str]) -> tantivy.Query | None:
        tokens = analyse(text).folded
        if not tokens:
            return None
        *before, last = tokens
        stem = re.sub(r"[\W_]", "", last)
        if len(stem) < SHORTEST_PREFIX:
            return self._phrase(tokens, fields)
        begun = _any(tantivy.Query.regex_query(self._schema, name, f"{stem}.*") for name in fields)
        return _all([*(self._word(word, fields) for word in before), begun])

    def _identifier(self, text: str) -> tantivy.Query | None:
        forms = forms_of_identifier(text)
        return _any(self._term("identifier", form) for form in forms) if forms else None

    def _better(self, clauses: Sequence[Clause]) -> list[tantivy.Query]:
        """The words as the whole title, side by side in a title, and all in one creator's name."""
        plain = [clause.text for clause in clauses if not clause.excluded and clause.field in {None, "title"}]
        if len(plain) < len(clauses):
            return []
        text = " ".join(plain)
        better = [
            tantivy.Query.boost_query(tantivy.Query.const_score_query(self._term("heading", heading), 1.0), WHOLE_TITLE)
            for heading in headings_of(text)
        ]
        tokens = analyse(text).folded
        if len(tokens) > 1:
            better.append(tantivy.Query.boost_query(self._sequence("title", tokens), TITLE_PHRASE))
            name = tantivy.Query.boolean_query([(Occur.Must, self._term("creator", token)) for token in tokens])
            better.append(tantivy.Query.boost_query(name, WHOLE_NAME))
        return better

    def _sequence(self, name: str, tokens: Sequence[str]) -> tantivy.Query:
        if len(tokens) == 1:
            return self._term(name, tokens[0])
        return tantivy.Query.phrase_query(self._schema, name, list(tokens))

    def _term(self, name: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value, index_option="freq")

    def _years(self, first: int | None, last: int | None) -> tantivy.Query:
        low, high = (max(EARLIEST, min(LATEST, year)) if year is not None else None for year in (first, last))
        lowest, highest = EARLIEST if low is None else low, LATEST if high is None else high
        return tantivy.Query.range_query(self._schema, "year", tantivy.FieldType.Integer, lowest, highest)


def _texts(clause: Clause) -> list[str]:
    return clause.text.split() if clause.kind is Kind.WORD else [clause.text]


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Iterable[tantivy.Query]) -> tantivy.Query | None:
    parts = list(queries)
    if len(parts) < 2:  # noqa: PLR2004 -- one needs no company
        return parts[0] if parts else None
    return tantivy.Query.boolean_query([(Occur.Must, query) for query in parts])
