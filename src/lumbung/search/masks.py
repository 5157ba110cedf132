"""Words with masks in them, as CQL writes them: ``*`` for any letters, ``?`` for one, each a plain sign after a backslash."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lumbung.formats.cql import Diagnostic, Problem
from lumbung.search.analysis import analyse
from lumbung.search.plan import Best, Masked, Node, Prefix, Worth
from lumbung.search.ranking import FIELDS, FORMS, OTHERS
from lumbung.search.syntax import MOST_MASKS, SHORTEST_STEM

_PIECE = re.compile(r"\\(.)|\\$|([*?])|(\^)|([^\\*?^]+)", re.DOTALL)
_SPECIAL = set('*?^"\\')


@dataclass(frozen=True, slots=True)
class MaskedWord:
    """One word of a term. Where it is ``masked``, ``pattern`` has masks and letters as they are searched; else the word itself."""

    pattern: str
    masked: bool


def words_in(term: str) -> list[MaskedWord]:
    """The words of the term. Raises ``Diagnostic`` for a backslash before a plain letter, and for an anchor."""
    return [_word(text) for text in term.split()]


def plain(term: str) -> str:
    """The term without its backslashes, its masks taken for plain signs."""
    return "".join(text for text, _ in _pieces(term))


def unmasked(term: str) -> str:
    """The term with every special sign made a plain one."""
    return re.sub(r'([*?^"\\])', r"\\\1", term)


def masked_word(word: MaskedWord, fields: Sequence[str]) -> Node:
    """What begins, or reads, so in any of the fields."""
    letters = re.split(r"[*?]", word.pattern)
    if not letters[0]:
        raise Diagnostic(Problem.MASKING, word.pattern)
    if len(letters[0]) < SHORTEST_STEM:
        raise Diagnostic(Problem.MASKED_TOO_SHORT, word.pattern)
    if len(letters) - 1 > MOST_MASKS:
        raise Diagnostic(Problem.TOO_MANY_MASKS, word.pattern)
    stem = letters[0] if word.pattern == f"{letters[0]}*" else ""
    return Best(
        tuple(
            Worth(
                Prefix(name, stem) if stem else Masked(name, word.pattern),
                FIELDS[name] * FORMS["prefix"],
                f"{name}.prefix",
                word.pattern,
            )
            for name in fields
        ),
        OTHERS,
    )


def _word(text: str) -> MaskedWord:
    pieces = _pieces(text)
    if not any(mask for _, mask in pieces):
        return MaskedWord("".join(text for text, _ in pieces), masked=False)
    return MaskedWord("".join(text if mask else "".join(analyse(text).folded) for text, mask in pieces), masked=True)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The text cut at its masks, each piece with whether it is one."""
    found: list[tuple[str, bool]] = []
    for match in _PIECE.finditer(text):
        escaped, mask, anchor, letters = match.groups()
        if anchor:
            raise Diagnostic(Problem.ANCHORING, text)
        if match[0].startswith("\\") and escaped not in _SPECIAL:
            raise Diagnostic(Problem.ESCAPE, escaped or "\\")
        if not mask and found and not found[-1][1]:
            found[-1] = (found[-1][0] + (escaped or letters), False)
        else:
            found.append((mask or escaped or letters, bool(mask)))
    return found
