"""A complaint told over a channel is the head's alone, with all that follows it, whatever else is open with that side."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.complaining import take_complaint
from lumbung.desk.domain.handing import give_back, pass_to_head
from lumbung.desk.domain.hearing import decide, take_up
from lumbung.desk.domain.requests import request_service
from lumbung.desk.domain.turns import words_of
from lumbung.desk.models import Conversation, KnownAnswer, Turn
from lumbung.desk.queries import conversations_visible_to, found
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.chat import model
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.reactions.answer_in_chat import answer_in_chat
from lumbung.reactions.desk import chat_answered, person_wanted

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
FOLLOW = {"MessageLeftToChat": answer_in_chat, "PersonWanted": person_wanted, "ChatAnsweredBeside": chat_answered}


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def asker():
    return web_identity(name="Dewi")


@pytest.fixture
def head(with_role):
    return with_role("head")


def writes(asker, text, *, after=0, **more):
    """Something comes in so many minutes after noon, and all that follows from it happens. What is answered to it."""
    with clock.stopped_at(NOON + timedelta(minutes=after)):
        seen = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        incoming = hear(asker, text, **more)
        decide(incoming)
        while entry := JournalEntry.objects.filter(name__in=FOLLOW, pk__gt=seen).order_by("pk").first():
            FOLLOW[entry.name](entry)
            seen = entry.pk
    return "\n".join(incoming.replies.order_by("pk").values_list("body", flat=True))


def told(*, complaint):
    """What the asker said in their conversations of this kind."""
    rows = Turn.objects.filter(conversation__is_complaint=complaint, kind="question").order_by("pk")
    return list(rows.values_list("text", flat=True))


def says(user, text, *, complaint, after):
    with clock.stopped_at(NOON + timedelta(minutes=after)):
        conversation = Conversation.objects.get(is_complaint=complaint, state="open")
        answer(conversation, text, seen=Turn.objects.latest("pk").pk, by=user)


def test_a_complaint_beside_an_open_question_is_a_conversation_of_its_own_with_what_follows_it(
    asker, head, sari, client, signed_in
):
    writes(asker, "petugas")
    writes(asker, "Ada buku perawatan luka?", after=1)
    says(sari, "Ada, di lantai 2.", complaint=False, after=2)
    said = writes(asker, "saya mau mengadu, petugas pagi kasar", after=3)
    assert "hanya kepala perpustakaan yang membacanya" in said
    assert writes(asker, "Saya dibentak di depan orang banyak", after=4) == ""
    assert told(complaint=False) == ["petugas", "Ada buku perawatan luka?"]
    assert told(complaint=True) == ["saya mau mengadu, petugas pagi kasar", "Saya dibentak di depan orang banyak"]
    assert (found("dibentak", sari), len(found("dibentak", head))) == ([], 1)
    complaint = Conversation.objects.get(is_complaint=True)
    assert (complaint.assignee, complaint.waiting_since is not None, complaint.channel) == (None, True, "web")
    desk = signed_in(client, sari)
    assert desk.get(reverse("desk:conversation", args=[complaint.pk])).status_code == 404
    page = signed_in(client, head).get(reverse("desk:conversation", args=[complaint.pk])).content.decode()
    assert "Saya dibentak di depan orang banyak" in page
    assert "hanya kepala perpustakaan yang membacanya" in page


def test_the_head_answers_where_it_was_told_and_what_is_said_to_that_is_the_heads_too(asker, head, sari):
    writes(asker, "mengadu petugas pagi kasar")
    says(head, "Terima kasih sudah menyampaikan. Kapan itu?", complaint=True, after=90)
    assert writes(asker, "Senin pukul delapan, Bu", after=300) == ""
    assert told(complaint=True) == ["mengadu petugas pagi kasar", "Senin pukul delapan, Bu"]
    assert not conversations_visible_to(sari).exists()


def test_once_the_head_has_answered_what_the_chat_understands_is_a_question_again(asker, head, sari):
    writes(asker, "mengadu petugas pagi kasar")
    says(head, "Terima kasih sudah menyampaikan.", complaint=True, after=5)
    KnownAnswer.objects.create(
        question="Bolehkah membawa makanan?",
        text="Boleh di kantin lantai 1.",
        words=words_of("Bolehkah membawa makanan?"),
        source="Tata tertib",
        state="reviewed",
        reviewer=sari,
        reviewed_on=NOON.date(),
        valid_until=NOON.date() + timedelta(days=30),
        written_by=head,
    )
    assert writes(asker, "boleh membawa makanan gak?", after=6).startswith("Boleh di kantin lantai 1.")
    assert "yakin siapa Kakak" in writes(asker, "kalau denda saya ada berapa sekarang", after=7)
    assert writes(asker, "Yang pagi itu namanya siapa saya tidak tahu", after=8) == ""
    assert told(complaint=True) == ["mengadu petugas pagi kasar", "Yang pagi itu namanya siapa saya tidak tahu"]


def test_a_command_is_answered_while_a_complaint_is_told_and_stands_outside_it(asker, head):
    writes(asker, "mau komplain soal petugas tadi pagi")
    assert "Tutup" in writes(asker, "jam", after=1) or "buka" in writes(asker, "jam", after=1)
    writes(asker, "petugas", after=2)
    assert told(complaint=True) == ["mau komplain soal petugas tadi pagi"]
    assert told(complaint=False)[-1] == "petugas"


def test_what_nobody_understands_long_after_goes_to_the_head_too_where_nothing_else_is_open(asker, sari):
    writes(asker, "mengadu petugas pagi kasar")
    said = writes(asker, "sdh diproses blm yg kmrn itu ke bu kepala?", after=600)
    assert ("teruskan" in said, sari.name in said) == (True, False)
    assert told(complaint=True) == ["mengadu petugas pagi kasar", "sdh diproses blm yg kmrn itu ke bu kepala?"]
    assert told(complaint=False) == []


def test_until_it_is_answered_later_words_are_the_heads_too_whatever_question_is_open(asker, sari):
    writes(asker, "petugas")
    writes(asker, "Ada buku perawatan luka?", after=1)
    assert "Sampai dijawab" in writes(asker, "saya mau mengadu, petugas pagi kasar", after=2)
    says(sari, "Ada, di lantai 2.", complaint=False, after=50)
    writes(asker, "Dia juga menghina saya di depan teman", after=55)
    assert told(complaint=False) == ["petugas", "Ada buku perawatan luka?"]
    assert told(complaint=True) == ["saya mau mengadu, petugas pagi kasar", "Dia juga menghina saya di depan teman"]
    writes(asker, "petugas", after=90)
    writes(asker, "Apakah bukunya boleh dibawa pulang ya", after=91)
    assert told(complaint=False) == ["petugas", "Ada buku perawatan luka?", "petugas", "Apakah bukunya boleh dibawa pulang ya"]


def test_a_librarians_question_is_answered_to_the_librarian_once_the_complaint_rests(asker, sari):
    writes(asker, "mengadu petugas pagi kasar")
    writes(asker, "petugas", after=40)
    says(sari, "Buku edisi berapa, Kak?", complaint=False, after=45)
    writes(asker, "edisi yang paling baru saja", after=46)
    assert told(complaint=False) == ["petugas", "edisi yang paling baru saja"]


@pytest.mark.parametrize("text", ["cara menyampaikan pengaduan gimana ya", "how do I make a complaint?"])
def test_who_asks_how_to_complain_is_told_and_complains_of_nothing_yet(asker, text, settings):
    settings.SITE_URL = "https://perpus.example"
    said = writes(asker, text)
    assert "https://perpus.example/complaint" in said
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "buku tentang keluhan pasien",
        "skripsi kepuasan dan keluhan pelanggan",
        "tidak jadi komplain",
        "keluhan muskuloskeletal pada perawat",
        "ada referensi keluhan MSDs?",
        "complaint handling rumah sakit",
        "pengaduan mahasiswa berbasis web",
    ],
)
def test_a_title_about_complaints_is_none(asker, text):
    writes(asker, text)
    assert told(complaint=True) == []


def test_what_a_model_takes_for_one_goes_to_the_head_and_leaves_what_it_stood_in(asker, sari, monkeypatch):
    monkeypatch.setattr(model, "chosen", lambda text, _offered: "complaint" if "judes" in text else "")
    writes(asker, "petugas")
    writes(asker, "mbak yang di depan judes banget, aku sampai nangis", after=1)
    assert told(complaint=True) == ["mbak yang di depan judes banget, aku sampai nangis"]
    [question] = conversations_visible_to(sari)
    assert (str(question), told(complaint=False)) == ("petugas", ["petugas"])
    assert found("judes", sari) == []


def test_a_question_that_says_nothing_but_a_complaint_becomes_one_whole(asker, sari):
    conversation = take_up(hear(asker, "orang di meja depan judes banget"))
    assert take_complaint(Turn.objects.get().incoming) == conversation
    assert not conversations_visible_to(sari).exists()
    assert take_complaint(Turn.objects.get().incoming) == conversation


def test_a_question_passed_to_the_head_joins_what_that_side_complained_of_already(asker, sari, head):
    writes(asker, "mengadu petugas pagi kasar")
    writes(asker, "petugas", after=40)
    pass_to_head(Conversation.objects.get(is_complaint=False), by=sari)
    [complaint] = conversations_visible_to(head).filter(state="open")
    assert [turn.text for turn in complaint.turns.filter(kind="question").order_by("at", "pk")] == [
        "mengadu petugas pagi kasar",
        "petugas",
    ]
    assert not conversations_visible_to(sari).exists()


def test_the_head_gives_back_what_was_heard_as_a_complaint_and_is_none(asker, head, sari, client, signed_in):
    writes(asker, "komplain itu bahasa Inggrisnya apa ya?")
    complaint = Conversation.objects.get(is_complaint=True)
    page, back = (reverse(f"desk:{name}", args=[complaint.pk]) for name in ("conversation", "to_desk"))
    assert signed_in(client, sari).post(back).status_code == 404
    assert "Bukan pengaduan" in signed_in(client, head).get(page).content.decode()
    client.post(back)
    assert "komplain itu bahasa Inggrisnya" in signed_in(client, sari).get(page).content.decode()
    assert [entry.data for entry in JournalEntry.objects.filter(name="ComplaintGivenBack")] == [{"conversation": complaint.pk}]


def test_what_is_given_back_joins_the_question_that_is_open(asker, head, sari):
    writes(asker, "petugas")
    writes(asker, "mengadu petugas pagi kasar", after=1)
    give_back(Conversation.objects.get(is_complaint=True), by=head)
    [question] = conversations_visible_to(sari).filter(state="open")
    assert [turn.text for turn in question.turns.filter(kind="question").order_by("pk")] == [
        "petugas",
        "mengadu petugas pagi kasar",
    ]


def test_what_was_written_in_confidence_and_what_is_closed_is_not_given_back(ani, head):
    written = request_service("Petugas kasar", service=None, member=ani, complaint=True)
    Conversation.objects.filter(pk=written.pk).update(state="closed", closed_at=NOON, waiting_since=None, outcome="answered")
    with pytest.raises(Refused) as refused:
        give_back(written, by=head)
    assert refused.value.codes == ["conversation_closed", "told_in_confidence"]


def test_what_a_group_reads_is_no_complaint_in_confidence(asker):
    incoming = hear(asker, "mengadu petugas pagi kasar")
    incoming.identity.is_group = True
    decide(incoming)
    assert take_complaint(incoming) is None
    assert not Conversation.objects.exists()
