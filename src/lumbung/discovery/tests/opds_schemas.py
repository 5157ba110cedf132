"""The published JSON Schemas of OPDS 2.0 and Readium, as judges. Their patterns are JavaScript's; Python writes named groups otherwise."""

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

_NAMED = re.compile(r"\(\?<(?=[A-Za-z])")


def faults(shared_data: Path, schema: str, told: Any) -> list[str]:
    """What the schema of this file name (of OPDS, else of Readium) finds wrong."""
    registry, found = _registry(shared_data)
    validator = Draft7Validator(found[schema], registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)
    return [f"{'/'.join(map(str, each.path))}: {each.message[:200]}" for each in validator.iter_errors(told)]


def _registry(shared_data: Path) -> tuple[Registry, dict[str, Any]]:
    registry: Registry = Registry()
    found: dict[str, Any] = {}
    for folder in ("readium-webpub", "readium-lcp", "opds-2"):
        for path in sorted((shared_data / "specs" / folder).rglob("*.schema.json")):
            schema = json.loads(_NAMED.sub("(?P<", path.read_text()))
            registry = Resource.from_contents(schema, default_specification=DRAFT7) @ registry
            found[f"{folder}/{path.name}"] = schema
    return registry, found
