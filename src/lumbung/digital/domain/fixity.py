"""Fixity: every content is read whole again and again, in every place; what changed or is gone is put right from the good copy.

A place that does not answer proves nothing: its contents stay as they were known, and are asked for again later.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from lumbung.digital.domain import places, store
from lumbung.digital.events import ContentCopied, ContentDamaged, ContentRepaired, ContentsChecked, FixityAsked
from lumbung.digital.models import Conditions, DepositFile, File, KeptContent
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import NOT_THE_SAME_CONTENT
from lumbung.formats import ocfl
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

BLOCK = 1 << 20
STRETCH_SECONDS = 20.0
READERS = min(4, os.cpu_count() or 1)
AT_ONCE = 8
AGAIN = timedelta(minutes=10)
"""When to ask again for what a place did not answer about."""
LOOK_AGAIN = timedelta(hours=6)
"""When to look again at what no good copy was found of."""


class Verdict(StrEnum):
    """What one place has of a content."""

    SOUND = "sound"
    UNDESCRIBED = "undescribed"
    """The content is whole; what describes it is not."""
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """What was found in one place."""

    place: places.Place
    verdict: Verdict

    @property
    def has_content(self) -> bool:
        return self.verdict in {Verdict.SOUND, Verdict.UNDESCRIBED}


@dataclass
class Sight:
    """What was found of one content. ``silent`` tells which place did not answer, and why."""

    found: list[Finding]
    silent: str = ""

    @property
    def good(self) -> Finding | None:
        return next((each for each in self.found if each.has_content), None)


def register(keys: Iterable[int]) -> None:
    """Let the contents of these files be preserved from now on."""
    _register(File.objects.filter(pk__in=keys))


def register_all() -> None:
    """Let every content that a file or a deposit refers to be preserved. For the night.

    What a second place lacks, since that was named later or another one is named now, has its turn at once.
    """
    known = KeptContent.objects.values("sha256")
    _register(File.objects.exclude(sha256__in=known))
    _register(DepositFile.objects.exclude(sha256__in=known))
    if (copy := places.second()) is not None:
        now = clock.now()
        KeptContent.objects.filter(check_after__gt=now).exclude(copied_to=copy.name).update(check_after=now)


def check_due() -> bool:
    """Look at contents whose turn it is, for some seconds; then others have theirs. Steady work."""
    until, looked_at = time.monotonic() + STRETCH_SECONDS, 0
    due = _due().order_by("check_after", "pk")
    while (batch := list(due[:AT_ONCE])) and (looked_at == 0 or time.monotonic() < until):
        looked_at += len(check_all(batch))
    return False


def checks_are_due() -> bool:
    """Whether there is a content whose turn it is."""
    return _due().exists()


def _due() -> QuerySet[KeptContent]:
    return KeptContent.objects.filter(check_after__lte=clock.now())


def check_all(batch: list[KeptContent]) -> list[KeptContent]:
    """``check`` each of them, reading side by side: a digest keeps one processor busy, and a disk could give more."""
    with ThreadPoolExecutor(READERS) as readers:
        seen = list(readers.map(_seen, batch))
    checked = [_after(content, sight, by=None) for content, sight in zip(batch, seen, strict=True)]
    sizes, troubled = sum(each.size for each in checked), sum(each.is_in_trouble for each in checked)
    with transaction.atomic():
        events.record(ContentsChecked(count=len(checked), size=sizes, troubled=troubled), by=None)
    return checked


def check_each() -> Iterator[KeptContent]:
    """``check`` every content there is, now. For whoever wants to know before its turn comes."""
    last = 0
    while batch := list(KeptContent.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from check_all(batch)
        last = batch[-1].pk


@transaction.atomic
def check_all_now(*, by: events.Actor | None) -> int:
    """Let every content have its turn as soon as can be; how many."""
    count = KeptContent.objects.update(check_after=clock.now())
    events.record(FixityAsked(count=count), by=by)
    return count


def check(content: KeptContent, *, by: events.Actor | None = None) -> KeptContent:
    """Read the content in every place, put right what can be, and say how it is. A copy that the second place lacks is made."""
    return _after(content, _seen(content), by=by)


def keep_good_copy(content: KeptContent, path: Path, *, by: events.Actor | None) -> KeptContent:
    """Put a file that people still have in the place of what was damaged, if it is the same to the last bit. Refuses another."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        sha512 = hashlib.file_digest(file, "sha512").hexdigest()
    if sha256 != content.sha256:
        raise Refused(NOT_THE_SAME_CONTENT())
    for place in places_of(content):
        with store.asked():
            place.keep(sha256, path, store.description_of(sha256, sha512))
    return check(content, by=by)


def places_of(content: KeptContent) -> list[places.Place]:
    """The places that should have it: where it waits, or the first; and the second."""
    waits = places.first().is_remote and places.waiting().has(content.sha256)
    copy = places.second()
    return [places.waiting() if waits else places.first(), *([copy] if copy is not None else [])]


def _register(rows: "QuerySet[File] | QuerySet[DepositFile]") -> None:
    now = clock.now()
    facts = rows.values_list("sha256", "size", "media_type").distinct().order_by("sha256")
    fresh = [
        KeptContent(sha256=sha256, size=size, media_type=kind, kept_at=now, check_after=now) for sha256, size, kind in facts
    ]
    KeptContent.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)


def _seen(content: KeptContent) -> Sight:
    """What each place has of it; asks nothing of the database, so that threads may do it."""
    sight = Sight([])
    for place in places_of(content):
        try:
            sight.found.append(Finding(place, _verdict(place, content.sha256)))
        except OSError as error:
            sight.silent = f"{place.name}: {error}"
    return sight


def _after(content: KeptContent, sight: Sight, *, by: events.Actor | None) -> KeptContent:
    mended: list[Finding] = []
    if sight.good is not None:
        try:
            mended = _mend(content, sight.good, sight.found)
        except OSError as error:
            sight.silent = str(error)
    return _settle(content, sight, mended, by=by)


def _verdict(place: places.Place, sha256: str) -> Verdict:
    place.ask()
    try:
        with place.open(sha256) as file:
            digest = hashlib.sha256()
            while block := file.read(BLOCK):
                digest.update(block)
        if digest.hexdigest() != sha256:
            return Verdict.DAMAGED
    except FileNotFoundError:
        return Verdict.MISSING
    return Verdict.UNDESCRIBED if _is_undescribed(place, sha256) else Verdict.SOUND


def _is_undescribed(place: places.Place, sha256: str) -> bool:
    try:
        said = [place.said(sha256, name) for name in ocfl.with_inventory(b"", b"")]
    except FileNotFoundError:
        return True
    copy, copied_sidecar, inventory, sidecar, _mark = said
    return (copy, copied_sidecar) != (inventory, sidecar) or bool(ocfl.faults_of(inventory, sidecar, sha256))


def _mend(content: KeptContent, good: Finding, found: list[Finding]) -> list[Finding]:
    """Put the object anew, from the good content, where it is not sound; which those were."""
    unsound = [each for each in found if each.verdict != Verdict.SOUND]
    if not unsound:
        return []
    with _at_hand(good.place, content.sha256) as path:
        description = _description(good, content.sha256, path)
        for each in unsound:
            each.place.keep(content.sha256, path, description)
    return unsound


@contextmanager
def _at_hand(place: places.Place, sha256: str) -> Iterator[Path]:
    """The content as a file of this machine."""
    path = place.path_of(sha256)
    if path is not None:
        yield path
        return
    with store.incoming() as copy:
        with place.open(sha256) as file, copy.open("wb") as target:
            while block := file.read(BLOCK):
                target.write(block)
        yield copy


def _description(good: Finding, sha256: str, path: Path) -> dict[str, bytes]:
    if good.verdict == Verdict.SOUND:
        return store.described(good.place, sha256)
    with path.open("rb") as file:
        return store.description_of(sha256, hashlib.file_digest(file, "sha512").hexdigest())


@transaction.atomic
def _settle(content: KeptContent, sight: Sight, mended: list[Finding], *, by: events.Actor | None) -> KeptContent:
    """Write down how the content is, and what was done. A place that is silent hides what the others lack."""
    row, now = KeptContent.objects.select_for_update().get(pk=content.pk), clock.now()
    good, is_known = sight.good, sight.good is not None or not sight.silent
    row.said = sight.silent[:300]
    for each in _news(row, sight.found) if is_known else []:
        events.record(ContentDamaged(content=row.pk, sha256=row.sha256, where=each.place.name, how=each.verdict), by=by)
    if good is not None:
        row.mended = tuple(each.place.name for each in mended if _was_known(row, each))
        for where in row.mended:
            events.record(ContentRepaired(content=row.pk, sha256=row.sha256, where=where, source=good.place.name), by=by)
    copy = places.second()
    if copy is not None and good is not None and _is_sound_at(copy, sight.found, mended) and row.copied_to != copy.name:
        row.copied_to = copy.name
        events.record(ContentCopied(content=row.pk, sha256=row.sha256, where=copy.name), by=by)
    if is_known:
        row.condition, row.checked_at = _condition(sight), now
    row.check_after = now + _wait(row)
    row.save()
    return row


def _is_sound_at(place: places.Place, found: list[Finding], mended: list[Finding]) -> bool:
    return any(each.place.name == place.name and (each.verdict == Verdict.SOUND or each in mended) for each in found)


def _news(row: KeptContent, found: list[Finding]) -> list[Finding]:
    """What went wrong since the last look: a second place that never had the content has lost nothing."""
    return [each for each in found if each.verdict != Verdict.SOUND and not row.is_in_trouble and _was_known(row, each)]


def _was_known(row: KeptContent, finding: Finding) -> bool:
    copy = places.second()
    is_second = copy is not None and finding.place.name == copy.name
    return not is_second or row.copied_to == finding.place.name


def _condition(sight: Sight) -> Conditions:
    if sight.good is not None:
        return Conditions.SOUND
    return Conditions.DAMAGED if any(each.verdict == Verdict.DAMAGED for each in sight.found) else Conditions.MISSING


def _wait(row: KeptContent) -> timedelta:
    if row.said:
        return AGAIN
    return LOOK_AGAIN if row.is_in_trouble else timedelta(days=terms().fixity_days)
