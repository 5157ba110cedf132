"""What happened to a content as PREMIS tells it: each event from the journal, the last sound look from the content's own row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from lumbung import __version__
from lumbung.digital.models import File, IncomingFile, KeptContent, ScanStates, VirusScan
from lumbung.formats import ocfl, premis
from lumbung.formats.premis import EventTypes, Happening
from lumbung.kernel.models import JournalEntry

OURSELVES = premis.Agent("lumbung", "software", "Lumbung", __version__)
OF_FILES = ("FileAdded", "FileReplaced", "FileWithdrawn", "FileRestored")
OF_CONTENTS = ("ContentDamaged", "ContentRepaired", "ContentCopied", "FormatIdentified")


def preservation_events(content: KeptContent) -> list[Happening]:
    """All that happened to the content, the earliest first."""
    files = {each.pk: each for each in File.objects.filter(sha256=content.sha256)}
    records = {each.record_id for each in files.values()}
    by_record = Q(record__in=records, name__in=OF_FILES)
    entries = JournalEntry.objects.filter(by_record | Q(content=content.pk, name__in=OF_CONTENTS)).order_by("pk")
    told = [each for entry in entries for each in _told(entry, set(files))]
    seen = max((each.at for each in told if each.kind == EventTypes.FIXITY), default=None)
    return sorted([*told, *_of_bags(content), *_of_scans(content), *_last_look(content, seen)], key=lambda each: each.at)


def premis_of(content: KeptContent, *, name: str = "") -> bytes:
    """The content with all that happened to it, as PREMIS 3.0. ``name`` is what its file is called."""
    kept, places = content.format, [each for each in (content.copied_to,) if each]
    file = premis.KeptFile(
        identifier=ocfl.identifier_of(content.sha256),
        sha256=content.sha256,
        size=content.size,
        media_type=content.media_type,
        name=name,
        format_name=kept.name if kept else "",
        format_version=kept.version if kept else "",
        puid=kept.puid if kept else "",
        note=content.identified_with,
        places=tuple(places),
    )
    return premis.write(file, preservation_events(content))


@dataclass(frozen=True)
class _Kind:
    type: EventTypes
    detail: str
    good: bool = True


_KINDS = {
    "FileWithdrawn": _Kind(EventTypes.DEACCESSION, "Withdrawn from all readers; the content is kept"),
    "FileRestored": _Kind(EventTypes.ACCESSION, "Open to its readers again"),
    "ContentDamaged": _Kind(EventTypes.FIXITY, "Read whole and compared by SHA-256 and OCFL inventory", good=False),
    "ContentRepaired": _Kind(EventTypes.RECOVERY, "Written anew from a good copy"),
    "ContentCopied": _Kind(EventTypes.REPLICATION, "Copied to the second place and read back"),
    "FormatIdentified": _Kind(EventTypes.IDENTIFICATION, "Identified by signatures of PRONOM"),
}


def _told(entry: JournalEntry, files: set[int]) -> Iterator[Happening]:
    data: dict[str, Any] = entry.data
    if entry.name in OF_FILES:
        key = data.get("replaced_by") or data["file"]
        if key not in files:
            return
    if entry.name in {"FileAdded", "FileReplaced"}:
        came = f"As {'a newer version' if entry.name == 'FileReplaced' else 'a file'} of title {data['record']}, file {key}"
        yield Happening(f"{entry.pk}-ingestion", EventTypes.INGESTION, entry.at, came, _agent(entry))
        yield Happening(f"{entry.pk}-digest", EventTypes.DIGEST, entry.at, "SHA-256 and SHA-512 as it came", OURSELVES)
        return
    kind = _KINDS[entry.name]
    note = "; ".join(f"{name}: {data[name]}" for name in ("puid", "how", "where", "source") if data.get(name))
    if entry.name == "FormatIdentified" and not data["puid"]:
        kind, note = _Kind(kind.type, kind.detail, good=False), "no format of PRONOM fits"
    yield Happening(str(entry.pk), kind.type, entry.at, kind.detail, _agent(entry), kind.good, note)


def _of_bags(content: KeptContent) -> Iterator[Happening]:
    for line in IncomingFile.objects.filter(sha256=content.sha256).select_related("bag").order_by("pk"):
        detail = "The bag in which it came was complete and valid (RFC 8493)"
        yield Happening(f"bag-{line.bag_id}-{line.pk}", EventTypes.VALIDATION, line.bag.created_at, detail, OURSELVES)


def _of_scans(content: KeptContent) -> Iterator[Happening]:
    """The first judgement of the scanner and the last one, and what the library did about it."""
    scan = VirusScan.objects.filter(sha256=content.sha256, scanned_at__isnull=False).first()
    if scan is not None and scan.scanned_at is not None and (seen := scan.looked_at) is not None:
        first = "" if scan.scanned_at < seen else scan.found
        by = _program(scan.engine)
        yield Happening(f"scan-{scan.pk}", EventTypes.VIRUS, scan.scanned_at, "Sent to the scanner", by, not first, first)
        if scan.rescanned_at is not None:
            detail, by = "Sent to the scanner again, with newer signatures; the last time", _program(scan.rescanned_with)
            yield Happening(f"scan-{scan.pk}-again", EventTypes.VIRUS, seen, detail, by, not scan.found, scan.found)
        if scan.found:
            yield Happening(f"scan-{scan.pk}-held", EventTypes.QUARANTINE, seen, "Held from all readers", OURSELVES)
        if scan.state == ScanStates.RELEASED and scan.answered_at is not None:
            by = premis.Agent(f"user:{scan.answered_by_id}", "person") if scan.answered_by_id else OURSELVES
            yield Happening(f"scan-{scan.pk}-released", EventTypes.UNQUARANTINE, scan.answered_at, scan.answer, by)


def _last_look(content: KeptContent, seen: datetime | None) -> Iterator[Happening]:
    """The last time that all was well; the looks that found something wrong (the last of them at ``seen``) are in the journal."""
    if content.checked_at is not None and not content.is_in_trouble and (seen is None or seen < content.checked_at):
        detail = "Read whole and compared by SHA-256 and OCFL inventory; the last time"
        yield Happening(f"content-{content.pk}-checked", EventTypes.FIXITY, content.checked_at, detail, OURSELVES)


def _agent(entry: JournalEntry) -> premis.Agent:
    """People are told by their key alone; what was found by a program, by that program."""
    tool = str(entry.data.get("tool", ""))
    if tool:
        return _program(tool)
    return OURSELVES if entry.actor_id is None else premis.Agent(f"user:{entry.actor_id}", "person")


def _program(tool: str) -> premis.Agent:
    """A program as it calls itself: its name, and after that its version and that of its signatures."""
    name, _, version = tool.partition(" ")
    return premis.Agent(tool, "software", name, version)
