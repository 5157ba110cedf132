"""From the text of a query to its tree, after the grammar of CQL 1.2. All boolean operators bind alike, from the left."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lumbung.formats.cql.diagnostics import Diagnostic, Problem
from lumbung.formats.cql.tree import (
    ANYWHERE,
    SERVER_CHOICE,
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

LONGEST_QUERY = 4_000
MOST_OPERATORS = 64
DEEPEST = 16

_TOKEN = re.compile(
    r"""
      (?P<blank>\s+)
    | "(?P<quoted>(?:[^"\\]|\\.)*)"
    | (?P<sign><=|>=|<>|==|[=<>()/])
    | (?P<word>[^\s()=<>"/]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""A surrogate: no text in UTF-8 has one."""
_COMPARISONS = {"=", "==", "<>", "<", "<=", ">", ">="}
_OPERATORS = {each.value: each for each in Operator}
_SORT_BY = "sortby"
_RESERVED = {*_OPERATORS, _SORT_BY}
_CQL = "cql"
_RELATIONS = {"any", "all", "adj", "exact", "scr", "within", "encloses", "prox"}
"""Relations named without a prefix belong to the set ``cql``."""


@dataclass(frozen=True, slots=True)
class _Token:
    """``kind`` is "sign", "word" or "quoted"."""

    kind: str
    text: str

    @property
    def reserved(self) -> str:
        """The reserved word this is, or ""; within quotation marks nothing is reserved."""
        return self.text.lower() if self.kind == "word" and self.text.lower() in _RESERVED else ""

    def is_sign(self, *signs: str) -> bool:
        return self.kind == "sign" and self.text in signs


def parse(text: str) -> Query:
    """The query as a tree. Raises ``Diagnostic`` when it breaks the grammar, is too long, or is nested too deep."""
    if len(text) > LONGEST_QUERY:
        raise Diagnostic(Problem.TOO_LONG, str(LONGEST_QUERY))
    if half := _HALF_A_CHARACTER.search(text):
        raise Diagnostic(Problem.SYNTAX, f"U+{ord(half[0]):04X}")
    reader = _Reader(_tokens(text))
    return reader.whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Diagnostic(Problem.QUOTES, text[at:])
        at = match.end()
        if match["quoted"] is not None:
            found.append(_Token("quoted", match["quoted"].replace('\\"', '"')))
        elif match.lastgroup != "blank":
            found.append(_Token(str(match.lastgroup), match[0]))
    return found


class _Reader:
    """Reads the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._operators = 0

    def whole(self) -> Query:
        root, prefixes = self._scoped({})
        keys: list[SortKey] = []
        if self._reserved() == _SORT_BY:
            self._at += 1
            keys.append(self._sort_key(prefixes))
            while self._next() is not None:
                keys.append(self._sort_key(prefixes))
        if (left := self._next()) is not None:
            raise Diagnostic(Problem.PARENTHESES if left.is_sign("(", ")") else Problem.SYNTAX, left.text)
        return Query(root, tuple(keys))

    def _scoped(self, outer: Mapping[str, str]) -> tuple[Tree, Mapping[str, str]]:
        """A query with the prefixes it assigns, and the prefixes in force in it."""
        prefixes = dict(outer)
        while self._is(">"):
            self._at += 1
            first = self._term()
            if self._is("="):
                self._at += 1
                prefixes[first.lower()] = self._term()
            else:
                prefixes[""] = first
        tree = self._clause(prefixes)
        while (operator := _OPERATORS.get(self._reserved())) is not None:
            self._at += 1
            self._operators += 1
            if self._operators > MOST_OPERATORS:
                raise Diagnostic(Problem.TOO_MANY_OPERATORS, str(MOST_OPERATORS))
            modifiers = self._modifiers(prefixes)
            tree = Boolean(operator, tree, self._clause(prefixes), modifiers)
        return tree, prefixes

    def _clause(self, prefixes: Mapping[str, str]) -> Tree:
        if self._is("("):
            return self._group(prefixes)
        first = self._term()
        if (relation := self._relation(prefixes)) is None:
            return Clause(first, ANYWHERE, SERVER_CHOICE)
        return Clause(self._term(), _name(first, prefixes), relation)

    def _group(self, prefixes: Mapping[str, str]) -> Tree:
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise Diagnostic(Problem.PARENTHESES, str(DEEPEST))
        tree, _ = self._scoped(prefixes)
        if not self._is(")"):
            raise Diagnostic(Problem.PARENTHESES, "(")
        self._at += 1
        self._depth -= 1
        return tree

    def _relation(self, prefixes: Mapping[str, str]) -> Relation | None:
        """The relation that follows, with its modifiers; None where the term stands alone."""
        token = self._next()
        if token is None or token.reserved or token.is_sign("(", ")", "/"):
            return None
        self._at += 1
        if token.kind == "sign":
            name = Name("", token.text)
        else:
            name = Name(_CQL, token.text.lower()) if token.text.lower() in _RELATIONS else _name(token.text, prefixes)
        return Relation(name, self._modifiers(prefixes))

    def _modifiers(self, prefixes: Mapping[str, str]) -> tuple[Modifier, ...]:
        found: list[Modifier] = []
        while self._is("/"):
            self._at += 1
            name = _name(self._term(), prefixes)
            sign = self._next()
            if sign is not None and sign.is_sign(*_COMPARISONS):
                self._at += 1
                found.append(Modifier(name, sign.text, self._term()))
            else:
                found.append(Modifier(name))
        return tuple(found)

    def _sort_key(self, prefixes: Mapping[str, str]) -> SortKey:
        return SortKey(_name(self._term(), prefixes), self._modifiers(prefixes))

    def _term(self) -> str:
        """A word, quoted text, or a reserved word where the grammar has a place for nothing but a term."""
        token = self._next()
        if token is None:
            raise Diagnostic(Problem.SYNTAX, "")
        if token.kind == "sign":
            raise Diagnostic(Problem.PARENTHESES if token.text in "()" else Problem.SYNTAX, token.text)
        self._at += 1
        return token.text

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is(self, sign: str) -> bool:
        token = self._next()
        return token is not None and token.is_sign(sign)

    def _reserved(self) -> str:
        token = self._next()
        return token.reserved if token is not None else ""


def _name(text: str, prefixes: Mapping[str, str]) -> Name:
    """The name in its set: an assigned prefix stands for its address."""
    prefix, dot, local = text.lower().partition(".")
    if not dot:
        prefix, local = "", prefix
    return Name(prefixes.get(prefix, prefix), local)
