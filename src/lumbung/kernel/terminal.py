"""Words on a terminal: they are in the language that the locale of whoever gives the command names."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ParamSpec

from django.conf import settings
from django.utils import translation

INDONESIAN, ENGLISH = "id", "en"
data_folder = ""
"""The folder that this command was given with ``--data``, if any."""
NO_LOCALE = {"", "c", "posix"}

Given = ParamSpec("Given")


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the two that the locale names first; Indonesian where it names neither, or none.

    As in every program: LC_ALL goes before LC_MESSAGES and that before LANG; where there is a locale, LANGUAGE, which lists several
    by colons, goes before all of them.
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if _language_in(locale) in NO_LOCALE:
        return INDONESIAN
    named = map(_language_in, [*environment.get("LANGUAGE", "").split(":"), locale])
    return next((each for each in named if each in {INDONESIAN, ENGLISH}), INDONESIAN)


@contextmanager
def in_library_language() -> Iterator[None]:
    """For what a command keeps, sends or serves: that is the library's, whoever sits at the terminal."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def in_this_language(tell: Callable[Given, None]) -> Callable[Given, None]:
    """The same, to be called by what works in the library's language, and telling in the one that is spoken now."""
    language = translation.get_language()

    def told(*given: Given.args, **named: Given.kwargs) -> None:
        with translation.override(language):
            tell(*given, **named)

    return told


def command(words: str) -> str:
    """How to give this command next, on the same library: ``import --resume 3``."""
    return f"lumbung {words}" + (f" --data {shlex.quote(data_folder)}" if data_folder else "")


def _language_in(locale: str) -> str:
    """``en`` of ``en_US.UTF-8``, ``id`` of ``id_ID@latin``, ``c`` of ``C.UTF-8``."""
    return locale.partition(".")[0].partition("@")[0].partition("_")[0].lower()
