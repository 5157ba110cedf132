"""A complaint is the head's alone: in every list, search, figure, table, panel, journal page and file."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lumbung.desk import queries
from lumbung.desk.domain.course import claim
from lumbung.desk.domain.handing import hand_over, pass_to_head
from lumbung.desk.domain.hearing import take_up
from lumbung.desk.domain.needs import follow_need
from lumbung.desk.domain.notes import add_note
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Conversation
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.chat.answering import answer as answer_in_chat
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
WORDS = "Petugas pagi membentak saya"


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def head(with_role):
    return with_role("head")


@pytest.fixture
def complaint(ani):
    return request_service(WORDS, service=None, member=ani, complaint=True)


@pytest.mark.parametrize("roles", [("librarian",), ("circulation",), ("admin",), ("librarian", "admin"), ("cataloguer",)])
def test_no_page_of_the_desk_tells_of_it_to_anybody_but_the_head(client, complaint, ani, with_role, signed_in, roles):
    other = signed_in(client, with_role(*roles))
    lists = [reverse(f"desk:{name}") for name in ("inbox", "needs", "answers", "figures", "appointments")]
    lists += [f"{lists[0]}?queue={queue}" for queue in queries.QUEUES] + [f"{lists[0]}?q=membentak", f"{lists[0]}?q=Ani"]
    assert not [page for page in lists if WORDS in other.get(page).content.decode()]
    assert WORDS not in other.get(reverse("members:member", args=[ani.pk])).content.decode()
    paths = ("conversation", "news", "titles")
    acts = (
        "answer",
        "note",
        "description",
        "claim",
        "spam",
        "words",
        "bundle_new",
        "need",
        "hand_over",
        "team_of",
        "snooze",
        "split",
    )
    told = [other.get(reverse(f"desk:{name}", args=[complaint.pk])).status_code for name in paths]
    told += [other.post(reverse(f"desk:{name}", args=[complaint.pk])).status_code for name in acts]
    assert set(told) <= {403, 404}
    other.post(reverse("desk:bulk"), {"act": "claim", "pk": complaint.pk})
    assert Conversation.objects.get(pk=complaint.pk).assignee is None


def test_the_register_of_complaints_is_the_heads_alone(client, complaint, head, sari, ani, signed_in):
    Conversation.objects.filter(pk=complaint.pk).update(first_answered_at=clock.now(), first_took=12, answered_late=True)
    today = clock.today(timezone.get_current_timezone()).isoformat()
    register = reverse("desk:figures_table", args=["pengaduan"])
    sent = signed_in(client, head).get(register, {"first": today, "last": today})
    _names, row = load_workbook(io.BytesIO(sent.content)).active.iter_rows(values_only=True)
    assert (int(row[0]), row[6], row[7], int(row[9]), row[10]) == (complaint.pk, ani.name, "Terbuka", 12, "ya")
    assert register in client.get(reverse("desk:figures")).content.decode()
    desk = signed_in(client, sari)
    assert desk.get(register).status_code == 404
    assert register not in desk.get(reverse("desk:figures")).content.decode()


def test_tables_count_it_and_do_not_tell_it(client, complaint, head, sari, signed_in):
    today = clock.today(timezone.get_current_timezone()).isoformat()
    for user in (head, sari):
        desk = signed_in(client, user)
        for name in ("log", "rekap"):
            sent = desk.get(reverse("desk:figures_table", args=[name]), {"first": today, "last": today})
            rows = load_workbook(io.BytesIO(sent.content)).active.iter_rows(values_only=True)
            assert not [cell for row in rows for cell in row if WORDS in str(cell)]
        assert desk.get(reverse("desk:figures")).context["figures"].complaints == 1


def test_the_journal_holds_no_word_of_it(complaint, head):
    add_note(complaint, "Sudah saya panggil petugasnya", by=head)
    told = " ".join(str(entry.data) for entry in JournalEntry.objects.all())
    assert ("membentak" in told, "panggil" in told) == (False, False)


def test_it_is_not_handed_to_whoever_may_not_see_it_and_a_note_calls_nobody_in(complaint, head, sari):
    with pytest.raises(Refused) as refused:
        hand_over(complaint, sari, "Tolong", by=head)
    assert refused.value.codes == ["not_at_the_desk"]
    add_note(complaint, "@sari lihat ini", by=head)
    assert not queries.mentions_of(sari).exists()


def test_a_question_that_turns_out_to_be_a_complaint_leaves_every_list_but_the_heads(client, head, sari, signed_in):
    conversation = take_up(hear(web_identity(), WORDS))
    claim(conversation, by=sari)
    add_note(conversation, "@sari ingat ini", by=head)
    follow_need(conversation, way="notify", wanted=WORDS, by=sari)
    desk = signed_in(client, sari)
    assert desk.post(reverse("desk:to_head", args=[conversation.pk])).status_code == 302
    conversation.refresh_from_db()
    assert (conversation.is_complaint, conversation.assignee) == (True, None)
    assert WORDS not in "".join(desk.get(page).text for page in (reverse("desk:inbox"), reverse("desk:needs")))
    assert not queries.mentions_of(sari).exists()
    assert WORDS in signed_in(client, head).get(reverse("desk:conversation", args=[conversation.pk])).text
    more = hear(conversation.identity, "Dan sore juga")
    assert take_up(more) == conversation
    assert queries.found("sore", sari) == []


def test_what_a_group_reads_is_no_complaint_in_confidence(sari):
    conversation = take_up(hear(web_identity(), WORDS))
    Conversation.objects.filter(pk=conversation.pk).update(is_group=True)
    with pytest.raises(Refused) as refused:
        pass_to_head(conversation, by=sari)
    assert refused.value.codes == ["groups_complain_openly"]


def test_a_member_may_complain_without_a_name_and_is_asked_what_happened(client, ani, signed_in, head):
    member = signed_in(client, ani.user)
    page = member.get(reverse("desk:complain")).content.decode()
    assert ("Apa yang terjadi?" in page, "kecuali Anda memilih tanpa nama" in page) == (True, True)
    member.post(reverse("desk:complain"), {"text": WORDS, "nameless": "on"})
    member.post(reverse("desk:complain"), {"text": WORDS})
    nameless, named = Conversation.objects.order_by("pk")
    assert [(each.member, each.asker_name, each.is_complaint) for each in (nameless, named)] == [
        (None, "", True),
        (ani, "", True),
    ]
    assert ani.name not in signed_in(client, head).get(reverse("desk:conversation", args=[nameless.pk])).content.decode()


def test_a_member_without_mail_is_told_so_and_says_how_to_reach_them(client, ani, signed_in, sari):
    page, member = reverse("desk:ask"), signed_in(client, ani.user)
    assert "dikirim ke surel Anda" in member.get(page).content.decode()
    type(ani).objects.update(email="")
    shown = member.get(page).content.decode()
    assert ("dikirim ke surel Anda" in shown, "Surel Anda belum tercatat" in shown, 'name="contact"' in shown) == (
        False,
        True,
        True,
    )
    member.post(page, {"text": "Adakah jurnal padi?", "contact": "0811"})
    asked = Conversation.objects.get()
    told = signed_in(client, sari).get(reverse("desk:conversation", args=[asked.pk])).content.decode()
    assert ("Tidak ada surel penanya" in told, "0811" in told) == (True, True)


def test_who_wants_to_complain_in_chat_is_led_to_the_page_of_the_head_before_anybody_reads_it(settings):
    settings.SITE_URL = "https://perpus.example"
    asker = web_identity()
    for text in ("saya mau mengadu, petugas pagi kasar", "pengaduan", "I want to complain about a librarian"):
        said = hear(asker, text)
        answer_in_chat(said.pk)
        [told] = said.replies.values_list("body", flat=True)
        assert "https://perpus.example/complaint" in told
    assert not JournalEntry.objects.filter(name="PersonWanted").exists()
