"""The digital library of the demonstration: theses at every stage of being handed in, and files of titles with different readers."""

from decimal import Decimal

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.digital.domain.deposits.drafts import Person, change_deposit, start_deposit
from lumbung.digital.domain.deposits.files import add_deposit_file, cut_deposit_file, proposed_cuts
from lumbung.digital.domain.deposits.publishing import publish
from lumbung.digital.domain.deposits.reviewing import approve, send_back, take_up
from lumbung.digital.domain.deposits.submitting import submit_deposit
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.store import put
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import Deposit, DepositFile, DepositKinds, Levels, Parts
from lumbung.digital.queries.deposits import rubric
from lumbung.kernel.typesetting import pdf
from lumbung.members.models import Member

LARGEST = 32 << 20
SITE = "http://localhost"
SHEET = """#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 3cm)
#set text(lang: "id")
#align(center + horizon, text(18pt, weight: "bold", data.title))
#pagebreak()
#heading("LEMBAR PENGESAHAN")
Contoh lembar pengesahan. Nama dan tanda tangan rekaan.
#pagebreak()
#heading("ABSTRAK")
#data.abstract
#pagebreak()
#heading("DAFTAR ISI")
#pagebreak()
#heading("BAB I PENDAHULUAN")
#lorem(320)
#pagebreak()
#heading("BAB II TINJAUAN PUSTAKA")
#lorem(640)
#pagebreak()
#heading("BAB III METODE PENELITIAN")
#lorem(320)
#pagebreak()
#heading("DAFTAR PUSTAKA")
Sulistyo-Basuki. _Pengantar ilmu perpustakaan_. Jakarta: Gramedia, 1991."""
WORKS = (
    (
        "published",
        "Pengaruh layanan perpustakaan digital terhadap minat baca mahasiswa keperawatan",
        "The influence of digital library services on the reading interest of nursing students",
        "Penelitian ini mengukur hubungan antara pemakaian layanan perpustakaan digital dan minat baca 120 mahasiswa keperawatan.",
        "This study measures how the use of digital library services relates to the reading interest of 120 nursing students.",
    ),
    (
        "submitted",
        "Sistem temu kembali berbahasa Indonesia dengan akar kata",
        "Retrieval in Indonesian by the roots of words",
        "Penelitian ini membandingkan empat cara menemukan akar kata dalam temu kembali koleksi perpustakaan.",
        "This study compares four ways of finding the roots of words in library retrieval.",
    ),
    (
        "returned",
        "Literasi informasi mahasiswa baru dan pemilihan sumber daring",
        "Information literacy of new students and their choice of online sources",
        "Penelitian ini menelaah cara mahasiswa baru memilih sumber daring untuk tugas kuliah.",
        "This study looks at how new students choose online sources for their course work.",
    ),
)


def hand_in(members: list[Member], *, by: User) -> None:
    """Three theses: one published, one waiting, one sent back to Ani; and files on three titles of the shelves."""
    change_terms(networks="127.0.0.0/8\n10.0.0.0/8", by=by)
    others = [each for each in members[1:] if each.programme_id and each.user_id]
    authors = [*others[:2], members[0]]
    for author, (stage, *said) in zip(authors, WORKS, strict=False):
        _walk(_whole(author, *said), stage, by)
    _attach_files(by)


def _whole(member: Member, title: str, title_english: str, abstract: str, abstract_english: str) -> Deposit:
    deposit = start_deposit(member, DepositKinds.THESIS, by=member.user)
    change_deposit(
        deposit,
        version=deposit.version,
        by=member.user,
        title=title,
        title_english=title_english,
        abstract=abstract,
        abstract_english=abstract_english,
        keywords="perpustakaan digital; mahasiswa; minat baca",
        keywords_english="digital library; students; reading interest",
        licence="cc-by-nc-sa-4.0",
        similarity=Decimal("17.5"),
        people=[Person("supervisor", "Dr. Ratna Wulandari, M.IP.", "nidn", "0017058001")],
        statements={"original": True, "consented": True},
    )
    content = put([pdf(SHEET, {"title": title, "abstract": abstract})], name="naskah.pdf", largest=LARGEST)
    file = add_deposit_file(deposit, content, name="naskah.pdf", by=member.user)
    cut_deposit_file(file, proposed_cuts(file), by=member.user)
    certificate = put([pdf("= Sertifikat kemiripan\n17,5 % (contoh)", {})], name="kemiripan.pdf", largest=LARGEST)
    similarity = DepositFile.Uses.SIMILARITY
    add_deposit_file(deposit, certificate, name="kemiripan.pdf", use=similarity, by=member.user)
    return Deposit.objects.get(pk=deposit.pk)


def _walk(deposit: Deposit, stage: str, by: User) -> None:
    """As far as the stage: handed in, sent back, or published."""
    submit_deposit(deposit, version=deposit.version, by=deposit.member.user if deposit.member else None)
    lines = [each.text for each in rubric()]
    if stage == "returned":
        reasons = ["Lembar pengesahan belum ditandatangani lengkap."]
        take_up(deposit, by=by)
        send_back(deposit, reasons=reasons, text="Halaman 2 belum bertanda tangan.", ticked=lines[:2], by=by)
    if stage == "published":
        approve(deposit, ticked=lines, by=by)
        publish(deposit, site=SITE, by=by)


def _attach_files(by: User) -> None:
    """To titles of the shelves, a chapter each: for everybody, for members, for the campus."""
    records = Record.objects.filter(material="book").order_by("pk")[:3]
    for record, level in zip(records, (Levels.PUBLIC, Levels.MEMBERS, Levels.CAMPUS), strict=False):
        sheet = f"= Bab contoh\n#lorem(400)\n\n_{level.label}_"
        content = put([pdf(sheet, {})], name="bab-contoh.pdf", largest=LARGEST)
        add_file(record, content, name="bab-contoh.pdf", label="Bab contoh", part=Parts.CHAPTER, level=level, pages=2, by=by)
