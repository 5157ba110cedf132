"""What is handed on follows the catalogue: made anew when a record changes, kept as deleted when the public may no longer see it."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Max

from lumbung.catalogue.domain.bibliographic import UNREADABLE, Description, describe
from lumbung.catalogue.domain.host_records import hosts_of, with_hosts
from lumbung.catalogue.models import Record
from lumbung.cooperation.domain.named_hosts import keep_named_hosts
from lumbung.cooperation.domain.openness import access, access_to_files
from lumbung.cooperation.domain.preparing import Prepared, prepared, prepared_poorly
from lumbung.cooperation.domain.readiness import lacks
from lumbung.cooperation.domain.stamping import next_stamps
from lumbung.cooperation.events import SharedAnew
from lumbung.cooperation.models import KeptIdentifier, SharedRecord, SharingRules, Theses
from lumbung.cooperation.queries.full_texts import FullText, full_texts
from lumbung.cooperation.queries.gathering import gathered
from lumbung.cooperation.queries.programmes import Programmes, programmes
from lumbung.formats import marc
from lumbung.kernel import clock, events, rows
from lumbung.kernel.rows import among

CHUNK = 200
SHAPE = "2"
"""Another one whenever the forms are written otherwise: then everything counts as changed."""
SETS = ("material", "hundred", "faculty", "programme", "access")
COLUMNS = (
    "record", "identifier", "moment", "serial", "deleted", *SETS, "thesis", "digest", "forms", "faults", "rama_lacks", "onesearch_lacks",
)  # fmt: skip
GONE = {"deleted": True, "forms": b"", "digest": "", "faults": "", "rama_lacks": 0, "onesearch_lacks": 0}
READ = ("pk", "marc", "title", "creator", "publisher", "year", "material", "classification", "created_at")
AT_MOST_LATE, TRIES = 1, 5
Told = dict[str, Any]


def refresh(keys: Collection[int]) -> int:
    """Make what is handed on of these records what the catalogue says; returns of how many anything changed."""
    known, changed = programmes(), 0
    for some in _parts(sorted(keys)):
        changed += _refresh(some, known)
    return changed


def share_all(progress: Callable[[int], None] | None = None) -> int:
    """Compare all that is handed on with the catalogue and make right what differs; returns how many records did."""
    differed = 0
    for seen, changed in _all_anew():
        differed = changed
        if progress:
            progress(seen)
    return differed


def share_all_once() -> Iterator[None]:
    """The first time: everything, a part at each step. Later the reaction follows what happens, and every night all is compared."""
    if not SharingRules.objects.filter(pk=1, built_at__isnull=False).exists():
        yield from (None for _ in _all_anew())


def _all_anew() -> Iterator[tuple[int, int]]:
    """Part by part; yields how many records were seen and how many differed so far."""
    seen = changed = 0
    last, highest = 0, _highest()
    while last < highest:
        keys = _next_keys(last)
        if not keys:
            break
        changed += refresh(keys)
        seen, last = seen + len(keys), keys[-1]
        yield seen, changed
    with transaction.atomic():
        SharingRules.objects.update_or_create(pk=1, defaults={"built_at": clock.now()})
        events.record(SharedAnew(seen=seen, changed=changed), by=None)


def share_theses() -> int:
    """The same for theses alone: programmes have other codes or names now."""
    keys = Record.objects.filter(material="thesis").order_by("pk").values_list("pk", flat=True)
    return refresh(list(keys))


def _refresh(keys: Sequence[int], known: Programmes) -> int:
    """The forms are made before the transaction, which then is short: see ``_stamped``."""
    shown = Record.objects.shown_to_public().filter(**among(keys)).only(*READ)
    kept = dict(KeptIdentifier.objects.filter(**among(keys)).values_list("record", "identifier"))
    from_others = gathered(keys)
    texts = full_texts(keys)
    own = [row for row in shown if row.pk not in from_others]
    read = _read(keys, own)
    told = {
        row.pk: {**_told(row, read.get(row.pk), known, texts.get(row.pk)), "identifier": kept.get(row.pk, "")} for row in own
    }
    return _stamped(keys, told)


def _read(keys: Sequence[int], own: Sequence[Record]) -> dict[int, tuple[marc.Record, Description]]:
    """What the MARC of each says, a part with what the record of its host adds; those that cannot be read are left out.

    Which hosts those of ``keys`` name is kept, to be asked by ``parts_of`` when a host changes.
    """
    read: dict[int, tuple[marc.Record, Description]] = {}
    for row in own:
        with suppress(*UNREADABLE):
            read[row.pk] = (row.marc_record, describe(row.marc_record))
    said = {key: each for key, (_, each) in read.items()}
    found = hosts_of(list(said.values()))
    keep_named_hosts(keys, said, found)
    told = with_hosts(list(said.values()), found)
    return {key: (whole, each) for (key, (whole, _)), each in zip(read.items(), told, strict=True)}


@transaction.atomic
def _put(keys: Sequence[int], told: dict[int, Told]) -> tuple[list[int], int]:
    """Write what differs; the keys of it, and the moment it got."""
    columns = ("record", "deleted", "digest", "thesis", "identifier")
    held = {row[0]: row for row in SharedRecord.objects.filter(**among(keys)).values_list(*columns)}
    changed: list[int] = []
    for key, each in sorted(told.items()):
        there = held.get(key)
        each["digest"] = _digest(each)
        if there and not there[1] and (there[2], there[4]) == (each["digest"], each["identifier"]):
            continue
        each["thesis"] = _thesis_state(is_thesis=each["is_thesis"], was=there[3] if there else 0)
        changed.append(key)
    gone = [key for key, row in sorted(held.items()) if key not in told and not row[1]]
    if not changed and not gone:
        return [], 0
    moment, serials = next_stamps(len(changed) + len(gone))
    stamps = [{"record": key, "moment": moment, "serial": serial} for key, serial in zip(changed, serials, strict=False)]
    made = [{**told[each["record"]], **each} for each in stamps]
    rows.put(SharedRecord, COLUMNS, [[each[name] for name in COLUMNS] for each in made], key=("record",))
    left = [(*GONE.values(), moment, serial, key) for key, serial in zip(gone, serials[len(changed) :], strict=True)]
    rows.update(SharedRecord, (*GONE, "moment", "serial"), left)
    return changed + gone, moment


def _stamped(keys: Sequence[int], told: dict[int, Told]) -> int:
    """Write what differs with a moment that the next harvest of whoever is told now includes.

    Harvesters come back for what changed since an answer of their last harvest, the first or the last. Where writing took longer than
    the second that it was stamped with, it is stamped again.
    """
    changed, moment = _put(keys, told)
    for _ in range(TRIES):
        if not changed or clock.now().timestamp() < moment + AT_MOST_LATE:
            break
        moment = _stamp_again(changed)
    return len(changed)


@transaction.atomic
def _stamp_again(keys: Sequence[int]) -> int:
    moment, serials = next_stamps(len(keys))
    rows.update(SharedRecord, ("moment", "serial"), [(moment, serial, key) for key, serial in zip(keys, serials, strict=True)])
    return moment


def _told(row: Record, read: tuple[marc.Record, Description] | None, known: Programmes, full_text: FullText | None) -> Told:
    """Everything a row holds but when it changed."""
    if read:
        with suppress(*UNREADABLE):
            whole, said = read
            made = prepared(row, whole, said, known, full_text)
            return _columns(row, made, said, full_text, access(whole, said, full_text))
    return _columns(row, prepared_poorly(row), None, full_text, access_to_files(full_text) or "library")


def _columns(row: Record, made: Prepared, said: Description | None, full_text: FullText | None, readable: str) -> Told:
    rama, onesearch = lacks(said, made.thesis, has_files=full_text is not None) if said else (0, 0)
    programme = made.programme
    return {
        "deleted": False,
        "material": row.material,
        "hundred": hundred(row.classification),
        "faculty": programme.faculty if programme else "",
        "programme": programme.code if programme else "",
        "access": readable,
        "is_thesis": made.thesis is not None,
        "forms": made.packed(),
        "faults": " ".join(made.faults),
        "rama_lacks": int(rama),
        "onesearch_lacks": int(onesearch),
    }


def hundred(classification: str) -> str:
    """The hundred of a class number, or 2X for the Indonesian expansion for Islam; empty where there is none."""
    start = classification.strip().upper()[:2]
    return "2X" if start == "2X" else f"{start[0]}00" if start[:1].isascii() and start[:1].isdigit() else ""


def _thesis_state(*, is_thesis: bool, was: int) -> int:
    if is_thesis:
        return Theses.IS
    return Theses.WAS if was else Theses.NEVER


def _digest(each: Told) -> str:
    told = hashlib.blake2b(SHAPE.encode(), digest_size=16)
    told.update(each["forms"])
    told.update(repr([each[name] for name in (*SETS, "faults", "rama_lacks", "onesearch_lacks")]).encode())
    return told.hexdigest()


def _next_keys(last: int) -> list[int]:
    """The next keys of the catalogue, and those of what was handed on once and is no longer there."""
    here = list(Record.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    once = SharedRecord.objects.filter(record__gt=last).order_by("record").values_list("record", flat=True)
    return sorted({*here, *(once.filter(record__lte=here[-1]) if len(here) == CHUNK else once)})


def _highest() -> int:
    ends = [
        Record.objects.aggregate(highest=Max("pk"))["highest"],
        SharedRecord.objects.aggregate(highest=Max("record"))["highest"],
    ]
    return max(each or 0 for each in ends)


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + CHUNK] for first in range(0, len(keys), CHUNK))
