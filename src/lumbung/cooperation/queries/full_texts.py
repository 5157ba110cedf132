"""The digital files of titles as others are told of them: which anybody may have, and what stands against the rest."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from lumbung.digital.queries import Asker, access_to, files_of_records

OPEN, EMBARGOED, RESTRICTED = "openAccess", "embargoedAccess", "restrictedAccess"
SEMANTICS = "info:eu-repo/semantics/"
"""The words of the European guidelines for repositories, which aggregators everywhere know."""


@dataclass(frozen=True, slots=True)
class FullText:
    """``files`` are key and media type of those that a stranger may download; ``access`` is the word for all of it."""

    files: tuple[tuple[int, str], ...]
    access: str

    @property
    def rights(self) -> str:
        return f"{SEMANTICS}{self.access}"


def full_texts(keys: Collection[int]) -> dict[int, FullText]:
    """The files of these records that stand, as a stranger may have them; records without any are left out."""
    by_record: defaultdict[int, list[tuple[int, str, bool, bool]]] = defaultdict(list)
    stranger = Asker()
    for each in files_of_records(keys):
        if each.is_current:
            decided = access_to(each, stranger)
            embargoed = any(reason.code == "embargoed" for reason in decided.refusals)
            by_record[each.record_id].append((each.pk, each.media_type, decided.may_download, embargoed))
    return {record: _told(files) for record, files in by_record.items()}


def _told(files: list[tuple[int, str, bool, bool]]) -> FullText:
    free = tuple((key, media) for key, media, is_free, _ in files if is_free)
    waits = any(embargoed for *_, embargoed in files)
    return FullText(free, OPEN if free else EMBARGOED if waits else RESTRICTED)
