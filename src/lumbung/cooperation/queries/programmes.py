"""The study programmes of the institution, to be found by code or name in what records say."""

import re
from dataclasses import dataclass

from lumbung.kernel.remembered import remembered
from lumbung.organization.models import StudyProgramme

_UNUSABLE = re.compile(r"[^A-Za-z0-9\-_.]+")
_LEVEL = re.compile(r"^(?:(?:s-?[123]|d-?[1234]|program studi|prodi|jurusan)\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Programme:
    """A registered programme; ``faculty`` and ``code`` can stand in the name of a set."""

    code: str
    name: str
    level: str
    faculty: str
    faculty_name: str

    @property
    def title(self) -> str:
        return f"{self.level} {self.name}"


class Programmes:
    """All of them, by code and by name."""

    def __init__(self, known: list[Programme]) -> None:
        self.known = known
        self._by_code = {each.code: each for each in known}
        self._by_name: dict[str, list[Programme]] = {}
        for each in known:
            self._by_name.setdefault(plain(each.name), []).append(each)

    def with_code(self, code: str) -> Programme | None:
        return self._by_code.get(code) if code else None

    def named(self, name: str, level: str) -> Programme | None:
        """The programme of that name and level; of that name alone only while there is but one."""
        found = self._by_name.get(plain(name), []) if name else []
        fitting = [each for each in found if each.level == level] or (found if not level else [])
        return fitting[0] if len(fitting) == 1 else None


def plain(name: str) -> str:
    """The name without the level in front, in small letters."""
    return " ".join(_LEVEL.sub("", name.strip()).casefold().split())


def in_a_set(text: str) -> str:
    """The text as the name of a set may have it."""
    return _UNUSABLE.sub("-", text).strip("-")[:40]


@remembered()
def programmes() -> Programmes:
    """Every registered study programme."""
    rows = StudyProgramme.objects.select_related("faculty").order_by("pk")
    return Programmes(
        [
            Programme(
                code=in_a_set(each.code),
                name=each.name,
                level=each.level,
                faculty=in_a_set(each.faculty.code) if each.faculty else "",
                faculty_name=each.faculty.name if each.faculty else "",
            )
            for each in rows
        ]
    )
