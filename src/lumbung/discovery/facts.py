"""What a record says, as labelled facts in plain words, each value with the search it leads to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.catalogue.domain.bibliographic import Contributor, Description
from lumbung.discovery.languages import language_name
from lumbung.formats.marc import Record as Marc

ROLES: dict[str, str | Promise] = {
    "aut": gettext_lazy("pengarang"),
    "edt": gettext_lazy("penyunting"),
    "trl": gettext_lazy("penerjemah"),
    "ill": gettext_lazy("ilustrator"),
    "ths": gettext_lazy("pembimbing"),
    "dgs": gettext_lazy("pembimbing"),
    "opn": gettext_lazy("penguji"),
    "cmp": gettext_lazy("komponis"),
    "nrt": gettext_lazy("narator"),
    "pht": gettext_lazy("fotografer"),
    "prf": gettext_lazy("penampil"),
    "drt": gettext_lazy("sutradara"),
    "com": gettext_lazy("penyusun"),
    "ctb": gettext_lazy("kontributor"),
    "pbl": gettext_lazy("penerbit"),
}
TERMS = {
    "pengarang": "aut", "penulis": "aut", "author": "aut", "penyunting": "edt", "editor": "edt",
    "penerjemah": "trl", "translator": "trl", "ilustrator": "ill", "illustrator": "ill",
    "pembimbing": "ths", "thesis advisor": "ths", "degree supervisor": "dgs", "penguji": "opn",
    "komponis": "cmp", "composer": "cmp", "narator": "nrt", "narrator": "nrt", "fotografer": "pht", "photographer": "pht",
    "penampil": "prf", "performer": "prf", "sutradara": "drt", "director": "drt", "film director": "drt",
    "penyusun": "com", "compiler": "com", "kontributor": "ctb", "contributor": "ctb", "penerbit": "pbl", "publisher": "pbl",
}  # fmt: skip
"""What cataloguers write in $e, in either language, with the code that $4 would have."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact; ``search`` is the query string of the search it leads to, ``note`` stands behind it in grey."""

    text: str
    search: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its values; ``chips`` when they are headings to go on from."""

    label: str
    values: list[Value]
    chips: bool = False


def facts_of(said: Description, marc: Marc) -> list[Fact]:
    """Everything worth knowing that is not in the head of the page, in the order in which readers ask for it."""
    return [fact for fact in _facts(said, marc) if fact.values]


def _facts(said: Description, marc: Marc) -> Iterator[Fact]:
    subjects = [Value(each.text, _search(subject=each.heading)) for each in said.subjects]
    yield Fact(_("Subjek"), subjects, chips=True)
    yield Fact(
        ngettext("Pengarang", "Pengarang dan kontributor", len(said.contributors)), [_maker(each) for each in said.contributors]
    )
    yield _plain(_("Nama dalam aksara lain"), said.names_in_other_scripts)
    yield _plain(_("Judul dalam aksara lain"), said.titles_in_other_scripts)
    yield _plain(_("Judul lain"), said.other_titles)
    yield _plain(_("Edisi"), [said.edition])
    yield _plain(_("Terbitan"), [_publication(said)])
    yield _plain(_("Deskripsi fisik"), [said.physical])
    yield Fact(_("Seri"), [Value(each, _search(q=f'"{each}"')) for each in said.series])
    if said.host:
        yield Fact(_("Dimuat dalam"), [Value(said.host.title, _search(q=f'"{said.host.title}"'), said.host.place)])
    yield _plain(_("Tugas akhir"), [said.thesis])
    yield _plain(_("Bahasa"), [language_name(code) for code in said.languages])
    yield _plain(_("Skala"), _texts(marc, "255"))
    yield _plain(_("Frekuensi terbit"), _texts(marc, "310"))
    yield _plain(_("Daftar isi"), said.contents)
    yield _plain(_("Catatan"), said.notes)
    yield _plain(_("Klasifikasi"), [said.classification])
    yield _plain("ISBN", [*said.isbns, *map(_not_valid, said.wrong_isbns)])
    yield _plain("ISSN", [*map(_hyphenated, said.issns), *(_not_valid(_hyphenated(each)) for each in said.wrong_issns)])


def _hyphenated(issn: str) -> str:
    return f"{issn[:4]}-{issn[4:]}"


def _not_valid(number: str) -> str:
    return _("%(number)s (tidak sah)") % {"number": number}


def _role(written: str) -> str:
    """A code or term of $4 or $e in the reader's language; a term nobody knows as it was written."""
    bare = written.strip().rstrip(".,").casefold()
    return str(ROLES.get(TERMS.get(bare, bare), written))


def _maker(each: Contributor) -> Value:
    roles = dict.fromkeys(_role(role) for role in each.roles)
    return Value(each.name, _search(creator=each.name), ", ".join(filter(None, [each.titles, each.work, each.dates, *roles])))


def _plain(label: str, texts: Iterable[str]) -> Fact:
    return Fact(label, [Value(text) for text in texts if text])


def _texts(marc: Marc, tag: str) -> list[str]:
    return [field.join("abcde").rstrip(" .;") for field in marc.all(tag)]


def _publication(said: Description) -> str:
    where = ": ".join(filter(None, [said.place, said.publisher]))
    return ", ".join(filter(None, [where, said.date]))


def _search(**parameters: str) -> str:
    return urlencode(parameters)
