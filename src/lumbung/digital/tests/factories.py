"""Files and deposits for tests: made by the verbs, with real contents in the store of the test."""

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain.deposits.drafts import Person, change_deposit, start_deposit
from lumbung.digital.domain.deposits.files import add_deposit_file, cut_deposit_file, proposed_cuts
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import Content, put
from lumbung.digital.models import Deposit, DepositFile, DepositKinds, File
from lumbung.members.models import Member
from lumbung.organization.models import StudyProgramme

LARGEST = 64 << 20


def a_pdf(*pages: str) -> bytes:
    """A small PDF that says these words, a page each: written by hand, so that no library judges its own work."""
    words = pages or ("Bumi manusia",)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(words)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(words)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, said in enumerate(words):
        stream = f"BT /F1 24 Tf 72 700 Td ({said}) Tj ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _pdf_of(objects)


def _pdf_of(objects: Sequence[str]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def a_zip(**members: bytes | str) -> bytes:
    """An archive of these members; ``__`` in a name stands for a full stop."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def a_content(content: bytes | None = None, name: str = "naskah.pdf") -> Content:
    """A content in the store."""
    return put([content or a_pdf()], name=name, largest=LARGEST)


def a_file(record: Record | None = None, content: bytes | None = None, name: str = "naskah.pdf", **fields: Any) -> File:
    """A file of a title, open to all unless told otherwise."""
    return add_file(record or a_record(), a_content(content, name), name=name, by=None, **fields)


ABSTRACT = "Penelitian ini membahas perpustakaan digital di kampus."
WORK = {
    "title": "Perpustakaan digital: studi di kampus",
    "title_english": "The digital library: a study on campus",
    "abstract": ABSTRACT,
    "abstract_english": "This study is about digital libraries on campus.",
    "keywords": "perpustakaan digital; mahasiswa",
    "keywords_english": "digital library; students",
    "year": 2026,
}
THESIS_PAGES = (
    "PERPUSTAKAAN DIGITAL",
    "LEMBAR PENGESAHAN",
    "ABSTRAK",
    "DAFTAR ISI",
    "BAB I PENDAHULUAN",
    "isi bab satu",
    "BAB II TINJAUAN PUSTAKA",
    "DAFTAR PUSTAKA",
    "LAMPIRAN",
)


def a_deposit(member: Member, kind: DepositKinds = DepositKinds.THESIS, **fields: Any) -> Deposit:
    """A draft of this member that says what the work is, and nothing more."""
    deposit = start_deposit(member, kind, by=member.user)
    return change_deposit(deposit, version=deposit.version, by=member.user, **{**WORK, **fields})


def a_whole_deposit(member: Member, programme: StudyProgramme, **fields: Any) -> Deposit:
    """A thesis from which nothing is missing: supervisor, files, licence, statements, certificate."""
    deposit = a_deposit(
        member,
        programme=programme,
        licence="cc-by-4.0",
        similarity=Decimal("18.5"),
        people=[Person("supervisor", "Dr. Wayan Suarta, M.Kom.", "nidn", "0012037801")],
        statements={"original": True, "consented": True},
        **fields,
    )
    whole = add_deposit_file(deposit, a_content(a_pdf(*THESIS_PAGES)), name="skripsi.pdf", by=member.user)
    cut_deposit_file(whole, proposed_cuts(whole), by=member.user)
    certificate = a_content(a_pdf("Similarity 18.5 %"), "kemiripan.pdf")
    add_deposit_file(deposit, certificate, name="kemiripan.pdf", use=DepositFile.Uses.SIMILARITY, by=member.user)
    return Deposit.objects.get(pk=deposit.pk)
