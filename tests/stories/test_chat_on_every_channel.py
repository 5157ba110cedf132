"""The same student, the same wishes, on each channel: one answer, in the channel's own form; and notices by the cheapest of them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.desk.domain.turns import words_of
from lumbung.desk.models import KnownAnswer
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import ChannelLink, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.channels.sms import in_plain_marks
from lumbung.messaging.domain import policies
from lumbung.messaging.models import Account, Delivery, Identity, Template
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from lumbung.reactions.reminders import remind
from tests.telephones import MONDAY, Phone, phones

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone_on(settings, tmp_path: Path) -> Iterator[Callable[[str], Phone]]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with phones(tmp_path) as opened:
        yield opened


@pytest.fixture
def ani() -> Member:
    """Ani has "Bumi manusia" for three more days; six titles speak of economics; tomorrow the library is closed."""
    LibraryFactory(name="Perpustakaan Kampus", short_name="Perpus Kampus")
    branch = open_on(BranchFactory(code="PUSAT"))
    user = UserFactory(username="ani", name="Ani Saraswati", roles=[Role.MEMBER])
    ani = MemberFactory(name="Ani Saraswati", barcode="K1", user=user, branch=branch, email="ani@kampus.example")
    LoanRuleFactory(category=ani.category, hold_limit=20)
    lent = ItemFactory(record=catalogued("Bumi manusia", "Pramoedya Ananta Toer"), branch=branch, barcode="B1")
    for number in range(1, 7):
        record = catalogued(f"Ekonomi mikro jilid {number}", f"Pengarang {number}")
        ItemFactory(record=record, branch=branch, barcode=f"E{number}")
    with clock.stopped_at(MONDAY - timedelta(days=4)):
        check_out(lent, to=ani, at=branch, by=None)
    with clock.stopped_at(MONDAY):
        announce_closure(first_day=date(2026, 12, 1), last_day=date(2026, 12, 2), reason="Inventarisasi", by=None)
    work_off()
    KnownAnswer.objects.create(
        question="Apakah skripsi boleh dibawa pulang?",
        text="Skripsi hanya dibaca di tempat.",
        words=words_of("Apakah skripsi boleh dibawa pulang?"),
        source="Peraturan pasal 5",
        language="id",
        state="reviewed",
        reviewer=UserFactory(username="kepala", name="Kepala"),
        reviewed_on=date(2026, 11, 1),
        valid_until=date(2027, 11, 1),
        written_by=user,
    )
    return ani


def linked(ani: Member, phone: Phone) -> str:
    browser = Client()
    browser.force_login(ani.user)
    with clock.stopped_at(phone.now):
        page = browser.post("/my/channels/code").content.decode()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert code
    return phone.ask(f"hubungkan {code[0]}")


def on(kind: str, text: str) -> str:
    """The text as the channel carries it: SMS without marks that would make each part hold less than half."""
    return in_plain_marks(text) if kind == "sms" else text


@pytest.mark.requirement("R304", "R319", "R349", "R350", "R351")
@pytest.mark.requirement("R306", missing="aplikasi telepon yang tahan putus sambungan")
@pytest.mark.parametrize("kind", ["web", "telegram", "whatsapp", "line", "instagram", "sms"])
def test_a_student_helps_herself_on_any_channel_and_one_word_leaves_her_in_peace(kind: str, ani: Member, phone_on):
    phone = phone_on(kind)
    assert "perlu yakin siapa Kakak" in phone.ask("pinjaman saya")
    welcome = linked(ani, phone)
    assert welcome.startswith("Terhubung, Ani Saraswati!")

    found = phone.ask("cari ekonomi mikro")
    titles = re.findall(r"^\d\. (Ekonomi mikro jilid \d)$", found, re.MULTILINE)
    assert found.startswith(on(kind, "Ada 6 judul untuk “ekonomi mikro” (halaman 1 dari 2)\n\n1. Ekonomi mikro jilid "))
    assert (len(titles), found.count("tersedia 1 (Perpustakaan Pusat)")) == (5, 5)
    assert re.findall(r"^\d\. (Ekonomi mikro jilid \d)$", phone.ask("lagi"), re.MULTILINE) not in ([], titles)
    phone.ask("cari ekonomi mikro")
    assert phone.ask("pesan 2").startswith(on(kind, f"Dipesan: “{titles[1]}”, urutan ke-1, diambil di Perpustakaan Pusat."))
    assert Hold.objects.get(member=ani).record.title == titles[1]

    assert phone.ask("pinjaman").startswith("Pinjaman Kakak:\n\n1. Bumi manusia\n   kembali 3 Desember 2026")
    assert phone.ask("perpanjang 1").startswith(on(kind, "1 pinjaman diperpanjang.\n✓ Bumi manusia: kembali 7 Desember 2026"))
    assert Loan.objects.get(member=ani).renewal_count == 1
    assert phone.ask("besok buka ga kak?").startswith(
        "Perpustakaan Pusat: Sel 1 Des 2026 tutup (Inventarisasi). Buka lagi Kam 3 Des 2026 08.00."
    )
    card = phone.ask("kartu")
    assert "Kartu Ani Saraswati, berlaku sampai" in card
    shows_pictures = kind in {"web", "telegram", "whatsapp"}
    assert ("[gambar]" in card, "Nomor kartu: K1" in card) == (shows_pictures, not shows_pictures)

    answer = phone.ask("skripsi boleh dibawa pulang?")
    assert answer.startswith("Skripsi hanya dibaca di tempat.\n\nSumber: Peraturan pasal 5. Diperiksa Kepala, 1 Nov 2026.")

    assert phone.ask("STOP").startswith("Baik, kami tidak akan mengirim pemberitahuan lagi ke sini.")
    assert Identity.objects.get().opted_out_at is not None
    assert phone.ask("denda").startswith("Tidak ada denda")


@pytest.mark.requirement("R349")
@pytest.mark.parametrize("kind", ["web", "telegram", "whatsapp", "sms"])
def test_a_list_is_there_after_a_look_at_one_title_and_a_word_with_the_assistant(kind: str, ani: Member, phone_on):
    phone = phone_on(kind)
    linked(ani, phone)
    titles = re.findall(r"^\d\. (Ekonomi mikro jilid \d)$", phone.ask("cari ekonomi mikro"), re.MULTILINE)
    looked_at = phone.ask("3")
    assert looked_at.startswith(titles[2])
    assert ("[Pesan]" in looked_at, "1. Pesan" in looked_at) == (kind != "sms", kind == "sms")
    assert phone.ask("siapa kamu").startswith("Saya asisten otomatis perpustakaan, Kak, bukan orang.")
    assert phone.ask("4").startswith(titles[3])
    assert "halaman 2 dari 2" in phone.ask("lagi")
    phone.ask("cari ekonomi mikro")
    phone.ask("3")
    assert phone.ask("1").startswith(on(kind, f"Dipesan: “{titles[2]}”" if kind == "sms" else titles[0]))
    assert phone.ask("pesan 2").startswith(on(kind, f"Dipesan: “{titles[1]}”"))


def test_each_channel_shows_what_can_be_chosen_in_its_own_form(ani: Member, phone_on):
    shown = {kind: phone_on(kind).ask("cari ekonomi mikro") for kind in ("web", "telegram", "whatsapp", "line", "sms")}
    words = {kind: re.sub(r" \[.*", "", answer, flags=re.DOTALL).strip() for kind, answer in shown.items()}
    assert len({on("sms", answer) for answer in words.values()}) == 1
    assert ("“" in words["web"], words["sms"].isascii()) == (True, True)
    labels = {kind: re.findall(r"\[([^\]]+)\]", answer) for kind, answer in shown.items()}
    assert labels["telegram"][:5] == ["1", "2", "3", "4", "5"]
    assert labels["whatsapp"][0].startswith("1. Ekonomi mikro jilid")
    assert labels["line"][:5] == ["1", "2", "3", "4", "5"]
    assert labels["sms"] == []


def ready(ani: Member, title: str) -> Delivery:
    """Somebody brings back what Ani waits for: what she is told."""
    budi = MemberFactory(category=ani.category, branch=ani.branch)
    item = ItemFactory(record__title=title, branch=ani.branch)
    check_out(item, to=budi, at=ani.branch, by=None)
    place_hold(item.record, member=ani, pickup_branch=ani.branch, by=None)
    check_in(item, at=ani.branch, by=None)
    work_off()
    return Delivery.objects.filter(code="hold_ready").latest("pk")


def wants_notices(ani: Member, account: Account, *, preferred: bool = False) -> None:
    link = ChannelLink.objects.get(identity__account=account, ended_at=None)
    browser = Client()
    browser.force_login(ani.user)
    browser.post(f"/my/channels/{link.pk}", {"notices": "on", **({"preferred": "on"} if preferred else {})})


@pytest.mark.requirement("R319")
@pytest.mark.requirement("R219")
def test_notices_of_circulation_take_the_cheapest_permitted_channel_and_say_why(ani: Member, phone_on, settings):
    on_telegram, on_whatsapp = phone_on("telegram"), phone_on("whatsapp")
    for phone in (on_telegram, on_whatsapp):
        linked(ani, phone)
    with clock.stopped_at(MONDAY + timedelta(minutes=5)):
        letter = ready(ani, "Arus balik")
        assert (letter.account.kind, letter.reason) == ("email", "satu-satunya jalan")
        wants_notices(ani, on_whatsapp.side.account)
        free = ready(ani, "Gadis pantai")
        assert (free.account.kind, free.cost, free.reason) == ("whatsapp", 0, "termurah yang diizinkan, Rp0")
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        closed = ready(ani, "Larasati")
        assert (closed.account.kind, closed.reason) == (
            "email",
            f"termurah yang diizinkan, Rp0; {on_whatsapp.side.account.name}: belum ada templat untuk pesan ini",
        )
        places = {"places": ["1", "2"], "values": ["{{ name }}", "{{ title }}"]}
        Template.objects.create(
            account=on_whatsapp.side.account,
            name="siap",
            language="id",
            state="approved",
            body="{{1}}: {{2}}",
            code="hold_ready",
            **places,
        )
        dear = ready(ani, "Midah")
        assert (dear.account.kind, dear.reason) == (
            "email",
            f"termurah yang diizinkan, Rp0; {on_whatsapp.side.account.name}: anggaran habis",
        )
        wants_notices(ani, on_telegram.side.account, preferred=True)
        chosen = ready(ani, "Cerita dari Blora")
        assert (chosen.account.kind, chosen.reason.split(";")[0]) == ("telegram", "pilihan anggota")
        assert "Cerita dari Blora" in on_telegram.side.read()[-1]
        assert remind() == 1
        assert Delivery.objects.filter(code="due_soon").get().account.kind == "telegram"
    with clock.stopped_at(MONDAY + timedelta(days=9)):
        policies.set_policy(quiet_from=time(21), quiet_until=time(7), monthly_budget=1000, by=None)
        wants_notices(ani, on_whatsapp.side.account, preferred=True)
        assert remind() == 1
        overdue = Delivery.objects.filter(code="overdue").get()
        assert (overdue.account.kind, "belum ada templat" in overdue.reason) == ("telegram", True)
        paid = ready(ani, "Mangir")
        assert (paid.account.kind, paid.cost, paid.reason) == ("whatsapp", 350, "pilihan anggota")
        assert on_whatsapp.side.side.heard[-1].said["template"]["components"][0]["parameters"][1]["text"] == "Mangir"
