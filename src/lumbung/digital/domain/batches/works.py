"""A work as an archive tells of it, and what is wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from lumbung.digital.domain.deposits.drafts import FIRST_YEAR, Person
from lumbung.digital.domain.licences import LICENCES
from lumbung.digital.models import DepositKinds, Levels
from lumbung.formats.citation.csl import ISO_639_1
from lumbung.kernel import clock
from lumbung.members.models import numbers
from lumbung.organization.models import StudyProgramme
from lumbung.organization.queries import library

KINDS = {
    "skripsi": DepositKinds.THESIS,
    "tesis": DepositKinds.THESIS,
    "disertasi": DepositKinds.THESIS,
    "tugas akhir": DepositKinds.THESIS,
    "thesis": DepositKinds.THESIS,
    "article": DepositKinds.PAPER,
    "artikel": DepositKinds.PAPER,
    "makalah": DepositKinds.PAPER,
    "conference_item": DepositKinds.PAPER,
    "dosen": DepositKinds.LECTURER,
    "karya dosen": DepositKinds.LECTURER,
    "video": DepositKinds.RECORDING,
    "audio": DepositKinds.RECORDING,
    "rekaman": DepositKinds.RECORDING,
}
LEVELS = {
    **{each.value: each for each in Levels},
    "semua": Levels.PUBLIC,
    "terbuka": Levels.PUBLIC,
    "anggota": Levels.MEMBERS,
    "kampus": Levels.CAMPUS,
    "petugas": Levels.STAFF,
    "tertutup": Levels.NOBODY,
}


@dataclass(frozen=True)
class WorkFile:
    """A member of the archive, with the name and the access that are told of it; where none are, its own name and those of the work."""

    member: str
    name: str = ""
    level: str = ""
    embargo_until: date | None = None


@dataclass
class Work:
    """What is told of one work. ``place`` is where it stands: a row, a folder, a number."""

    place: str
    title: str = ""
    title_english: str = ""
    author: str = ""
    author_number: str = ""
    year: str = ""
    kind: str = ""
    abstract: str = ""
    abstract_english: str = ""
    keywords: str = ""
    programme: str = ""
    licence: str = ""
    level: str = ""
    language: str = ""
    former: str = ""
    """Its number where it comes from, under which its old addresses lead to it: ``123456789/7``, ``eprint/71``."""
    people: list[Person] = field(default_factory=list)
    files: list[WorkFile] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    """What else is told of it and cannot be read."""

    @property
    def kind_found(self) -> DepositKinds:
        """Local publications are what nothing else is said to be."""
        said = self.kind.strip().lower()
        return DepositKinds(said) if said in DepositKinds.values else KINDS.get(said, DepositKinds.GREY)

    @property
    def year_found(self) -> int | None:
        return int(self.year[:4]) if self.year[:4].isascii() and self.year[:4].isdigit() else None


def language_called(said: str) -> str:
    """The code of MARC for what a repository calls a language (``id``, ``en_US``, ``ind``); empty where it is none."""
    short = said.strip().lower().replace("_", "-").partition("-")[0]
    return short if short in ISO_639_1 else next((code for code, two in ISO_639_1.items() if two == short), "")


def faults_of(work: Work, members: Collection[str]) -> list[str]:
    """What keeps the work from being published, in words; ``members`` are the names in the archive."""
    faults = [_("%(file)s tidak dapat dibaca.") % {"file": each} for each in work.unreadable]
    if not work.title.strip():
        faults.append(_("Judul kosong."))
    if not work.author.strip():
        faults.append(_("Penulis kosong."))
    latest = clock.today(library().zone).year + 1
    if work.year_found is None or not FIRST_YEAR <= work.year_found <= latest:
        faults.append(_("Tahun “%(year)s” tidak dapat dibaca.") % {"year": work.year})
    if work.licence and work.licence not in LICENCES:
        faults.append(_("Lisensi “%(code)s” tidak dikenal.") % {"code": work.licence})
    if work.level and work.level.lower() not in LEVELS:
        faults.append(_("Akses “%(level)s” tidak dikenal.") % {"level": work.level})
    if work.programme and not programme_called(work.programme):
        faults.append(_("Program studi “%(name)s” tidak ada.") % {"name": work.programme})
    faults += [
        _("Berkas %(file)s tidak ada dalam arsip.") % {"file": each.member} for each in work.files if each.member not in members
    ]
    faults += [] if work.files else [_("Tidak ada berkas.")]
    told = [
        numbers.fault(each.number_kind, numbers.normal(each.number_kind, each.number)) for each in work.people if each.number
    ]
    return faults + [str(each) for each in told if each]


def programme_called(name: str) -> StudyProgramme | None:
    """The programme of this PDDikti code, or of this name."""
    said = name.strip()
    found = StudyProgramme.objects.filter(code=said).first() or StudyProgramme.objects.filter(name__iexact=said).first()
    return found or next((each for each in StudyProgramme.objects.all() if str(each).lower() == said.lower()), None)
