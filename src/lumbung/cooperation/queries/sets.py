"""The sets in which records are handed on: by type, class, faculty, programme and access."""

from collections.abc import Iterator
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lumbung.catalogue.models import Material
from lumbung.cooperation.models import SharedRecord
from lumbung.cooperation.queries.programmes import programmes

COLUMNS = {"type": "material", "class": "hundred", "faculty": "faculty", "programme": "programme", "access": "access"}
OPENAIRE = "openaire"
"""The set in which OpenAIRE looks for what everybody may read."""


def sets() -> Iterator[tuple[str, str]]:
    """Every set with its name, those above before those below."""
    yield "type", _("Menurut jenis")
    yield from ((f"type:{each.value}", str(each.label)) for each in Material)
    yield "class", _("Menurut kelas")
    yield from ((f"class:{digit}00", _("Kelas %(number)s00") % {"number": digit}) for digit in "0123456789")
    yield "class:2X", _("Kelas 2X, Islam")
    yield "faculty", _("Menurut fakultas")
    yield from ((f"faculty:{code}", name) for code, name in _faculties())
    yield "programme", _("Menurut program studi")
    yield from ((f"programme:{each.code}", each.title) for each in programmes().known)
    yield "access", _("Menurut akses")
    yield "access:open", _("Dapat dibaca daring")
    yield "access:restricted", _("Daring, akses terbatas")
    yield "access:library", _("Di perpustakaan")
    yield OPENAIRE, "OpenAIRE"


def _faculties() -> list[tuple[str, str]]:
    return sorted({(each.faculty, each.faculty_name) for each in programmes().known if each.faculty})


@lru_cache(maxsize=4096)
def sets_of(material: str, hundred: str, faculty: str, programme: str, access: str) -> tuple[str, ...]:
    """The names of the sets a record belongs to, each behind the one above it: whoever asked for that finds it named too."""
    values = zip(COLUMNS, (material, hundred, faculty, programme, access), strict=True)
    told = tuple(name for kind, value in values if value for name in (kind, f"{kind}:{value}"))
    return (*told, OPENAIRE) if access == "open" else told


def in_set(name: str) -> QuerySet[SharedRecord] | None:
    """The records of a set; None when there is no such set."""
    kind, colon, value = ("access:open" if name == OPENAIRE else name).partition(":")
    column = COLUMNS.get(kind)
    if column is None or (colon and (not value or ":" in value)):
        return None
    if not colon:
        return SharedRecord.objects.all() if kind == "type" else SharedRecord.objects.exclude(**{column: ""})
    return SharedRecord.objects.filter(**{column: value})
