"""Reading and filling other programs' messages by a mapping that an operator writes: ``name = value`` a line, paths with dots."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

PLACE = re.compile(r"\{(to|text|id)\}")


def lines_of(text: str) -> dict[str, str]:
    """``name = value`` a line. Raises ValueError for a line without ``=``."""
    pairs: dict[str, str] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise ValueError(line)
        pairs[name.strip()] = value.strip()
    return pairs


def filled(template: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    """The template with ``{to}``, ``{text}`` and ``{id}`` filled in; what is filled in is not read again."""
    return {name: PLACE.sub(lambda place: facts.get(place[1], ""), value) for name, value in template.items()}


def found_at(value: Any, path: str) -> Any:
    """What stands at ``data.messages.0.id``; None where nothing does."""
    for step in filter(None, path.split(".")):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def text_at(value: Any, path: str) -> str:
    """The same as text; empty where there is nothing or no plain value."""
    found = found_at(value, path) if path else None
    if isinstance(found, bool):
        return str(found).lower()
    return str(found) if isinstance(found, str | int | float) else ""


def read_body(body: bytes, content_type: str) -> dict[str, Any]:
    """A posted body, JSON or form. Raises ValueError for anything else."""
    text = body.decode("utf-8", errors="replace")
    if "json" in content_type or text.lstrip().startswith("{"):
        read = json.loads(text)
        if not isinstance(read, dict):
            raise ValueError("no JSON object")
        return read
    return dict(parse_qsl(text, keep_blank_values=True))
