"""What an archive holds: a table (CSV or XLSX) with its files, works of DSpace (SAF or AIP), or EPrints XML with its files."""

import re
from collections.abc import Iterator

from lumbung.digital.domain.batches import dspace, eprints
from lumbung.digital.domain.batches.members import Members
from lumbung.digital.domain.batches.works import Work, WorkFile
from lumbung.digital.domain.deposits.drafts import Person
from lumbung.digital.refusals import BATCH_UNREADABLE
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import rows_of

_COLUMNS = {
    "title": ("judul", "title", "dc.title"),
    "title_english": ("judul inggris", "judul bahasa inggris", "title english", "title (en)"),
    "author": ("penulis", "nama", "pengarang", "author", "creator", "dc.creator"),
    "author_number": ("nim", "npm", "nomor", "student number"),
    "year": ("tahun", "year", "date", "dc.date"),
    "kind": ("jenis", "type", "kind", "dc.type"),
    "abstract": ("abstrak", "abstract", "ringkasan", "dc.description"),
    "abstract_english": ("abstrak inggris", "abstract english", "abstract (en)"),
    "keywords": ("kata kunci", "keywords", "subjek", "dc.subject"),
    "programme": ("program studi", "prodi", "programme", "department"),
    "licence": ("lisensi", "licence", "license"),
    "level": ("akses", "access"),
}
_SUPERVISOR = ("pembimbing", "supervisor", "pembimbing 1")
_SUPERVISOR_NUMBER = ("nidn", "nidn pembimbing", "nuptk", "nuptk pembimbing")
_FILES = ("berkas", "file", "files", "nama berkas")


def works_in(members: Members) -> tuple[str, list[Work]]:
    """The form of the archive (``saf``, ``aip``, ``eprints``, ``table``) and its works. Refuses what is none of them, or cannot be read."""
    names = members.names
    if described := sorted(name for name in names if dspace.DESCRIBED.search(name)):
        return "saf", dspace.of_folders(members, described)
    if packaged := sorted(name for name in names if dspace.PACKAGED.search(name)):
        return "aip", [work for name in packaged if (work := dspace.of_package(members, name)) is not None]
    told = next((name for name in names if name.lower().endswith((".xml", ".csv", ".xlsx")) and "__MACOSX" not in name), None)
    if told is None:
        raise Refused(BATCH_UNREADABLE(reason="CSV, XLSX, XML"))
    if told.lower().endswith(".xml"):
        return "eprints", list(eprints.works_told(members.tree(told), names))
    return "table", list(_table(members.read(told)))


def _table(content: bytes) -> Iterator[Work]:
    rows = rows_of(content)
    heads = [" ".join(cell.replace("_", " ").split()).lower() for cell in rows[0]] if rows else []
    for number, row in enumerate(rows[1:], 2):
        said = {head: cell.strip() for head, cell in zip(heads, row, strict=False)}
        if any(said.values()):
            yield _of_row(number, said)


def _of_row(number: int, said: dict[str, str]) -> Work:
    work = Work(place=str(number))
    for name, heads in _COLUMNS.items():
        setattr(work, name, _first(said, heads))
    work.author, *others = [name.strip() for name in work.author.split(";")]
    work.people = [Person("author", name) for name in others if name]
    if supervisor := _first(said, _SUPERVISOR):
        value = _first(said, _SUPERVISOR_NUMBER)
        kind = next((head.split()[0] for head in _SUPERVISOR_NUMBER if said.get(head)), "")
        work.people += [Person("supervisor", supervisor, kind if value else "", value)]
    work.files = [WorkFile(name.strip()) for name in re.split(r"[;|\n]", _first(said, _FILES)) if name.strip()]
    return work


def _first(said: dict[str, str], heads: tuple[str, ...]) -> str:
    return next((said[head] for head in heads if said.get(head)), "")
