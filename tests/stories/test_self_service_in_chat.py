"""A student helps herself in the chat of the site: links her account, finds, holds, renews, asks for hours, and is left in peace."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.models import Fee, Hold, Loan, LoanRule, Recall
from lumbung.circulation.tests.factories import ArticleRequestFactory, ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.models import Delivery, Identity, Incoming
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[[str], str]
MONDAY = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""Ten o'clock in Jakarta."""


@pytest.fixture
def ani() -> Member:
    """Ani has "Bumi manusia" for three more days; six titles speak of economics."""
    LibraryFactory(name="Perpustakaan Kampus", short_name="Perpus Kampus")
    branch = open_on(BranchFactory(code="PUSAT"))
    user = UserFactory(username="ani", name="Ani Saraswati", roles=[Role.MEMBER])
    ani = MemberFactory(name="Ani Saraswati", barcode="K1", user=user, branch=branch)
    LoanRuleFactory(category=ani.category)
    lent = ItemFactory(record=catalogued("Bumi manusia", "Pramoedya Ananta Toer"), branch=branch, barcode="B1")
    for number in range(1, 7):
        ItemFactory(
            record=catalogued(f"Ekonomi mikro jilid {number}", f"Pengarang {number}"), branch=branch, barcode=f"E{number}"
        )
    with clock.stopped_at(MONDAY - timedelta(days=4)):
        check_out(lent, to=ani, at=branch, by=None)
    work_off()
    return ani


@pytest.fixture
def phone() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def ask(phone: Client) -> Ask:
    """Write in the chat of the site, and read what is answered."""

    def asked(text: str, at: datetime = MONDAY) -> str:
        before = set(Delivery.objects.values_list("pk", flat=True))
        with clock.stopped_at(at):
            assert phone.post("/chat", {"text": text}).status_code == 302
            work_off()
        return "\n".join(Delivery.objects.exclude(pk__in=before).order_by("pk").values_list("body", flat=True))

    return asked


def linked(ani: Member, ask: Ask) -> None:
    browser = Client()
    browser.force_login(ani.user)
    with clock.stopped_at(MONDAY):
        page = browser.post("/my/channels/code").content.decode()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert code
    assert ask(f"hubungkan {code[0]}").startswith("Terhubung, Ani Saraswati!")


@pytest.mark.requirement("R350", "R351")
def test_a_search_gives_five_titles_with_their_availability_and_two_is_the_second(ani: Member, ask: Ask, phone: Client):
    linked(ani, ask)
    found = ask("cari ekonomi mikro")
    assert found.startswith("Ada 6 judul untuk “ekonomi mikro” (halaman 1 dari 2)\n\n1. Ekonomi mikro jilid ")
    assert found.count("tersedia 1 (Perpustakaan Pusat)") == 5
    titles = re.findall(r"^\d\. (.+)$", found, re.MULTILINE)
    assert re.findall(r"^\d\. (.+)$", ask("lagi"), re.MULTILINE) not in ([], titles)
    ask("cari ekonomi mikro")
    assert ask("pesan 2").startswith(f"Dipesan: “{titles[1]}”, urutan ke-1, diambil di Perpustakaan Pusat.")
    assert Hold.objects.get(member=ani).record.title == titles[1]
    assert titles[1] in phone.get("/chat").content.decode()


@pytest.mark.requirement("R317")
def test_a_loan_is_renewed_when_it_is_named_and_asked_about_when_it_is_only_meant(ani: Member, ask: Ask):
    linked(ani, ask)
    due = Loan.objects.get(member=ani).due_at
    asked = ask("kak blm selesai baca, bs diperpanjang ga?")
    assert asked == "Perpanjang ini, Kak?\n- Bumi manusia (kembali 3 Desember 2026)"
    assert Loan.objects.get(member=ani).due_at == due
    assert ask("ga usah deh") == "Baik, Kak, tidak jadi. Tidak ada yang diubah."
    ask("blm selesai baca, bs diperpanjang ga?")
    assert ask("ya").startswith("1 pinjaman diperpanjang.\n✓ Bumi manusia: kembali 7 Desember 2026")
    assert JournalEntry.objects.get(name="Renewed").channel == "chat"
    later = MONDAY + timedelta(days=1)
    assert ask("renew", later).startswith("1 loan renewed.\n✓ Bumi manusia: due 8 December 2026")


@pytest.mark.requirement("R317")
def test_what_a_renewal_costs_is_named_and_agreed_to_before_it_is_made(ani: Member, ask: Ask):
    linked(ani, ask)
    loan = Loan.objects.get(member=ani)
    Loan.objects.filter(pk=loan.pk).update(policy={**loan.policy, "renewal_fee": 1500})
    assert "kembali 3 Desember 2026 · biaya perpanjangan Rp1.500" in ask("pinjaman")
    priced = "Perpanjang ini, Kak?\n- Bumi manusia (kembali 3 Desember 2026 · biaya perpanjangan Rp1.500)"
    for said in ("1", "perpanjang", "perpanjang semua", f"perpanjang l{loan.pk}"):
        assert ask(said) == priced
        assert ask("tidak") == "Baik, Kak, tidak jadi. Tidak ada yang diubah."
    assert not Fee.objects.exists()
    ask("perpanjang")
    told = ask("ya")
    assert told == "1 pinjaman diperpanjang.\n✓ Bumi manusia: kembali 7 Desember 2026 · biaya perpanjangan Rp1.500"
    assert [(fee.kind, fee.amount) for fee in Fee.objects.all()] == [("renewal", 1500)]
    again = ask("perpanjang semua")
    assert again.startswith("Maaf, Kak, belum dapat diperpanjang.\n✗ Bumi manusia: Belum perlu diperpanjang"), again


@pytest.mark.requirement("R395")
def test_on_a_closed_day_the_hours_say_why_and_when_it_opens(ani: Member, ask: Ask):
    with clock.stopped_at(MONDAY):
        announce_closure(first_day=date(2026, 12, 1), last_day=date(2026, 12, 2), reason="Inventarisasi", by=None)
    answer = ask("besok buka ga kak?")
    assert answer == (
        "Perpustakaan Pusat: Sel 1 Des 2026 tutup (Inventarisasi). Buka lagi Kam 3 Des 2026 08.00.\n\n"
        "Inventarisasi: tutup Sel 1 Des 2026 – Rab 2 Des 2026"
    )
    assert ask("what time do you close today?").startswith(
        "Perpustakaan Pusat: today open 08:00–16:00. Open now until 16:00 WIB."
    )


def test_one_word_stops_what_nobody_asked_for_and_one_brings_it_back(ani: Member, ask: Ask):
    linked(ani, ask)
    assert ask("STOP").startswith("Baik, kami tidak akan mengirim pemberitahuan lagi ke sini.")
    assert Identity.objects.get().opted_out_at is not None
    assert ask("pinjaman").startswith("Pinjaman Kakak:")
    assert ask("MULAI").startswith("Baik, pemberitahuan akan kami kirim lagi ke sini.")
    assert Identity.objects.get().opted_out_at is None


def test_what_nobody_understands_goes_to_a_person_with_a_name_and_a_time(ani: Member, ask: Ask):
    answer = ask("kak bukunya ilang gimana dong")
    assert answer == "Pesan Kakak saya teruskan ke petugas Perpus Kampus. Dijawab di sini paling lambat hari ini 12.00 WIB."
    wanted = JournalEntry.objects.get(name="PersonWanted")
    assert wanted.data == {"incoming": Incoming.objects.get().pk, "identity": Identity.objects.get().pk, "reason": "matter"}
    assert ask("padahal belum sempat dibaca") == ""
    assert JournalEntry.objects.filter(name="PersonWanted").count() == 2
    night = MONDAY + timedelta(hours=12)
    assert ask("petugas", night).endswith("Dijawab di sini paling lambat besok 10.00 WIB.")


def test_what_somebody_else_has_is_asked_back_after_a_yes_in_both_languages(ani: Member, ask: Ask):
    linked(ani, ask)
    change_rule(LoanRule.objects.get(), recall_limit=1, name="Mahasiswa", by=None)
    budi = MemberFactory(name="Budi", branch=ani.branch)
    titles = ("Cantik itu luka", "Laut bercerita")
    with clock.stopped_at(MONDAY - timedelta(days=20)):
        lent = [
            LoanFactory(
                member=budi, item=ItemFactory(record=catalogued(title), branch=ani.branch), due_at=MONDAY + timedelta(30)
            )
            for title in titles
        ]
    assert ask("minta kembali") == "Tidak ada pesanan yang masih menunggu, Kak."
    for loan in lent:
        with clock.stopped_at(MONDAY):
            place_hold(loan.item.record, member=ani, pickup_branch=ani.branch, by=ani.user)
    assert ask("pesanan").endswith("Tidak jadi? Balas “batal 1”.\nIngin lebih cepat? Balas “minta kembali 1”.")
    asked = ask("minta kembali 2")
    assert asked.startswith(
        "Minta “Laut bercerita” dikembalikan lebih cepat? Peminjamnya diminta mengembalikan paling lambat 3 Desember 2026. "
        "Bukunya untuk yang urutannya pertama."
    )
    assert ask("tidak") == "Baik, Kak, tidak jadi. Tidak ada yang diubah."
    assert not Recall.objects.exists()
    which = ask("kak, bisa minta bukunya dikembalikan lebih cepat oleh peminjamnya?")
    assert which.startswith("Yang mana yang diminta kembali, Kak?\n\n1. Cantik itu luka")
    assert which.count("bila diminta: kembali paling lambat 3 Desember 2026") == 2
    ask("1")
    assert ask("ya") == (
        "“Cantik itu luka” diminta kembali: peminjamnya diminta mengembalikan paling lambat 3 Desember 2026. "
        "Bukunya untuk yang urutannya pertama."
    )
    recall = Recall.objects.get()
    assert (recall.loan, recall.recalled_by) == (lent[0], ani.user)
    assert JournalEntry.objects.get(name="LoanRecalled").channel == "chat"
    assert "minta kembali" not in ask("pesanan")
    assert ask("recall 2") == ("“Laut bercerita” cannot be asked back yet.\nLimit of recalls reached: 1 (rule “Mahasiswa”).")


def test_a_list_counts_after_a_refusal_and_a_bare_number_is_the_way_on_that_the_refusal_offered(ani: Member, ask: Ask):
    linked(ani, ask)
    titles = re.findall(r"^\d\. (.+)$", ask("cari ekonomi mikro"), re.MULTILINE)
    rule = LoanRule.objects.get()
    change_rule(rule, hold_limit=0, by=None)
    assert ask("pesan 2").startswith("Maaf, Kak, belum bisa:\n")
    assert ask("pesan 3").startswith("Maaf, Kak, belum bisa:\n")
    assert titles[3] in ask("4")
    ask("cari ekonomi mikro")
    ask("pesan 2")
    assert ask("lagi").count("tersedia 1 (Perpustakaan Pusat)") == 1
    ask("cari ekonomi mikro")
    ask("pesan 2")
    change_rule(rule, hold_limit=3, by=None)
    assert ask("pesan 1").startswith(f"Dipesan: “{titles[0]}”")
    ask("cari ekonomi mikro")
    assert ask("pesan 1").startswith("Maaf, Kak, belum bisa:\n")
    assert ask("1").startswith(("Pesan Kakak saya teruskan", "Maaf Kak, belum ada petugas"))


def test_a_list_that_is_too_old_is_not_renewed_by_a_refusal(ani: Member, ask: Ask):
    linked(ani, ask)
    ask("cari ekonomi mikro")
    later = MONDAY + timedelta(hours=25)
    change_rule(LoanRule.objects.get(), hold_limit=0, by=None)
    assert ask(f"pesan r{Loan.objects.get().item.record_id}", later).startswith("Maaf, Kak, belum bisa:")
    assert "Nomor itu tidak ada" in ask("pesan 2", later)


def test_how_copies_stand_and_how_one_is_asked_for_is_told_in_chat(ani: Member, ask: Ask, settings):
    settings.SITE_URL = "https://perpus.example"
    linked(ani, ask)
    assert ask("permintaan saya").startswith("Tidak ada permintaan salinan, Kak.")
    with clock.stopped_at(MONDAY):
        book = ItemFactory(record=catalogued("Kimia dasar", "Chang"), branch=ani.branch).record
        ArticleRequestFactory(record=book, member=ani, title="Asam", state="in_work", fee=5_000)
        ArticleRequestFactory(record=book, member=MemberFactory(), title="Punya Budi")
    told = "- Asam (Kimia dasar): dikerjakan · Rp5.000\nSelengkapnya, juga untuk membatalkan: https://perpus.example/my"
    assert ask("permintaan saya") == f"Permintaan salinan Kakak:\n{told}"
    assert ask("kak salinan saya sudah siap belum ya") == f"Permintaan salinan Kakak:\n{told}"
    assert ask("my requests").startswith("Your copy requests:\n- Asam (Kimia dasar): in work · Rp5,000")
    work_off()
    ask("cari ekonomi mikro")
    assert ask("minta salinan 1") == (
        "Maaf, Kak, belum bisa:\nSalinan artikel atau bab dari judul ini tidak dilayani (ketentuan umum)."
    )
    change_rule(LoanRule.objects.get(), article_scope="yes", article_fee=5_000, by=None)
    ask("cari ekonomi mikro")
    answer = ask("minta salinan 1")
    assert answer.startswith("Satu artikel atau satu bab dari “Ekonomi mikro jilid ")
    assert "Biaya salinannya Rp5.000, ditagih bila sudah dibuat." in answer
    page = re.search(r"https://perpus\.example(/records/\d+/article-request)", answer)
    browser = Client()
    browser.force_login(ani.user)
    assert page
    assert browser.get(page[1]).status_code == 200
