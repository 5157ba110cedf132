"""How the renderer writes down what is italic, raised … : private characters, turned into HTML or dropped at the end.

So no text of a record can pass for markup, whatever it holds. The names are those citeproc-py asks of a formatter.
"""

import html
import re

_MARKS = {
    "i": ("\ue000", "\ue001"),
    "b": ("\ue002", "\ue003"),
    "sup": ("\ue004", "\ue005"),
    "sub": ("\ue006", "\ue007"),
    "u": ("\ue008", "\ue009"),
}
QUOTED, UNQUOTED = "\ue00a", "\ue00b"
"""Around the closing quotation mark of a style."""
CLOSINGS = "".join(closing for _opening, closing in _MARKS.values())
_ANY_MARK = re.compile("[\ue000-\ue00b]")


class _Marked(str):
    __slots__ = ()
    tag = ""

    def __new__(cls, text: str) -> "_Marked":
        opening, closing = _MARKS.get(cls.tag, ("", ""))
        return super().__new__(cls, f"{opening}{text}{closing}")


def _marked(tag: str) -> type[_Marked]:
    return type(f"Marked_{tag}", (_Marked,), {"tag": tag, "__slots__": ()})


Italic = Oblique = _marked("i")
Bold = _marked("b")
Underline = _marked("u")
Superscript = _marked("sup")
Subscript = _marked("sub")
Light = SmallCaps = _marked("")


def preformat(text: object) -> str:
    """What a record says, without characters that have a meaning here."""
    return _ANY_MARK.sub("", str(text))


def as_html(text: str) -> str:
    """The entry as HTML: nothing but ``<i>``, ``<b>``, ``<u>``, ``<sup>`` and ``<sub>``."""
    written = html.escape(text)
    for tag, (opening, closing) in _MARKS.items():
        written = written.replace(opening, f"<{tag}>").replace(closing, f"</{tag}>")
    return as_text(written)


def as_text(text: str) -> str:
    return _ANY_MARK.sub("", text)
