"""From the cells of a list to what they say of somebody, and what is wrong with them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason
from lumbung.members.domain.phones import normal_phone
from lumbung.members.models import MemberIdentifier, numbers
from lumbung.members.refusals import (
    DAY_UNREADABLE,
    EMAIL_WRONG,
    INTAKE_UNREADABLE,
    NAME_EMPTY,
    NIM_LOST_DIGITS,
    NIM_LOST_ZERO,
    NIM_MISSING,
    PHONE_WRONG,
    PROGRAMME_UNKNOWN,
)
from lumbung.organization.models import StudyProgramme

FIELDS: Mapping[str, Sequence[str]] = {
    "nim": ("nim", "npm", "nrp", "nomor induk", "nomor induk mahasiswa", "member_id", "no induk"),
    "name": ("nama", "nama mahasiswa", "nama lengkap", "member_name", "name"),
    "programme": ("prodi", "program studi", "nama prodi", "kode prodi", "kode_prodi", "nama program studi", "jurusan"),
    "intake": ("angkatan", "tahun masuk", "tahun angkatan"),
    "email": ("email", "surel", "e-mail", "alamat email", "member_email"),
    "phone": ("no hp", "hp", "telepon", "no telepon", "nomor hp", "no. hp", "whatsapp", "member_phone"),
    "expires_on": ("berlaku sampai", "masa berlaku", "expire_date"),
}
"""Field → what its heading is mostly called. Dates of birth, sex and addresses are not read: the library does not need them."""

_LOST = re.compile(r"^\d([.,]\d+)?[eE]\+?\d+$")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
MOSTLY = 0.8


@dataclass(frozen=True)
class Person:
    """A row: its number in the file (under the headings from 2), what it says, and what is wrong with it."""

    row: int
    nim: str
    name: str
    said: Mapping[str, Any]
    faults: Sequence[Reason] = field(default=())


def guessed(headings: Sequence[str]) -> dict[str, int | None]:
    """In which column each field seems to stand, by its heading."""
    folded = [" ".join(each.casefold().split()) for each in headings]
    return {name: next((folded.index(each) for each in called if each in folded), None) for name, called in FIELDS.items()}


def people(rows: Sequence[Sequence[str]], columns: Mapping[str, int | None]) -> list[Person]:
    """Every row under the headings, read."""
    programmes = _programmes()
    cells = [{name: row[at] if at is not None and at < len(row) else "" for name, at in columns.items()} for row in rows]
    usual = _usual_length([each.get("nim", "") for each in cells])
    return [_read(at, each, programmes, usual) for at, each in enumerate(cells, start=2)]


def proper(name: str) -> str:
    """A name written in capitals as its bearer would write it, SITI AMINAH, S.KOM. as Siti Aminah, S.Kom.; any other as it is."""
    tidy = " ".join(name.split())
    if not tidy.isupper():
        return tidy
    return re.sub(r"[^\W\d_][\w'’]*", lambda word: word[0][:1] + word[0][1:].lower(), tidy)


def _read(row: int, cells: Mapping[str, str], programmes: Mapping[str, StudyProgramme], usual: int) -> Person:
    nim = numbers.normal(MemberIdentifier.Kinds.NIM, cells.get("nim", "").removeprefix("'"))
    name = proper(cells.get("name", ""))
    faults = [*_faults_of_nim(nim, usual), *([] if name else [NAME_EMPTY()])]
    said: dict[str, Any] = {"name": name}
    for field_name, read in (("programme", programmes.get), ("intake", _year), ("expires_on", _day)):
        if typed := cells.get(field_name, ""):
            said[field_name] = read(typed.casefold())
            if said[field_name] is None:
                faults.append(_UNREADABLE[field_name](value=typed))
    if email := cells.get("email", ""):
        said["email"] = email
        faults += [] if is_email(email) else [EMAIL_WRONG(email=email)]
    if phone := cells.get("phone", "").removeprefix("'"):
        said["phone"] = normal_phone(phone)
        faults += [] if said["phone"] else [PHONE_WRONG(phone=phone)]
    return Person(row, nim, name, said, tuple(faults))


_UNREADABLE = {"programme": PROGRAMME_UNKNOWN, "intake": INTAKE_UNREADABLE, "expires_on": DAY_UNREADABLE}


def _faults_of_nim(nim: str, usual: int) -> list[Reason]:
    if not nim:
        return [NIM_MISSING()]
    if _LOST.match(nim):
        return [NIM_LOST_DIGITS(value=nim)]
    return [NIM_LOST_ZERO(value=nim, digits=usual)] if usual and nim.isdigit() and len(nim) < usual else []


def _usual_length(nims: Sequence[str]) -> int:
    """How many digits numbers have in this file, where most have as many and some begin with 0; else 0: then nothing can be said."""
    digits = [each for each in nims if each.isdigit()]
    length, times = Counter(map(len, digits)).most_common(1)[0] if digits else (0, 0)
    return length if times >= MOSTLY * len(digits) and any(each.startswith("0") for each in digits) else 0


def _programmes() -> dict[str, StudyProgramme]:
    """Programmes by code, by level and name, and by name where it is only one's."""
    rows = list(StudyProgramme.objects.all())
    names = Counter(each.name.casefold() for each in rows)
    found = {each.name.casefold(): each for each in rows if names[each.name.casefold()] == 1}
    found |= {str(each).casefold(): each for each in rows} | {f"{each.name} {each.level}".casefold(): each for each in rows}
    return found | {each.code.casefold(): each for each in rows}


def _year(typed: str) -> int | None:
    found = re.match(r"^(19\d\d|20\d\d)", typed)
    return int(found[1]) if found else None


def _day(typed: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 -- a day, not a moment
        except ValueError:
            continue
    return None
