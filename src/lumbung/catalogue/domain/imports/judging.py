"""Entries of a file, read and judged: all that can be told of them without asking the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from lumbung.catalogue.domain.authorities.described import Said, said_by
from lumbung.catalogue.domain.bibliographic.numbers import kept_number, wrong_numbers
from lumbung.catalogue.domain.imports.accepted import Accepted, Origin, packed, unpacked
from lumbung.catalogue.domain.imports.copies import Profile
from lumbung.catalogue.domain.imports.holdings_records import KINDS as HOLDINGS
from lumbung.catalogue.domain.imports.holdings_records import OfTitle
from lumbung.catalogue.models import Identifier
from lumbung.catalogue.refusals import ISBN_NOT_VALID, ISSN_NOT_VALID, NO_HEADING, NOT_BIBLIOGRAPHIC, import_refusal
from lumbung.formats import marc
from lumbung.kernel.refusals import Reason

AUTHORITY = "z"
OTHER_FORMATS = frozenset("uvwxyq")  # holdings, classification and community information
BEGINNING = 1 << 16
NOT_VALID = {Identifier.Kinds.WRONG_ISBN.value: ISBN_NOT_VALID, Identifier.Kinds.WRONG_ISSN.value: ISSN_NOT_VALID}


class Report(NamedTuple):
    """What is to be told of an entry, in the words of ``ImportRejection``: where it stood and why. ``raw`` are the bytes saved aside."""

    position: int
    offset: int
    control_number: str
    kind: str
    facts: dict[str, Any]
    refused: bool = False
    raw: bytes = b""


class Established(NamedTuple):
    """An authority record, and what it says."""

    entry: Origin
    record: marc.Record
    said: Said


@dataclass(slots=True)
class Judged:
    """Some entries of a file, as they can be sent from one process to another. ``read`` counts all of them, ``rejected`` those that are
    refused; ``size`` is how many bytes they are, ``end`` the place in the file behind them."""

    end: int = 0
    read: int = 0
    size: int = 0
    rejected: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    authorities: list[Established] = field(default_factory=list)
    holdings: list[OfTitle] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    def report(self, entry: Origin, reason: Reason, *, refused: bool = False, raw: bytes = b"") -> None:
        """Note what is to be told of the entry."""
        position, offset, _, number = entry
        self.reports.append(Report(position, offset, number, reason.code, dict(reason.facts), refused, raw))

    def with_more(self, after: "Judged") -> "Judged":
        """These and those that come after them, as one."""
        self.end = after.end
        self.read += after.read
        self.size += after.size
        self.rejected += after.rejected
        self.accepted += after.accepted
        self.authorities += after.authorities
        self.holdings += after.holdings
        self.reports += after.reports
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent to another process; nearly all of it are records that are accepted."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return _received, (packed(told.pop("accepted")), told)


def _received(accepted: bytes, told: dict[str, Any]) -> Judged:
    """What ``Judged.__reduce__`` sent."""
    return Judged(accepted=unpacked(accepted), **told)


def judge(entries: Iterable[marc.Entry], profile: Profile) -> Judged:
    """Judge entries as they come from the file."""
    judged = Judged()
    for entry in entries:
        judged.read += 1
        judged.size += len(entry.raw)
        judged.end = entry.end
        found = entry.record
        origin = _origin(entry)
        if found is not None and (against := _take(judged, origin, found, profile)):
            judged.report(origin, against, refused=True, raw=entry.raw)
            found = None
        for each in _worst_first(entry.defects):
            raw = _kept(entry.raw, each) if each.refused or each.altered else b""
            judged.report(origin, import_refusal(each.kind)(place=each.place), refused=each.refused, raw=raw)
        judged.rejected += found is None
    return judged


def judge_again(entries: Iterable[marc.Entry], profile: Profile) -> Judged:
    """Judge holdings records that were read and reported about before, and waited."""
    read = [(_origin(each), each.record) for each in entries if each.record is not None]
    return Judged(holdings=[waited for entry, found in read if (waited := OfTitle.of(entry, found, profile))])


def _origin(entry: marc.Entry) -> Origin:
    number = kept_number(entry.record.control("001").strip()) if entry.record is not None else ""
    return Origin(entry.position, entry.offset, entry.raw, number)


def _take(judged: Judged, origin: Origin, found: marc.Record, profile: Profile) -> Reason | None:
    """Put the record where it belongs; why it belongs nowhere."""
    kind = found.leader[6]
    if kind in HOLDINGS and (holding := OfTitle.of(origin, found, profile)):
        judged.holdings.append(holding)
    elif kind in OTHER_FORMATS:
        return NOT_BIBLIOGRAPHIC(place=kind)
    elif kind != AUTHORITY:
        judged.accepted.append(Accepted.of(origin, found, profile))
        _warn_of_numbers(judged, origin, found)
    elif said := said_by(found):
        judged.authorities.append(Established(origin, found, said))
    else:
        return NO_HEADING()
    return None


def _warn_of_numbers(judged: Judged, origin: Origin, found: marc.Record) -> None:
    """Tell of each ISBN and ISSN that is not valid: it comes in as it is written, and is found by that."""
    if any(each.kind in NOT_VALID for each in judged.accepted[-1].numbers):
        for kind, number in wrong_numbers(found.by_tag()):
            judged.report(origin, NOT_VALID[kind](number=number))


def _kept(raw: bytes, defect: marc.Defect) -> bytes:
    """The bytes to save aside; of a stretch without end only its beginning, because nobody mends 16 MiB by hand."""
    return raw[:BEGINNING] if defect.kind is marc.Kind.TOO_LARGE else raw


def _worst_first(defects: list[marc.Defect]) -> list[marc.Defect]:
    """Each kind of defect once, the one that cost the record before the rest."""
    if not defects:
        return defects
    kinds = {each.kind: each for each in sorted(defects, key=lambda each: each.refused)}
    return sorted(kinds.values(), key=lambda each: not each.refused)
