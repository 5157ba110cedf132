"""Subject lists in SKOS on their way in: each concept becomes an authority record, and the import of MARC does the rest."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import BinaryIO, cast

from lumbung.catalogue.domain.imports.options import ImportOptions
from lumbung.catalogue.domain.imports.runs import start_import
from lumbung.catalogue.models import ImportRun
from lumbung.catalogue.refusals import CIRCULAR, FILE_EMPTY, VOCABULARY_UNREADABLE
from lumbung.formats import marc
from lumbung.formats.skos import UnreadableVocabularyError, read_skos
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused

MOST_TOLD = 5


def import_vocabulary(content: bytes, *, name: str, by: events.Actor | None, dry_run: bool) -> ImportRun:
    """Make an import of the concepts of this file, waiting. Refuses a file that is no SKOS, and one without a concept that has a label."""
    shown = PurePath(name).name
    try:
        records = read_skos(content)
    except UnreadableVocabularyError as error:
        raise Refused(VOCABULARY_UNREADABLE(name=shown, error=str(error))) from error
    if not records:
        raise Refused(FILE_EMPTY(name=shown))
    if circular := _in_circles(records):
        raise Refused([CIRCULAR(heading=each) for each in circular])
    with tempfile.TemporaryFile() as file:
        file.writelines(json.dumps(marc.to_json(each), ensure_ascii=False).encode() + b"\n" for each in records)
        file.seek(0)
        return start_import(cast(BinaryIO, file), name=shown, by=by, dry_run=dry_run, options=ImportOptions(again=True))


def _in_circles(records: Iterable[marc.Record]) -> list[str]:
    """Headings that are broader than themselves by way of others; a few are enough to find the place in the file."""
    above: dict[str, set[str]] = {}
    for record in records:
        own = (record.first("150") or marc.Field("150")).get("a")
        for each in record.all("550"):
            if each.get("w") == "g":
                above.setdefault(own, set()).add(each.get("a"))
            elif each.get("w") == "h":
                above.setdefault(each.get("a"), set()).add(own)
    while True:  # take off what stands at the top or at the bottom, until only circles are left
        used = set().union(*above.values())
        kept = {own: broader & above.keys() for own, broader in above.items() if own in used and broader & above.keys()}
        if kept == above:
            return sorted(above)[:MOST_TOLD]
        above = kept
