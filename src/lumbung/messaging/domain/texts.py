"""Writing a message: the library's own wording, else the template ``messages/<code>.txt`` of whichever part it belongs to.

A template's first line is the subject. The library's wording knows places (``{{ name }}``), ``{% if %}`` and ``{% for %}`` and
nothing else: it is written by people who run no programs.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.translation import override

from lumbung.kernel.remembered import remembered
from lumbung.messaging.models import Wording

TAG = re.compile(r"{%-?\s*(\w+)")
ALLOWED = frozenset({"if", "elif", "else", "endif", "for", "empty", "endfor"})
PLACE = re.compile(r"{{\s*(\w+)(?:\.(\w+))?|(?:=|\sin\s)(\w+)(?:\.(\w+))?|{%\s*if\s+(\w+)")
FIRST_LINE = 255


class Text(NamedTuple):
    subject: str
    body: str


class NotAText(Exception):
    """The wording cannot be filled in; the text says why."""


class Sample(int):
    """What stands in a preview for any fact: its own name; for a list, two of it; for a number, some; for a day, one."""

    _name: str
    year, month, day, hour, minute = 2026, 1, 1, 8, 0

    def __new__(cls, name: str) -> "Sample":
        made = super().__new__(cls, 2)
        made._name = name
        return made

    def __str__(self) -> str:
        return f"[{self._name}]"

    def weekday(self) -> int:
        return date(self.year, self.month, self.day).weekday()

    def __getitem__(self, name: str) -> "Sample":
        if not isinstance(name, str):
            raise KeyError(name)
        return Sample(name)

    def __iter__(self) -> Iterator["Sample"]:
        return iter([Sample(self._name), Sample(self._name)])

    def __len__(self) -> int:
        return 2


def write(code: str, facts: Mapping[str, Any], language: str = "") -> Text:
    """The message in ``language``, else in the library's. Plain text: nothing is escaped."""
    language = language or settings.LANGUAGE_CODE
    wording = wordings().get((code, language))
    with override(language):
        if wording is not None:
            return Text(_one_line(fill(wording.subject, facts)), fill(wording.body, facts).strip() + "\n")
        return _as_the_program_says(code, facts)


@remembered()
def wordings() -> dict[tuple[str, str], Wording]:
    """The library's own wordings, by message and language."""
    return {(each.code, each.language): each for each in Wording.objects.all()}


def _as_the_program_says(code: str, facts: Mapping[str, Any]) -> Text:
    written = render_to_string(f"messages/{code}.txt", dict(facts))
    subject, _, body = written.strip().partition("\n")
    return Text(_one_line(subject), body.strip() + "\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:FIRST_LINE]


def fill(text: str, facts: Mapping[str, Any]) -> str:
    """The library's wording with its places filled in. Raises NotAText."""
    if strange := sorted(set(TAG.findall(text)) - ALLOWED):
        raise NotAText(f"{{% {strange[0]} %}}")
    try:
        return str(Engine(autoescape=False).from_string(text).render(Context(dict(facts), autoescape=False)))
    except TemplateSyntaxError as wrong:
        raise NotAText(str(wrong)) from None


def codes() -> list[str]:
    """Every message there is, whichever part it belongs to."""
    folders = (Path(each.path) / "templates" / "messages" for each in apps.get_app_configs())
    return sorted({file.stem for folder in folders if folder.is_dir() for file in folder.glob("*.txt")})


def places(code: str) -> list[str]:
    """The facts this message can speak of, as they are written in a wording: ``name``, ``lines``, ``line.title``."""
    source = Engine.get_default().get_template(f"messages/{code}.txt").source or ""
    names = {".".join(filter(None, found)) for found in PLACE.findall(source)}
    return sorted(names - {"forloop.counter", "lines|length"})


def samples(code: str) -> dict[str, Any]:
    """A fact of each name, for a preview."""
    return {name: Sample(name) for name in {each.partition(".")[0] for each in places(code)}}


def sample(code: str, language: str) -> Text:
    """The message as it goes out now, with names for facts."""
    return write(code, samples(code), language)
