"""Telling programs from readers, as far as they say who they are."""

import re

from django.http import HttpRequest

_PROGRAM = re.compile(r"bot|crawl|spider|slurp|preview|external|fetch|monitor|curl|wget|python|java|http|^$", re.IGNORECASE)


def is_program(request: HttpRequest) -> bool:
    return _PROGRAM.search(request.headers.get("User-Agent", "")) is not None
