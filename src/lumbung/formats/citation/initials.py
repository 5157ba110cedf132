"""Initials of given names, as styles of CSL want them (``initialize-with``)."""

import re

_DOT_INSIDE = re.compile(r"\.(?=[(\[]|[^\W\d_])")
_WORD = re.compile(r"[(\[][^)\]]*[)\]]?|\S+")
_AYN = frozenset("\u02bb\u02bc\u02bf\u02be'\u2018\u2019`")


def initials(given: str, mark: str, *, hyphens: bool = True) -> str:
    """``Jean-Luc M.`` as ``J.-L. M.``, with ``mark`` after each initial.

    Kept whole are names that begin with an ʻayn or a bracket, what stands in brackets, small words (ibn, de) with what follows them to
    the end, and what is shortened already (Moh.). Without ``hyphens`` they are left out: ``J. L. M.``.
    """
    if not given[:1].isalpha() or given[0] in _AYN:
        return given
    words = _WORD.findall(_DOT_INSIDE.sub(". ", given))
    end = len(words)
    while end > 1 and _is_small(words[end - 1].lstrip("".join(_AYN))):
        end -= 1
    shown = words[:end] if hyphens else _WORD.findall(" ".join(words[:end]).replace("-", " "))
    text = ""
    for word in shown:
        short = _shortened(word, mark)
        if short is None:
            text = f"{text.rstrip()} {word} "
            continue
        before = f"{text.rstrip()} " if _is_small(short) else text  # al-Qadri is a word of its own, also between close initials
        text = before + short
    return " ".join([text.strip(), *words[end:]])


def marked(given: str, mark: str) -> str:
    """The names whole, and ``mark`` after each that is an initial already (``initialize="false"`` of CSL 1.0.2): ``A.R. Shohibul`` as
    ``A. R. Shohibul``."""
    text = ""
    for word in _WORD.findall(_DOT_INSIDE.sub(". ", given)):
        letter = word.removesuffix(".")
        text += f"{letter}{mark}" if len(letter) == 1 and letter.isupper() else f"{' ' if text else ''}{word} "
    return " ".join(text.split())


def _is_small(word: str) -> bool:
    return word[:1] != word[:1].upper()


def _shortened(word: str, mark: str) -> str | None:
    """The initials of what hyphens join, and the mark; None where the word has no capital."""
    first, *others = word.split("-")
    pieces = [first, *(each for each in others if not _is_small(each))]
    letters = [_initial(each) for each in pieces]
    if not any(letters):
        return None
    written = [f"{letter}{mark.rstrip()}" if letter else piece for piece, letter in zip(pieces, letters, strict=True)]
    return "-".join(written) + (mark[len(mark.rstrip()) :] if letters[-1] else " ")


def _initial(piece: str) -> str:
    """``P`` of Pramoedya, ``Moh`` of ``Moh.``; nothing of what is no word with a capital."""
    if not piece[:1].isalpha() or piece[0] in _AYN or _is_small(piece):
        return ""
    return piece.rstrip(".") if piece.endswith(".") else piece[0]
