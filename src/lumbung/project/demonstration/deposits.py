"""The digital library of the demonstration: a thesis at each stage of being handed in, and files of titles with different readers."""

from datetime import timedelta
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
from lumbung.kernel import clock
from lumbung.kernel.typesetting import pdf
from lumbung.members.models import Member

LARGEST = 32 << 20
SITE = "http://localhost"
SAMPLE = "bab-contoh.pdf"
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
        "Wahyuni",
        "published",
        48,
        "Sistem temu kembali berbahasa Indonesia dengan akar kata",
        "Retrieval in Indonesian by the roots of words",
        "Penelitian ini membandingkan empat cara menemukan akar kata dalam temu kembali koleksi perpustakaan.",
        "This study compares four ways of finding the roots of words in library retrieval.",
    ),
    (
        "Ni Made Ani Saraswati",
        "returned",
        6,
        "Pengaruh layanan perpustakaan digital terhadap minat baca mahasiswa keperawatan",
        "The influence of digital library services on the reading interest of nursing students",
        "Penelitian ini mengukur hubungan antara pemakaian layanan perpustakaan digital dan minat baca 120 mahasiswa keperawatan.",
        "This study measures how the use of digital library services relates to the reading interest of 120 nursing students.",
    ),
    (
        "Yohanes Kristian Lado",
        "approved",
        3,
        "Percakapan WhatsApp sebagai saluran layanan rujukan perpustakaan",
        "WhatsApp conversations as a channel of library reference",
        "Penelitian ini menelaah 200 percakapan rujukan lewat WhatsApp: apa yang ditanyakan dan seberapa cepat dijawab.",
        "This study looks at 200 reference conversations on WhatsApp: what was asked and how soon it was answered.",
    ),
    (
        "Bagus Setiawan",
        "in_review",
        2,
        "Kepemimpinan kepala perpustakaan sekolah dan budaya baca siswa",
        "Leadership in school libraries and the reading culture of pupils",
        "Tesis ini menelusuri bagaimana kepala perpustakaan di enam sekolah menumbuhkan kebiasaan membaca.",
        "This thesis follows how the heads of six school libraries help a habit of reading to grow.",
    ),
    (
        "Dewi Lestari Ningrum",
        "submitted",
        1,
        "Literasi informasi mahasiswa baru dan pemilihan sumber daring",
        "Information literacy of new students and their choice of online sources",
        "Penelitian ini menelaah cara mahasiswa baru memilih sumber daring untuk tugas kuliah.",
        "This study looks at how new students choose online sources for their course work.",
    ),
)
"""Whose, how far it has come, how many days ago it was handed in, and what it says."""
DRAFT = "Ringkasan skripsi untuk jurnal: perpustakaan digital dan minat baca"


def hand_in(members: list[Member], *, by: User) -> None:
    """A thesis in each state the library knows, Ani's sent back to her with a paper begun beside it; and files on three titles."""
    change_terms(networks="127.0.0.0/8\n10.0.0.0/8", by=by)
    named = {each.name: each for each in members}
    for author, stage, days, *said in WORKS:
        with clock.stopped_at(clock.now() - timedelta(days=days)):
            _walk(_whole(named[author], *said), stage, by)
    paper = start_deposit(members[0], DepositKinds.PAPER, by=members[0].user)
    change_deposit(paper, version=paper.version, by=members[0].user, title=DRAFT)
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
    """As far as the stage: handed in, looked at, sent back, approved, or published."""
    submit_deposit(deposit, version=deposit.version, by=deposit.member.user if deposit.member else None)
    lines = [each.text for each in rubric()]
    if stage == "in_review":
        take_up(deposit, by=by)
    if stage == "returned":
        reasons = ["Lembar pengesahan belum ditandatangani lengkap."]
        take_up(deposit, by=by)
        send_back(deposit, reasons=reasons, text="Halaman 2 belum bertanda tangan.", ticked=lines[:2], by=by)
    if stage in {"approved", "published"}:
        approve(deposit, ticked=lines, by=by)
    if stage == "published":
        publish(deposit, site=SITE, by=by)


def _attach_files(by: User) -> None:
    """To titles of the shelves, a chapter each: for everybody, for members, for the campus."""
    records = Record.objects.filter(material="book").order_by("pk")[:3]
    for record, level in zip(records, (Levels.PUBLIC, Levels.MEMBERS, Levels.CAMPUS), strict=False):
        sheet = f"= Bab contoh\n#lorem(400)\n\n_{level.label}_"
        content = put([pdf(sheet, {})], name=SAMPLE, largest=LARGEST)
        add_file(record, content, name=SAMPLE, label="Bab contoh", part=Parts.CHAPTER, level=level, pages=2, by=by)
