"""Who writes in a chat is known by proof alone, and the link ends when either side, or the law, says so."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import Fee
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain import channel_links
from lumbung.members.domain.privacy import requests
from lumbung.members.models import ChannelLink, LinkAttempt, LinkCode, Member
from lumbung.members.queries.channel_links import member_behind, notice_identities
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.domain.identities import opt_out
from lumbung.messaging.models import Delivery, Identity
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.reactions.channel_linked_letter import channel_linked_letter
from tests.chatting import MONDAY, Chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani() -> Member:
    """Ani owes five thousand and has "Bumi manusia"."""
    LibraryFactory()
    LoanRuleFactory()
    ani = MemberFactory(
        name="Ani Saraswati", barcode="K1", phone="+6281234567890", email="ani@kampus.example", user=UserFactory(username="ani")
    )
    with clock.stopped_at(MONDAY - timedelta(days=2)):
        item = ItemFactory(record__title="Bumi manusia")
        check_out(item, to=ani, at=item.branch, by=None)
        charge(ani, Fee.Kinds.OTHER, 5000, by=None, branch=item.branch)
    return ani


@pytest.fixture
def budi() -> Member:
    return MemberFactory(name="Budi Santoso", barcode="K2", user=UserFactory(username="budi"))


def browser_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def code_of(member: Member) -> str:
    with clock.stopped_at(MONDAY):
        page = browser_of(member).post("/my/channels/code").content.decode()
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert found
    return found[0]


def linked(member: Member) -> Chat:
    chat = Chat(name=member.name)
    assert chat.ask(f"hubungkan {code_of(member)}").startswith("Terhubung")
    return chat


@pytest.mark.requirement("R343")
def test_a_code_shown_on_my_library_and_sent_from_the_chat_links_them(ani: Member, budi: Member):
    chat = linked(ani)
    assert member_behind(chat.identity) == ani
    assert chat.ask("pinjaman").startswith("Pinjaman Kakak:\n\n1. Bumi manusia\n   kembali ")
    assert chat.ask("denda").startswith("Yang harus dibayar: Rp5.000.\n")
    assert "Bumi manusia" not in linked(budi).ask("pinjaman")
    shown = browser_of(ani).get("/my/channels").content.decode()
    assert "Ani Saraswati" in shown
    assert "Kode dari situs" in shown
    assert "Ani Saraswati" not in browser_of(budi).get("/my/channels").content.decode()


@pytest.mark.parametrize(
    "words", ["denda saya brp ya NIM 2011045", "pinjaman saya apa aja kak? NIM K1", "Ani, hp 081234567890, cek denda"]
)
def test_a_number_proves_nothing(ani: Member, words: str):
    chat = Chat(name="Ani Saraswati")
    Identity.objects.filter(pk=chat.identity.pk).update(phone="+6281234567890")
    answer = chat.ask(words)
    assert "Nomor telepon atau NIM saja tidak cukup" in answer
    assert "5.000" not in answer
    assert "Bumi manusia" not in answer


def test_a_code_serves_once_for_a_quarter_of_an_hour_and_an_older_one_not_at_all(ani: Member):
    first, second = code_of(ani), code_of(ani)
    assert "Kode itu salah" in Chat().ask(f"hubungkan {first}")
    assert "Kode itu salah" in Chat().ask(f"hubungkan {second}", at=MONDAY + timedelta(minutes=16))
    third = code_of(ani)
    assert Chat().ask(f"hubungkan {third.lower().replace('-', ' ')}").startswith("Terhubung")
    assert "Kode itu salah" in Chat().ask(f"hubungkan {third}")


def test_who_guesses_codes_is_not_listened_to_for_an_hour_not_even_with_the_right_one(ani: Member):
    chat, code = Chat(), code_of(ani)
    for _ in range(5):
        assert "Kode itu salah" in chat.ask("hubungkan AAAA-2222")
    assert "Sudah 5 kali kode yang salah" in chat.ask(f"hubungkan {code}")
    assert ChannelLink.objects.count() == 0
    later = MONDAY + timedelta(hours=2)
    with clock.stopped_at(later):
        fresh = channel_links.make_code(ani, by=ani.user)
    assert chat.ask(f"hubungkan {fresh}", at=later).startswith("Terhubung")


def test_six_codes_an_hour_are_enough(ani: Member):
    with clock.stopped_at(MONDAY):
        for _ in range(6):
            channel_links.make_code(ani, by=ani.user)
        with pytest.raises(Refused) as refused:
            channel_links.make_code(ani, by=ani.user)
    assert refused.value.codes == ["link_codes_too_many"]


def page_in(answer: str) -> str:
    found = re.search(r"https://perpus\.example(/my/channels/link/\S+)", answer)
    assert found
    return found[1]


def test_a_link_given_in_the_chat_is_opened_signed_in_and_agreed_to(ani: Member, budi: Member, settings):
    settings.SITE_URL = "https://perpus.example"
    chat = Chat(name="Ani S")
    page = page_in(chat.ask("hubungkan"))
    assert Client().get(page).url.startswith("/accounts/login/")
    with clock.stopped_at(MONDAY + timedelta(minutes=5)):
        browser = browser_of(ani)
        assert "Ani S" in browser.get(page).content.decode()
        assert member_behind(chat.identity) is None
        browser.post(page, {})
        assert member_behind(chat.identity) is None
        assert browser.post(page, {"mine": "on"}).url == "/my/channels"
        assert member_behind(chat.identity) == ani
        assert browser_of(budi).post(page, {"mine": "on"}).status_code == 409
    assert ChannelLink.objects.get().proof == "page"


def test_a_link_from_the_chat_that_is_old_or_forged_links_nothing(ani: Member, settings):
    settings.SITE_URL = "https://perpus.example"
    page = page_in(Chat().ask("hubungkan"))
    browser = browser_of(ani)
    with clock.stopped_at(MONDAY + timedelta(minutes=31)):
        assert "Tautan ini sudah tidak berlaku" in browser.get(page).content.decode()
    with clock.stopped_at(MONDAY):
        assert "Tautan ini sudah tidak berlaku" in browser.get(f"{page}x").content.decode()


def test_a_chat_linked_to_one_is_not_taken_over_by_another(ani: Member, budi: Member):
    chat = linked(ani)
    assert "terhubung dengan akun perpustakaan lain" in chat.ask(f"hubungkan {code_of(budi)}")
    assert member_behind(chat.identity) == ani


def test_either_side_takes_the_link_away_and_nothing_of_it_is_remembered(ani: Member, budi: Member):
    chat = linked(ani)
    chat.ask("pinjaman")
    key = ChannelLink.objects.get().pk
    assert browser_of(budi).delete(f"/my/channels/{key}").status_code == 404
    assert browser_of(ani).delete(f"/my/channels/{key}").status_code == 302
    assert "perlu yakin siapa Kakak" in chat.ask("pinjaman")
    assert "Bumi manusia" not in chat.ask("1")
    other = linked(ani)
    assert other.ask("putuskan").startswith("Chat ini sudah diputuskan")
    assert member_behind(other.identity) is None
    assert sorted(ChannelLink.objects.values_list("ended_by", flat=True)) == ["chat", "member"]
    names = JournalEntry.objects.filter(name__startswith="Channel").values_list("name", "channel")
    assert ("ChannelUnlinked", "chat") in names


def test_a_link_does_not_outlive_the_member_or_their_account(ani: Member, budi: Member):
    chat = linked(budi)
    requests.erase(budi, by=None)
    assert member_behind(chat.identity) is None
    assert (ChannelLink.objects.count(), LinkCode.objects.count()) == (0, 0)
    hers = linked(ani)
    ani.user.is_active = False
    ani.user.save()
    assert member_behind(hers.identity) is None


@pytest.mark.requirement("R219")
def test_a_member_says_where_notices_go_and_stop_from_there_ends_them(ani: Member):
    first, second = linked(ani), linked(ani)
    assert notice_identities(ani) == []
    browser = browser_of(ani)
    one, two = ChannelLink.objects.order_by("pk")
    browser.post(f"/my/channels/{one.pk}", {"notices": "on", "preferred": "on"})
    browser.post(f"/my/channels/{two.pk}", {"notices": "on", "preferred": "on"})
    assert notice_identities(ani) == [second.identity, first.identity]
    opt_out(second.identity)
    assert notice_identities(ani) == [first.identity]
    assert "dikirim BERHENTI pada" in browser.get("/my/channels").content.decode()
    browser.post(f"/my/channels/{one.pk}", {})
    assert notice_identities(ani) == []


def test_whose_account_was_linked_is_told_by_e_mail_once(ani: Member):
    linked(ani)
    entry = JournalEntry.objects.get(name="ChannelLinked")
    channel_linked_letter(entry)
    channel_linked_letter(entry)
    letter = Delivery.objects.get(code="channel_linked")
    assert letter.address == "ani@kampus.example"
    assert "Bukan Anda yang melakukannya?" in letter.body


def test_codes_and_wrong_tries_are_forgotten_the_next_day(ani: Member):
    Chat().ask("hubungkan AAAA-2222")
    code_of(ani)
    with clock.stopped_at(MONDAY + timedelta(hours=25)):
        assert channel_links.forget_attempts() == 2
    assert (LinkAttempt.objects.count(), LinkCode.objects.count()) == (0, 0)


def test_who_is_signed_in_on_the_site_need_prove_no_more_until_they_sign_out(ani: Member):
    chat = Chat()
    assert "Bumi manusia" in chat.ask("pinjaman", user=ani.user.pk)
    assert "perlu yakin siapa Kakak" in chat.ask("pinjaman")
