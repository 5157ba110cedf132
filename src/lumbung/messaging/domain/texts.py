"""Writing a message: the template ``messages/<code>.txt`` of whichever part it belongs to. Its first line is the subject."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override


class Text(NamedTuple):
    subject: str
    body: str


def write(code: str, facts: Mapping[str, Any], language: str = "") -> Text:
    """The message in ``language``, else in the library's. Plain text: nothing is escaped."""
    with override(language or settings.LANGUAGE_CODE):
        written = render_to_string(f"messages/{code}.txt", dict(facts))
    subject, _, body = written.strip().partition("\n")
    return Text(" ".join(subject.split())[:255], body.strip() + "\n")
