"""MARC as lines of text, for people to read, type and paste: ``245 10 $aBumi manusia :$bsebuah roman``.

What we write we read back to the letter: a "$" inside a value is ``{dollar}``, a brace ``{lcub}``, and whatever would get lost
(control characters, blanks at an edge) is ``{U+0020}`` and the like. What others write is understood too: MarcEdit's ``=245  10``, "#", "_"
or "\\" for a blank, "|" or "‡" before codes, blanks around them, values that go on in the next line.
"""

import re
import sys
import unicodedata

from lumbung.formats.marc.record import Field, Record

LEADER_TAGS = {"LDR", "000", "LEADER"}
BLANKS = str.maketrans("#_\\", "   ")
FROM_MARCEDIT = re.compile(r"=(\w{3})  ?(.*)", re.DOTALL)
PLAIN = re.compile(r"(LEADER|\S{3})(?: (.*))?", re.DOTALL)
INDICATORS = re.compile(r"((?:\{U\+[0-9A-F]{4,6}\}|[^${\s]|[ ])(?:\{U\+[0-9A-F]{4,6}\}|[^${\s]|[ ]))?\s*(?=\$)")
ESCAPED = re.compile(r"\{(dollar|lcub|rcub|U\+[0-9A-Fa-f]{4,6})\}")
NAMED = {"dollar": "$", "lcub": "{", "rcub": "}"}
OTHER_DELIMITERS = re.compile(r"[ǂ‡](?=[a-z0-9])|(?<![|])\|(?=[a-z0-9] ?\S)")
MADE_OF_LINES = ("\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


class Unreadable(ValueError):
    """Lines that are no MARC. ``lines`` holds the number (from 1) and the text of each."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self.lines = lines
        super().__init__(", ".join(str(number) for number, _ in lines))


def to_lines(record: Record) -> str:
    """The record, leader first, a field a line."""
    return "\n".join([f"LDR {_escaped(record.leader)}", *map(field_line, record.fields)]) + "\n"


def field_line(field: Field) -> str:
    if field.value is not None:
        return f"{field.tag} {_escaped(field.value)}"
    indicators = "".join(_indicator(each) for each in (field.ind1, field.ind2))
    return f"{field.tag} {indicators} " + ("".join(f"${code}{_at_edges(text)}" for code, text in field.subfields) or "$")


def from_lines(text: str, leader: str = "") -> Record:
    """The record these lines say; without a leader among them it gets ``leader``. Raises ``Unreadable`` with every bad line."""
    record, faults = Record(leader), []
    for number, line in _logical_lines(text):
        found = FROM_MARCEDIT.fullmatch(line) or PLAIN.fullmatch(line)
        if found is None:
            faults.append((number, line))
        elif found[1].upper() in LEADER_TAGS:
            record.leader = _unescaped(found[2] or "") if line[0] != "=" else (found[2] or "").replace("\\", " ")
        else:
            field = _field(found[1], found[2] or "", marcedit=line[0] == "=")
            if field is None:
                faults.append((number, line))
            else:
                record.fields.append(field)
    if faults:
        raise Unreadable(faults)
    return record


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, each with its number and what goes on, indented, in the next."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith("    ") and lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
        else:
            lines.append((number, line if line[:1] != "\ufeff" else line[1:]))
    return lines


def _field(tag: str, rest: str, *, marcedit: bool) -> Field | None:
    """The field; None when something stands before the subfields that is no pair of indicators."""
    if tag[:2] != "00" and "$" not in rest:
        rest = OTHER_DELIMITERS.sub("$", rest)
    if "$" not in rest:
        return Field(tag, value=_unescaped(rest.replace("\\", " ") if marcedit else rest))
    found = INDICATORS.match(rest)
    if found is None:
        return None
    first, second = _two(found[1] or "  ")
    subfields = [(each[:1], _unescaped(each[1:].strip(" "))) for each in rest[found.end() + 1 :].split("$") if each]
    return Field(tag, first, second, subfields)


def _two(indicators: str) -> tuple[str, str]:
    parts = re.findall(r"\{U\+[0-9A-F]{4,6}\}|.", indicators)
    first, second = (_unescaped(each) if len(each) > 1 else each.translate(BLANKS) for each in parts)
    return first, second


def _indicator(text: str) -> str:
    if text == " ":
        return "#"
    return f"{{U+{ord(text):04X}}}" if len(text) == 1 and (text in "#_\\${" or text.isspace()) else text


def _escaped(text: str) -> str:
    told = text.replace("{", "{lcub}").replace("$", "{dollar}")
    return "".join(f"{{U+{ord(each):04X}}}" if _is_lost(each) else each for each in told) if not told.isprintable() else told


def _is_lost(letter: str) -> bool:
    return letter in MADE_OF_LINES or unicodedata.category(letter) == "Cc"


def _at_edges(text: str) -> str:
    told = _escaped(text)
    inner = told.strip(" ")
    if not inner:
        return "{U+0020}" * len(told)
    before, after = len(told) - len(told.lstrip(" ")), len(told) - len(told.rstrip(" "))
    return "{U+0020}" * before + inner + "{U+0020}" * after


def _unescaped(text: str) -> str:
    return ESCAPED.sub(_letter, text) if "{" in text else text


def _letter(found: re.Match[str]) -> str:
    if found[1] in NAMED:
        return NAMED[found[1]]
    number = int(found[1].removeprefix("U+"), 16)
    return chr(number) if number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF else found[0]  # noqa: PLR2004 -- surrogates
