"""Telling programs from readers, as far as they say who they are: what they do is no use of the library by its readers."""

import re

from django.http import HttpRequest

_PROGRAM = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|scrap|harvest|archiv|fetch|preview|external|monitor|validat|headless|phantom|lighthouse"
    r"|curl|wget|python|java(?!;)|perl|ruby|php|axios|http|^whatsapp|^$",
    re.IGNORECASE,
)
"""Kinds of names rather than names, so that a program that comes into the world tomorrow is known too. Telephones are called Cubot,
and simple ones say of themselves that they have Java: ``UCWEB/2.0 (Java; U; MIDP-2.0; …)``."""


def is_program(request: HttpRequest) -> bool:
    return _PROGRAM.search(request.headers.get("User-Agent", "")) is not None
