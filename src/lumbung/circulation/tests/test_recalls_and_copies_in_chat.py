"""Asking back, and copies of articles, as commands of the chat: what is said where nothing can be done, and how people ask."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.recalls import recall_for
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.gateways.chat.copying import ask, requests, state_line
from lumbung.circulation.gateways.chat.holding import holds
from lumbung.circulation.gateways.chat.recalling import recall
from lumbung.circulation.models import Recall
from lumbung.circulation.queries import urgency
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.tests.factories import ArticleRequestFactory, HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.chat import Asking, Confirm, Inquire, Say
from lumbung.messaging.chat.understanding import understood

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday():
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def lent(budi):
    return LoanFactory(
        member=budi,
        item=ItemFactory(record=RecordFactory(title="Laskar pelangi")),
        lent_at=MONDAY - timedelta(days=30),
        due_at=MONDAY + timedelta(days=20),
    )


def said(member, subject="", arguments="") -> Asking:
    return Asking(None, None, "minta kembali", arguments, "id", person=member, subject=subject)


def test_one_hold_is_asked_about_at_once_and_nothing_is_asked_back_before_the_yes(ani, pusat, rule, lent):
    change_rule(rule, recall_limit=1, by=None)
    hold = place_hold(lent.item.record, member=ani, pickup_branch=pusat, by=ani.user)
    asked = recall(said(ani))
    assert isinstance(asked, Confirm)
    assert "paling lambat 5 Maret 2026" in asked.text
    assert asked.say == f"minta kembali h{hold.pk} pasti"
    assert not Recall.objects.exists()
    assert "paling lambat 5 Maret 2026" in recall(said(ani, f"h{hold.pk} pasti")).text
    with pytest.raises(Refused, match="hold_recalled"):
        recall(said(ani, f"h{hold.pk} pasti"))


def test_a_member_without_an_account_may_ask_back_no_more_often_than_with_one(pusat, rule, budi, lent):
    change_rule(rule, recall_limit=1, hold_limit=9, by=None)
    other = LoanFactory(member=budi, item=ItemFactory(), lent_at=lent.lent_at, due_at=lent.due_at)
    member = MemberFactory(category=rule.category, user=None)
    first, second = (place_hold(each.item.record, member=member, pickup_branch=pusat, by=None) for each in (lent, other))
    recall(said(member, f"h{first.pk} pasti"))
    with pytest.raises(Refused, match="recall_limit_reached"):
        recall(said(member, f"h{second.pk} pasti"))


def test_why_not_is_told_with_the_rule_and_only_ones_own_holds_count(ani, budi, pusat, rule, lent):
    change_rule(rule, name="Mahasiswa", recall_limit=0, by=None)
    hold = place_hold(lent.item.record, member=ani, pickup_branch=pusat, by=ani.user)
    assert recall(said(ani)).text == (
        "“Laskar pelangi” belum dapat diminta kembali.\n"
        "Pinjaman judul ini tidak diminta kembali oleh anggota (aturan “Mahasiswa”)."
    )
    stranger = MemberFactory()
    assert recall(said(stranger, f"h{hold.pk} pasti")).text.startswith("Tidak ada pesanan yang masih menunggu")
    HoldFactory(member=stranger)
    assert recall(said(stranger, f"h{hold.pk} pasti")).text.startswith("Pesanan itu sudah tidak menunggu.")
    ready = HoldFactory(member=budi, item=ItemFactory(), state="ready", ready_until=date(2026, 3, 9))
    assert recall(said(budi, f"h{ready.pk}")).text.startswith("Tidak ada pesanan yang masih menunggu")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_holds_says_how_in_as_few_statements_for_three_as_for_one(
    ani, budi, pusat, rule, rows, django_assert_num_queries
):
    change_rule(rule, recall_limit=5, hold_limit=9, by=None)
    for _ in range(rows):
        loan = LoanFactory(member=budi, lent_at=MONDAY - timedelta(days=30), due_at=MONDAY + timedelta(days=20))
        place_hold(loan.item.record, member=ani, pickup_branch=pusat, by=ani.user)
    urgency(), rules_now(), holds(said(ani))
    with django_assert_num_queries(4):
        assert holds(said(ani)).foot.endswith("Balas “minta kembali 1”.")
    change_rule(rule, recall_limit=0, by=None)
    rules_now()
    with django_assert_num_queries(1):
        assert holds(said(ani)).foot == "Tidak jadi? Balas “batal 1”."


def test_a_hold_for_which_one_was_asked_back_is_passed_over_in_the_hint(ani, budi, pusat, rule, lent):
    change_rule(rule, recall_limit=5, hold_limit=9, by=None)
    first = place_hold(lent.item.record, member=ani, pickup_branch=pusat, by=ani.user)
    recall_for(first, by=ani.user)
    other = LoanFactory(member=budi, lent_at=lent.lent_at, due_at=MONDAY + timedelta(days=20))
    with clock.stopped_at(MONDAY + timedelta(minutes=1)):
        place_hold(other.item.record, member=ani, pickup_branch=pusat, by=ani.user)
        assert holds(said(ani)).foot.endswith("Balas “minta kembali 2”.")


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("minta kembali 1", "recall", "1"),
        ("recall 2", "recall", "2"),
        ("kak tolong minta peminjamnya kembalikan bukunya dong", "recall", ""),
        ("bisa minta bukunya dikembalikan lebih cepat?", "recall", ""),
        ("can you ask for it back sooner", "recall", ""),
        ("minta uang saya dikembalikan segera", "", ""),
        ("kapan saya harus kembalikan buku ini", "loans", ""),
        ("permintaan saya", "copies", ""),
        ("status permintaan salinan saya", "copies", ""),
        ("minta salinan 2", "copy", "2"),
        ("minta salinan ekonomi mikro", "copy", "ekonomi mikro"),
        ("kak bisa minta fotokopi bab dari bumi manusia?", "copy", "bumi manusia"),
        ("bisa kirim pdf buku laskar pelangi gratis?", "search", "laskar pelangi"),
        ("usulan saya gimana", "suggest", ""),
    ],
)
def test_what_people_write_is_taken_for_what_they_want(text, name, argument):
    meaning = understood(text)
    if name in {"", "suggest"}:
        assert meaning.name not in {"recall", "copies", "copy"}
    else:
        assert (meaning.name, meaning.argument) == (name, argument)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "menunggu"),
        ({"state": "in_work", "fee": 5_000, "postage": 1_000}, "dikerjakan · Rp6.000"),
        (
            {"state": "ready", "stored_file": "a", "until": date(2026, 3, 9)},
            "dapat dibaca sampai Sen 9 Mar 2026, https://perpus.example/my/article-requests/{pk}/file",
        ),
        (
            {"state": "ready", "way": "pickup", "until": date(2026, 3, 9)},
            "menunggu di Perpustakaan Pusat sampai Sen 9 Mar 2026",
        ),
        (
            {"state": "refused", "reason": "Terlalu banyak", "closed_at": MONDAY},
            "ditolak: Terlalu banyak",
        ),
    ],
)
def test_a_request_is_told_in_a_few_words(ani, pusat, settings, facts, line):
    settings.SITE_URL = "https://perpus.example"
    pickup = {"pickup_branch": pusat} if facts.get("way") == "pickup" else {}
    asked = ArticleRequestFactory(member=ani, branch=pusat, **facts, **pickup)
    told = state_line(asked)
    assert told == line.format(pk=asked.pk)
    assert told in requests(said(ani)).text


def test_without_a_title_it_is_asked_for_and_without_an_address_the_page_is_named(ani, pusat, rule, settings):
    settings.SITE_URL = ""
    assert isinstance(ask(said(ani)), Inquire)
    assert ask(said(ani, arguments="ekonomi mikro")) == Say("cari ekonomi mikro")
    assert "tidak ada di daftar terakhir" in ask(said(ani, arguments="7")).text
    assert isinstance(ask(said(ani, subject="r999999")), Inquire)
    change_rule(rule, article_scope="yes", by=None)
    told = ask(said(ani, subject=f"r{ItemFactory().record_id}")).text
    assert told.endswith("di halaman judul itu di situs perpustakaan.")
    assert "Biaya" not in told
