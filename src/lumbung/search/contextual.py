"""A CQL query as the engines' plan. Who asks in CQL asks exactly: nothing is relaxed, respelt or read between the lines.

The table of indexes is the server's ``explain``: what each name looks in. Words meet their families as in the search box where one
word is asked for; several words under ``=`` and ``adj`` stand side by side.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from lumbung.formats.cql import Boolean, Clause, Diagnostic, Name, Operator, Problem, Query, SortKey, Tree, parse
from lumbung.search.analysis import headings_of
from lumbung.search.documents import TEXT_FIELDS, Sort
from lumbung.search.masks import masked_word, plain, unmasked, words_in
from lumbung.search.plan import All, Any, But, Chosen, Everything, Node, Range, Term, Worth, all_of, any_of
from lumbung.search.planning import node_of
from lumbung.search.ranking import FIELDS
from lumbung.search.syntax import Clause as Words
from lumbung.search.syntax import Kind


class Of(Enum):
    """What an index holds, which decides the relations it takes."""

    WORDS = "words"
    NUMBERS = "numbers"
    CLASSES = "classes"
    YEARS = "years"
    VALUES = "values"
    KEYS = "keys"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Index:
    """``field`` is a text field, a facet, or "" for every text field."""

    of: Of
    field: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What must match, and the order asked for, if any."""

    node: Node
    sort: Sort | None = None


_SETS = {
    "info:srw/cql-context-set/1/cql-v1.1": "cql",
    "info:srw/cql-context-set/1/cql-v1.2": "cql",
    "info:srw/cql-context-set/1/dc-v1.1": "dc",
    "info:srw/cql-context-set/1/bib-v1": "bib",
    "info:srw/cql-context-set/1/bib-v1.0": "bib",
    "info:srw/cql-context-set/2/rec-1.1": "rec",
    "info:srw/cql-context-set/2/rec-1.0": "rec",
    "http://zing.z3950.org/cql/bath/2.0/": "bath",
    "info:srw/cql-context-set/1/sort-v1.0": "sort",
}
_KNOWN_SETS = {"", *_SETS.values()}
_ANY, _TITLE, _CREATOR, _SUBJECT, _SERIES, _NOTE = (
    Index(Of.WORDS, name) for name in ("", "title", "creator", "subject", "series", "note")
)
_NUMBER, _CLASS, _YEAR = Index(Of.NUMBERS, "identifier"), Index(Of.CLASSES, "class"), Index(Of.YEARS, "year")
INDEXES = {
    **dict.fromkeys(("cql.serverchoice", "cql.anywhere", "cql.allindexes", "cql.anyindexes", "cql.keywords", "bath.any"), _ANY),
    "cql.allrecords": Index(Of.ALL),
    **dict.fromkeys(
        ("title", "dc.title", "bath.title", "bib.titleuniform", "bib.titlealternative", "bib.titletranslated"), _TITLE
    ),
    **dict.fromkeys(("creator", "author", "dc.creator", "dc.contributor"), _CREATOR),
    **dict.fromkeys(("bib.name", "bib.namepersonal", "bib.namecorporate", "bib.nameconference"), _CREATOR),
    **dict.fromkeys(("bath.name", "bath.author", "bath.personalname", "bath.corporatename", "bath.conferencename"), _CREATOR),
    **dict.fromkeys(("subject", "dc.subject", "dc.coverage", "bath.subject", "bath.topicalsubject"), _SUBJECT),
    **dict.fromkeys(("bib.subjectname", "bib.subjectplace", "bib.subjecttitle", "bib.subjectoccupation"), _SUBJECT),
    **dict.fromkeys(("series", "bib.titleseries", "bath.seriestitle"), _SERIES),
    **dict.fromkeys(("note", "dc.description", "dc.publisher", "bath.notes", "bath.publisher"), _NOTE),
    **dict.fromkeys(
        ("identifier", "isbn", "issn", "dc.identifier", "bath.isbn", "bath.issn", "bath.standardidentifier"), _NUMBER
    ),
    **dict.fromkeys(("class", "bib.classification"), _CLASS),
    **dict.fromkeys(("year", "dc.date", "bib.dateissued", "bath.date"), _YEAR),
    **dict.fromkeys(("language", "dc.language"), Index(Of.VALUES, "language")),
    **dict.fromkeys(("material", "dc.type", "bath.formatofmaterial"), Index(Of.VALUES, "material")),
    "rec.identifier": Index(Of.KEYS, "key"),
}
"""Every index there is, by its set and name in lower case."""

_HEADINGS = {"title", "creator", "subject"}
"""Fields whose value is kept whole too, for ``==``."""
_EXACT = {"==", "cql.exact"}
_LIKE = {"=", "cql.scr"}
_COMPARED = {"<", "<=", ">", ">=", "cql.within"}
_RELATIONS = {*_EXACT, *_LIKE, *_COMPARED, "<>", "cql.any", "cql.all", "cql.adj"}
_TAKEN = {
    Of.WORDS: {*_EXACT, *_LIKE, "<>", "cql.any", "cql.all", "cql.adj"},
    Of.NUMBERS: {*_EXACT, *_LIKE, "<>", "cql.any", "cql.adj"},
    Of.CLASSES: {*_EXACT, *_LIKE, "<>", "cql.any"},
    Of.YEARS: {*_EXACT, *_LIKE, *_COMPARED, "<>", "cql.any"},
    Of.VALUES: {*_EXACT, *_LIKE, "<>", "cql.any"},
    Of.KEYS: {*_EXACT, *_LIKE, *_COMPARED, "<>", "cql.any"},
    Of.ALL: {*_EXACT, *_LIKE},
}
_MODIFIERS = {"relevant", "stem", "ignorecase", "ignoreaccents", "masked", "unmasked", "word", "string", "isodate", "number"}
"""What we do anyway, and whether signs are masks."""
_DATE = re.compile(r"(\d{1,4})(?:-\d\d(?:-\d\d)?)?")
_LARGEST = 2**53
_ORDERS = {True: {"year": Sort.YEAR_UP}, False: {"year": Sort.YEAR_DOWN}}
_DIRECTIONS = {"sort.ascending": True, "sort.descending": False, "ascending": True, "descending": False}


def asked_in_cql(text: str) -> Asked:
    """The query planned. Raises ``Diagnostic`` for what it says wrongly, or asks of us that we have not."""
    query = parse(text)
    return Asked(_tree(query.root), _sort(query))


def _tree(tree: Tree) -> Node:
    if isinstance(tree, Clause):
        return _clause(tree)
    return _boolean(tree)


def _boolean(tree: Boolean) -> Node:
    if tree.operator is Operator.PROX:
        raise Diagnostic(Problem.PROXIMITY)
    if tree.modifiers:
        raise Diagnostic(Problem.BOOLEAN_MODIFIER, str(tree.modifiers[0].name))
    left, right = _tree(tree.left), _tree(tree.right)
    if tree.operator is Operator.NOT:
        return But(left, (right,))
    return All((left, right)) if tree.operator is Operator.AND else Any((left, right))


def _clause(clause: Clause) -> Node:
    index, relation = _index(clause.index), _called(clause.relation.name)
    if relation not in _RELATIONS:
        raise Diagnostic(Problem.RELATION, relation)
    if relation not in _TAKEN[index.of]:
        raise Diagnostic(Problem.RELATION_AND_INDEX, f"{clause.index} {clause.relation.name}")
    modifiers = {_called(modifier.name).removeprefix("cql.") for modifier in clause.relation.modifiers}
    if unknown := modifiers - _MODIFIERS:
        raise Diagnostic(Problem.RELATION_MODIFIER, min(unknown))
    if not clause.term.strip():
        raise Diagnostic(Problem.EMPTY_TERM)
    if "string" in modifiers and relation in _LIKE:
        relation = "=="
    return _ASKED[index.of](index, relation, unmasked(clause.term) if "unmasked" in modifiers else clause.term)


def _index(name: Name) -> Index:
    if (found := INDEXES.get(_called(name))) is not None:
        return found
    if name.set and _SETS.get(name.set, name.set) not in _KNOWN_SETS:
        raise Diagnostic(Problem.CONTEXT_SET, name.set)
    if _called(name) == "cql.resultsetid":
        raise Diagnostic(Problem.RESULT_SETS)
    raise Diagnostic(Problem.INDEX, str(name))


def _called(name: Name) -> str:
    """The name with its set as we call it."""
    return str(Name(_SETS.get(name.set.lower(), name.set), name.local))


def _words(index: Index, relation: str, term: str) -> Node:
    if relation == "<>":
        return But(Everything(), (_words(index, "==" if index.field in _HEADINGS else "cql.adj", term),))
    if relation in _EXACT:
        return _whole(index.field, plain(term))
    words = words_in(term)
    if relation in _LIKE | {"cql.adj"}:
        if len(words) > 1 and any(word.masked for word in words):
            raise Diagnostic(Problem.ADJACENCY_AND_MASKING, term)
        if len(words) > 1:
            return _meets(Words(plain(term), Kind.PHRASE, index.field or None), term)
    if [word.pattern for word in words] == ["*"]:
        return Everything()
    fields = (index.field,) if index.field else [name for name in TEXT_FIELDS if name != "class"]
    each = [
        masked_word(word, fields) if word.masked else _meets(Words(word.pattern, field=index.field or None), term)
        for word in words
    ]
    return any_of(each) if relation == "cql.any" else all_of(each)


def _meets(words: Words, term: str) -> Node:
    node = node_of(words)
    if node is None:
        raise Diagnostic(Problem.EMPTY_TERM, term)
    return node


def _whole(field: str, text: str) -> Node:
    """Who is called just so. A title is compared as it is searched, without marks; a heading letter by letter."""
    if field not in _HEADINGS:
        raise Diagnostic(Problem.RELATION_AND_INDEX, f"{field or 'cql.serverChoice'} ==")
    if field != "title":
        return Worth(Chosen(field, (text,)), FIELDS[field], f"{field}.whole", text)
    if not (headings := list(headings_of(text))):
        raise Diagnostic(Problem.EMPTY_TERM, text)
    whole = max(headings, key=len)
    return Worth(Term("heading", whole), FIELDS["title"], "title.whole", text)


def _numbers(index: Index, relation: str, term: str) -> Node:
    each = _several(relation, term, lambda text: _meets(Words(text, field=index.field), text))
    return But(Everything(), (each,)) if relation == "<>" else each


def _classes(index: Index, relation: str, term: str) -> Node:
    """A class with all below it; by ``==`` itself alone."""

    def of(text: str) -> Node:
        token = "".join(text.casefold().split())
        return Term("class", token) if relation in _EXACT | {"<>"} else _meets(Words(text, field="class"), text)

    each = _several(relation, term.rstrip("*"), of)
    return But(Everything(), (each,)) if relation == "<>" else each


def _values(index: Index, relation: str, term: str) -> Node:
    values = _unmasked(term).casefold().split() if relation == "cql.any" else [_unmasked(term).casefold().strip()]
    chosen = Chosen(index.field, tuple(values))
    return But(Everything(), (chosen,)) if relation == "<>" else chosen


def _years(index: Index, relation: str, term: str) -> Node:
    return _compared("year", relation, term, _year)


def _keys(index: Index, relation: str, term: str) -> Node:
    return _compared("key", relation, term, _key)


def _compared(field: str, relation: str, term: str, read: Callable[[str], int]) -> Node:
    if relation == "cql.within":
        ends = [read(text) for text in term.split()]
        if len(ends) != 2:  # noqa: PLR2004 -- from and to
            raise Diagnostic(Problem.RELATION_AND_TERM, term)
        return Range(field, *ends)
    if relation == "cql.any":
        return any_of([Term(field, read(text)) for text in term.split()])
    number = read(term.strip())
    below = {"<": Range(field, None, number - 1), "<=": Range(field, None, number)}
    above = {">": Range(field, number + 1, None), ">=": Range(field, number, None)}
    there = Range(field, -_LARGEST, _LARGEST)
    others = {"<>": But(there, (Term(field, number),))}
    return (below | above | others).get(relation, Term(field, number))


def _year(text: str) -> int:
    match = _DATE.fullmatch(text)
    if match is None or not text.isascii():
        raise Diagnostic(Problem.FORMAT_OF_TERM, text)
    return int(match[1])


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:20]) >= _LARGEST:
        raise Diagnostic(Problem.FORMAT_OF_TERM, text)
    return int(text)


def _all(index: Index, relation: str, term: str) -> Node:
    if term.strip() != "1":
        raise Diagnostic(Problem.RELATION_AND_TERM, term)
    return Everything()


_ASKED: dict[Of, Callable[[Index, str, str], Node]] = {
    Of.WORDS: _words,
    Of.NUMBERS: _numbers,
    Of.CLASSES: _classes,
    Of.YEARS: _years,
    Of.VALUES: _values,
    Of.KEYS: _keys,
    Of.ALL: _all,
}


def _several(relation: str, term: str, of: Callable[[str], Node]) -> Node:
    """The term, or under ``any`` each of its words."""
    text = _unmasked(term)
    return any_of([of(each) for each in text.split()]) if relation == "cql.any" else of(text)


def _unmasked(term: str) -> str:
    """The term of an index in which nothing can be masked."""
    if any(word.masked for word in words_in(term)):
        raise Diagnostic(Problem.MASKING, term)
    return plain(term)


def _sort(query: Query) -> Sort | None:
    if not query.sort_keys:
        return None
    if len(query.sort_keys) > 1:
        raise Diagnostic(Problem.TOO_MANY_SORT_KEYS, "1")
    return _order(query.sort_keys[0])


def _order(key: SortKey) -> Sort:
    index, ascending = _index(key.index), True
    for modifier in key.modifiers:
        if (called := _called(modifier.name)) not in _DIRECTIONS:
            raise Diagnostic(Problem.SORT_DIRECTION, called)
        ascending = _DIRECTIONS[called]
    if index.field not in _ORDERS[ascending]:
        raise Diagnostic(Problem.SORT, str(key.index))
    return _ORDERS[ascending][index.field]
