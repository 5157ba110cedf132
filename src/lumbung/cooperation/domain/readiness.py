"""What a record lacks for those who harvest it."""

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.domain.bibliographic.findable import UNTITLED
from lumbung.cooperation.models.lacks import ONESEARCH, RAMA, Lack
from lumbung.formats.thesis import Thesis

LECTURERS = ("NIDN", "NIDK", "NUPTK")


def lacks(said: Description, thesis: Thesis | None, *, has_files: bool = False) -> tuple[Lack, Lack]:
    """What the record lacks for RAMA, if it is of a thesis, and for OneSearch. Files of our own count as the full text."""
    missing = _of_any(said, has_files=has_files)
    return (missing | _of_thesis(said, thesis)) & RAMA if thesis else Lack(0), missing & ONESEARCH


def _of_any(said: Description, *, has_files: bool) -> Lack:
    told = {
        Lack.TITLE: said.title not in {"", UNTITLED},
        Lack.CREATOR: bool(said.creator),
        Lack.YEAR: said.year is not None,
        Lack.PUBLISHER: bool(said.publisher),
        Lack.LANGUAGE: bool(said.languages) and said.languages[0] not in {"und", "zxx"},
        Lack.SUBJECT: bool(said.subjects),
        Lack.ABSTRACT: bool(said.summary),
        Lack.FULL_TEXT: has_files or any(not each.related for each in said.links),
    }
    return _all(told)


def _of_thesis(said: Description, thesis: Thesis) -> Lack:
    told = {
        Lack.CREATOR: bool(thesis.authors),
        Lack.STUDENT_NUMBER: bool(thesis.authors) and all(each.has("NIM") for each in thesis.authors),
        Lack.SUPERVISOR: bool(thesis.supervisors),
        Lack.LECTURER_NUMBER: bool(thesis.supervisors) and all(each.has(*LECTURERS) for each in thesis.supervisors),
        Lack.PROGRAMME_CODE: bool(thesis.programme_code),
    }
    return _all(told)


def _all(told: dict[Lack, bool]) -> Lack:
    missing = Lack(0)
    for each, is_there in told.items():
        if not is_there:
            missing |= each
    return missing
