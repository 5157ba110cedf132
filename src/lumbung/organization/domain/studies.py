"""Faculties and study programmes: kept by hand, or brought in as the table of codes that PDDikti gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.organization import queries
from lumbung.organization.events import ProgrammeAdded, ProgrammeChanged, ProgrammeRemoved
from lumbung.organization.models import Faculty, StudyProgramme
from lumbung.organization.refusals import CODE_EMPTY, CODE_TAKEN, LEVEL_UNKNOWN, NAME_EMPTY, NOT_A_TABLE, PROGRAMME_IN_USE

FIELDS = ("code", "name", "level", "faculty")
COLUMNS = {
    "code": ("kode", "kode prodi", "kode_prodi", "kodeprodi", "kode program studi", "code"),
    "name": ("nama", "nama prodi", "nama_prodi", "program studi", "prodi", "name"),
    "level": ("jenjang", "jenjang pendidikan", "strata", "level"),
    "faculty": ("fakultas", "nama fakultas", "faculty"),
}
"""Column → what its heading may be called in a table, in lower case."""
LEVELS = {
    "diploma i": "D1", "diploma ii": "D2", "diploma iii": "D3", "diploma iv": "D4", "sarjana terapan": "D4", "str": "D4",
    "sarjana": "S1", "magister": "S2", "doktor": "S3", "spesialis": "Sp", "sp-1": "Sp", "sp1": "Sp", "ners": "Profesi",
}  # fmt: skip
"""What levels are called besides their sign."""


@dataclass(frozen=True)
class Outcome:
    """What became of one row: "added", "changed", "same" or "refused"; rows count from 2, under the headings."""

    row: int
    name: str
    became: str
    reasons: tuple[Reason, ...] = ()


@transaction.atomic
def add_programme(
    *, code: str, name: str, level: str, by: events.Actor | None, faculty: Faculty | None = None
) -> StudyProgramme:
    """Add a study programme. Refuses an empty code or name, a code in use, an unknown level."""
    programme = StudyProgramme(code=code.strip(), name=" ".join(name.split()), level=level, faculty=faculty)
    _refuse(_faults(programme))
    programme.save(force_insert=True)
    queries.faculties_of_programmes.changed()
    events.record(ProgrammeAdded(programme=programme.pk), by=by)
    return programme


@transaction.atomic
def change_programme(programme: StudyProgramme, *, by: events.Actor | None, **changes: Any) -> StudyProgramme:
    """Change the named fields; refuses as ``add_programme`` does."""
    programme = StudyProgramme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if changed := set_changed(programme, changes, allowed=FIELDS):
        _refuse(_faults(programme))
        programme.save(update_fields=changed)
        queries.faculties_of_programmes.changed()
        events.record(ProgrammeChanged(programme=programme.pk, fields=changed), by=by)
    return programme


@transaction.atomic
def remove_programme(programme: StudyProgramme, *, by: events.Actor | None) -> None:
    """Remove a study programme that nobody is in and no rule names."""
    key = programme.pk
    try:
        StudyProgramme.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(PROGRAMME_IN_USE(programme=str(programme))) from None
    queries.faculties_of_programmes.changed()
    events.record(ProgrammeRemoved(programme=key), by=by)


@transaction.atomic
def faculty_named(name: str) -> Faculty | None:
    """The faculty of this name, made when there is none; None for no name. Its code is the beginning of its name until changed."""
    name = " ".join(name.split())[:120]
    if not name:
        return None
    if there := Faculty.objects.filter(name__iexact=name).first():
        return there
    code = base = name[:18].upper().strip()
    number = 1
    while Faculty.objects.filter(code=code).exists():
        number += 1
        code = f"{base[:16]}{number}"
    return Faculty.objects.create(code=code, name=name)


def bring_in(content: bytes, *, dry_run: bool, by: events.Actor | None) -> list[Outcome]:
    """Bring a table of programmes in (CSV or XLSX); dry, only say what would become of each row.

    Refuses a file without columns for code, name and level; rows are refused one by one.
    """
    rows = _named_rows(content)
    with transaction.atomic():
        outcomes = [_brought(at, row, by=by) for at, row in enumerate(rows, start=2)]
        if dry_run:
            transaction.set_rollback(True)
    return outcomes


def _named_rows(content: bytes) -> list[Mapping[str, str]]:
    try:
        rows = rows_of(content)
    except UnreadableTableError:
        raise Refused(NOT_A_TABLE()) from None
    headings = [cell.casefold() for cell in rows[0]] if rows else []
    places = {
        field: next((headings.index(each) for each in called if each in headings), None) for field, called in COLUMNS.items()
    }
    if None in (places["code"], places["name"], places["level"]):
        raise Refused(NOT_A_TABLE())
    return [{field: row[at] if at is not None and at < len(row) else "" for field, at in places.items()} for row in rows[1:]]


def _brought(at: int, row: Mapping[str, str], *, by: events.Actor | None) -> Outcome:
    level = LEVELS.get(row["level"].casefold(), row["level"])
    level = next((each for each in StudyProgramme.Levels.values if each.casefold() == level.casefold()), level)
    try:
        with transaction.atomic():
            faculty = faculty_named(row["faculty"])
            there = StudyProgramme.objects.filter(code=row["code"]).first()
            if there is None:
                add_programme(code=row["code"], name=row["name"], level=level, faculty=faculty, by=by)
                return Outcome(at, row["name"], "added")
            was = (there.name, there.level, there.faculty_id)
            kept = faculty or there.faculty
            now = change_programme(there, name=" ".join(row["name"].split()), level=level, faculty=kept, by=by)
            return Outcome(at, row["name"], "same" if was == (now.name, now.level, now.faculty_id) else "changed")
    except Refused as refused:
        return Outcome(at, row["name"], "refused", refused.reasons)


def _faults(programme: StudyProgramme) -> list[Reason]:
    reasons = [*([] if programme.name else [NAME_EMPTY()]), *([] if programme.code else [CODE_EMPTY()])]
    if programme.code and StudyProgramme.objects.filter(code=programme.code).exclude(pk=programme.pk).exists():
        reasons.append(CODE_TAKEN(code=programme.code))
    if programme.level not in StudyProgramme.Levels.values:
        reasons.append(LEVEL_UNKNOWN(level=programme.level))
    return reasons


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
