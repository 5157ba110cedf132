"""Titles as publications of a feed: what is known of them, and every way in which whoever asks may have them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from lumbung.accounts.domain.api_access import address_of, comes_by_key
from lumbung.catalogue.domain.bibliographic import Description, describe
from lumbung.catalogue.domain.citable import work_of
from lumbung.catalogue.models import Record
from lumbung.digital.domain.reading_apps.passphrases import hashed_passphrase
from lumbung.digital.models import File
from lumbung.digital.queries import (
    Access,
    Asker,
    LendingState,
    access_to,
    files_of_records,
    lending_state,
    lending_states,
    reads_or_may_borrow,
)
from lumbung.digital.queries.access import is_lent
from lumbung.digital.queries.reading import reader_kind
from lumbung.discovery.gateways.opds.editions import Edition
from lumbung.discovery.structured import TYPES
from lumbung.formats.citation.csl import ISO_639_1
from lumbung.formats.lcp import LICENCE_TYPE
from lumbung.formats.opds import Acquisition, Availability, Picture, Publication, Relation, State
from lumbung.formats.readium import MANIFEST_TYPE

CAPTIONS = "captions"
LONGEST_DESCRIPTION = 2_000
THUMBNAIL = 320


def asker_of(request: Any) -> Asker:
    """Who asks, by session or by key."""
    return Asker(request.user, address_of(request), comes_by_key(request))


def publications(records: Sequence[Record], edition: Edition, asker: Asker, *, alone: bool = False) -> list[Publication]:
    """These titles, in their order; those of which the asker may have nothing are left out. ``alone``: with estimates of waiting."""
    by_record: defaultdict[int, list[tuple[File, Access]]] = defaultdict(list)
    for file in files_of_records([each.pk for each in records]):
        access = access_to(file, asker)
        if reads_or_may_borrow(access) and file.part != CAPTIONS and file.is_current and not file.record.suppressed:
            by_record[file.record_id].append((file, access))
    files = [file for held in by_record.values() for file, _access in held]
    states = _alone(files, asker) if alone else lending_states(files, asker.member)
    taken_along = any(state.is_lent_to_them and state.lending.in_apps for state in states.values())
    passphrase = hashed_passphrase(asker.member) if taken_along and asker.member else ""
    told = (_publication(each, by_record[each.pk], states, edition, passphrase) for each in records)
    return [each for each in told if each.acquisitions]


def _alone(files: Sequence[File], asker: Asker) -> dict[int, LendingState]:
    found = {file.pk: lending_state(file, asker.member) for file in files if is_lent(file)}
    return {key: state for key, state in found.items() if state is not None}


def _publication(
    record: Record,
    held: Sequence[tuple[File, Access]],
    states: Mapping[int, LendingState],
    edition: Edition,
    passphrase: str,
) -> Publication:
    said = describe(record.marc_record)
    page = reverse("discovery:record", args=[record.pk])
    work = work_of(said, url=edition.whole(page))
    return Publication(
        identifier=f"{settings.SITE_URL.rstrip('/')}{page}" if settings.SITE_URL else edition.whole(page),
        title=record.title or edition.whole(page),
        href=edition.href("title", record.pk),
        modified=record.updated_at,
        acquisitions=[each for file, access in held for each in _ways(file, access, states.get(file.pk), edition, passphrase)],
        pictures=list(_pictures(record, held, edition)),
        page=edition.whole(page),
        schema=f"http://schema.org/{TYPES.get(work.kind, 'CreativeWork')}",
        authors=[name.direct for name in work.authors],
        publisher=record.publisher,
        year=record.year,
        languages=_languages(said),
        description=said.summary[:LONGEST_DESCRIPTION],
        subjects=list(dict.fromkeys(each.text for each in said.subjects)),
        numbers=[f"urn:isbn:{each}" for each in said.isbns],
        manifests=[_manifest(file, edition) for file, access in held if access.may_read and _has_manifest(file)],
    )


def _ways(file: File, access: Access, state: LendingState | None, edition: Edition, passphrase: str) -> Iterator[Acquisition]:
    if state is not None and not access.may_read:
        yield _to_borrow(file, state, edition)
        return
    relation = Relation.OPEN if access.level == "public" and state is None else Relation.TAKE
    lent = _availability(state) if state is not None and state.is_lent_to_them else None
    if state is not None and lent is not None and state.lending.in_apps and passphrase:
        yield _licence(file, edition, lent, passphrase)
    if access.may_download and state is None:
        address = edition.whole(reverse("digital:download", args=[file.pk]))
        yield Acquisition(address, file.media_type, relation, title=str(file), size=file.size)
    elif access.may_read and _has_manifest(file):
        yield Acquisition(_manifest(file, edition), MANIFEST_TYPE, relation, title=str(file), availability=lent)


def _licence(file: File, edition: Edition, lent: Availability, passphrase: str) -> Acquisition:
    return Acquisition(
        edition.whole(reverse("digital:licence", args=[file.pk])),
        LICENCE_TYPE,
        Relation.TAKE,
        title=str(file),
        leads_to=[file.media_type],
        availability=lent,
        passphrase=passphrase,
    )


def _to_borrow(file: File, state: LendingState, edition: Edition) -> Acquisition:
    return Acquisition(
        edition.href("borrow", file.pk),
        edition.titles,
        Relation.BORROW,
        title=str(file),
        leads_to=[MANIFEST_TYPE],
        availability=_availability(state),
        sign_in=edition.sign_in,
    )


def _availability(state: LendingState) -> Availability:
    said, since, until = _standing(state)
    return Availability(
        said,
        since=since,
        until=until,
        copies=state.lending.at_once,
        free=state.free,
        waiting=state.waiting,
        position=state.position,
    )


def _standing(state: LendingState) -> tuple[State, datetime | None, datetime | date | None]:
    """The state for whoever asks, since when, and until when at the latest or likely."""
    if state.loan is not None:
        return State.READY if state.loan.is_offer else State.AVAILABLE, state.loan.lent_at, state.loan.until
    likely = state.estimate.likely if state.estimate else None
    if state.hold is not None:
        return State.RESERVED, state.hold.placed_at, likely
    is_free = state.free > state.waiting and state.lending.is_open
    return (State.AVAILABLE, None, None) if is_free else (State.UNAVAILABLE, None, likely)


def _pictures(record: Record, held: Sequence[tuple[File, Access]], edition: Edition) -> Iterator[Picture]:
    """The first page of a PDF that the asker may read, large and small; else the picture drawn of the title."""
    readable = next((file for file, access in held if access.may_read and reader_kind(file.media_type) == "pdf"), None)
    if readable is None:
        yield Picture(edition.whole(reverse("discovery:picture", args=[record.pk])), "image/png", 1200, 630)
        return
    page = edition.whole(reverse("digital:picture", args=[readable.pk, 1]))
    yield Picture(page, "image/jpeg")
    yield Picture(f"{page}?w={THUMBNAIL}", "image/jpeg")


def _has_manifest(file: File) -> bool:
    return bool(reader_kind(file.media_type))


def _manifest(file: File, edition: Edition) -> str:
    return edition.whole(reverse("digital:manifest", args=[file.pk]))


def _languages(said: Description) -> list[str]:
    """BCP 47: two letters where there are two, else the three that ISO 639 has; not what MARC says of no language at all."""
    return [ISO_639_1.get(code, code) for code in said.languages if code.isalpha() and code not in {"und", "zxx", "mul"}]
