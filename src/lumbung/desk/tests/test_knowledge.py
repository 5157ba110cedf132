"""Phrases, answers the library stands for, personal data taken out, and titles with holds in an answer."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.desk import queries
from lumbung.desk.domain.hearing import take_up
from lumbung.desk.domain.known_answers import (
    change_answer,
    draft_answer,
    draft_of,
    propose_as_article,
    put_back_answer,
    review_answer,
    withdraw_answer,
)
from lumbung.desk.domain.phrases import add_phrase, change_phrase, filled_in
from lumbung.desk.domain.redaction import without_personal_data
from lumbung.desk.models import KnownAnswer, Phrase, Turn
from lumbung.desk.tests.factories import ConversationFactory, TurnFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
NEXT_YEAR = date(2027, 11, 23)
FACTS = {
    "question": "Bagaimana memperpanjang pinjaman?",
    "text": "Dari halaman Saya, sekali 7 hari.",
    "source": "Peraturan pasal 5",
}


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def rina(with_role):
    return with_role("librarian")


def test_an_answer_is_reviewed_by_another_with_a_source_and_a_last_day(sari, rina):
    with clock.stopped_at(MONDAY):
        known = draft_answer(by=sari, **{**FACTS, "source": ""})
        with pytest.raises(Refused) as refused:
            review_answer(known, valid_until=date(2026, 11, 23), by=sari)
        assert refused.value.codes == ["reviews_own", "answer_source_empty", "answer_holds_not"]
        known = review_answer(change_answer(known, source="Peraturan pasal 5", by=sari), valid_until=NEXT_YEAR, by=rina)
        assert (known.state, known.reviewer, known.reviewed_on) == ("reviewed", rina, date(2026, 11, 23))
        assert queries.answers_for("cara perpanjangan pinjaman buku", "id") == [known]
        assert queries.answers_for("cara perpanjangan pinjaman buku", "en") == []
        assert queries.answers_for("jam buka", "id") == []
        propose_as_article(known, by=sari)
        assert JournalEntry.objects.get(name="AnswerProposedAsArticle").data == {
            "known_answer": known.pk, "question": known.question, "text": known.text, "source": known.source,
            "language": "id", "reviewer": known.reviewer_id, "valid_until": known.valid_until.isoformat(),
        }  # fmt: skip
    with clock.stopped_at(datetime(2027, 11, 24, tzinfo=UTC)):
        assert queries.answers_for("cara perpanjangan pinjaman buku", "id") == []
        with pytest.raises(Refused) as refused:
            propose_as_article(known, by=sari)
        assert refused.value.codes == ["answer_not_reviewed"]


def test_what_is_changed_is_reviewed_again_and_what_is_withdrawn_is_given_to_nobody(sari, rina):
    known = review_answer(draft_answer(by=sari, **FACTS), valid_until=date(2099, 1, 1), by=rina)
    assert change_answer(known, text="Dua kali.", by=rina).state == "draft"
    assert queries.answers_for("perpanjang pinjaman", "id") == []
    again = review_answer(known, valid_until=date(2099, 1, 1), by=sari)
    assert withdraw_answer(again, by=sari).state == "withdrawn"
    assert queries.answers_for("memperpanjang pinjaman", "id") == []
    told = JournalEntry.objects.filter(name__in=("AnswerDrafted", "AnswerReviewed")).count()
    assert put_back_answer(again, by=rina).reviewer == sari
    assert queries.answers_for("memperpanjang pinjaman", "id") == [known]
    draft = withdraw_answer(draft_answer(by=sari, **{**FACTS, "question": "Denda berapa?"}), by=rina)
    assert [put_back_answer(draft, by=rina).state for _ in range(2)] == ["draft", "draft"]
    back = [entry.data["known_answer"] for entry in JournalEntry.objects.filter(name="AnswerPutBack").order_by("pk")]
    assert back == [known.pk, draft.pk], "nobody reviewed or drafted it again"
    assert JournalEntry.objects.filter(name__in=("AnswerDrafted", "AnswerReviewed")).count() == told + 1


def test_personal_data_is_taken_out_before_anything_becomes_public(sari, ani):
    conversation = TurnFactory(
        conversation__member=ani, text="Saya Ani, NIM 2110123456, WA 0812-3456-7890, ani@x.ac.id. Buku 2019?"
    ).conversation
    TurnFactory(conversation=conversation, kind="answer", by=sari, text="Halo Ani, terbit 2018-2019. Kartu M-ANI.")
    told = draft_of(conversation)
    assert told == {
        "question": "Saya ▒▒▒, NIM ▒▒▒, WA ▒▒▒, ▒▒▒. Buku 2019?",
        "text": "Halo ▒▒▒, terbit 2018-2019. Kartu ▒▒▒.",
    }
    with pytest.raises(Refused) as refused:
        draft_answer(conversation=conversation, by=sari, **{**FACTS, "text": "Ani sudah tahu"})
    assert refused.value.codes == ["personal_data_left"]
    assert without_personal_data("Rak 330.9 di lantai 2, @perpus_kampus") == "Rak 330.9 di lantai 2, ▒▒▒"


def test_phrases_are_filled_in_and_ten_have_a_key(sari, ani):
    phrase = add_phrase(title="Salam", text="Halo Kak {nama}, saya {petugas} dari {perpustakaan}. {lain}", position=1, by=sari)
    conversation = ConversationFactory(member=ani)
    assert filled_in(phrase, conversation, by=sari) == (
        "Halo Kak Ani, saya Sari Wulandari dari Perpustakaan Universitas Nusantara. {lain}"
    )
    with pytest.raises(Refused) as refused:
        add_phrase(title="salam", text="", position=1, by=sari)
    assert refused.value.codes == ["phrase_empty", "phrase_title_taken", "phrase_key_taken"]
    for no_key in (0, 11):
        with pytest.raises(Refused) as refused:
            change_phrase(phrase, position=no_key, by=sari)
        assert refused.value.codes == ["phrase_key_unknown"]
    assert change_phrase(phrase, is_active=False, by=sari).is_active is False
    assert not queries.phrases().exists()


def test_titles_come_into_the_answer_with_availability_and_a_hold_needs_a_member(client, sari, signed_in):
    item = an_item(a_record("Ekonomi mikro"))
    asker = web_identity()
    conversation = take_up(hear(asker, "Ada buku ekonomi mikro?"))
    desk = signed_in(client, sari)
    words = reverse("desk:words", args=[conversation.pk])
    page = desk.post(words, {"text": "Halo Kak,", "title": item.record.pk}, headers={"HX-Request": "true"}).content.decode()
    assert "Ekonomi mikro" in page
    assert "tersedia 1" in page
    seen = Turn.objects.latest("pk").pk
    desk.post(
        reverse("desk:answer", args=[conversation.pk]),
        {"text": "Ekonomi mikro, tersedia 1", "seen": seen, "titles": str(item.record.pk)},
    )
    assert Turn.objects.latest("pk").titles == [item.record.pk]
    hold = reverse("desk:hold", args=[conversation.pk])
    assert "belum dikenal sebagai anggota" in desk.post(hold, {"record": item.record.pk}, follow=True).content.decode()


def test_a_phrase_and_a_reviewed_answer_come_with_one_press_and_are_counted(client, sari, rina, signed_in):
    phrase = add_phrase(title="Salam", text="Halo!", position=1, by=sari)
    known = review_answer(draft_answer(by=sari, **FACTS), valid_until=date(2099, 1, 1), by=rina)
    conversation = take_up(hear(web_identity(), "Bagaimana cara memperpanjang pinjaman?"))
    desk = signed_in(client, sari)
    shown = desk.get(reverse("desk:conversation", args=[conversation.pk])).content.decode()
    assert all(each in shown for each in ('data-key="1"', "Bagaimana memperpanjang pinjaman?"))
    page = desk.post(reverse("desk:words", args=[conversation.pk]), {"phrase": phrase.pk, "known": known.pk})
    assert page.context["answer_form"].initial["text"] == (
        "Halo!\n\nDari halaman Saya, sekali 7 hari.\nSumber: Peraturan pasal 5"
    )
    assert (Phrase.objects.get().uses, KnownAnswer.objects.get().uses, Delivery.objects.count()) == (1, 1, 0)


def test_the_pages_of_answers_and_phrases(client, sari, rina, ani, signed_in, with_role):
    conversation = TurnFactory(text="Jam buka?").conversation
    desk = signed_in(client, sari)
    new = f"{reverse('desk:answer_new')}?from={conversation.pk}"
    assert "Jam buka?" in desk.get(new).content.decode()
    desk.post(new, {**FACTS, "language": "id"})
    known = KnownAnswer.objects.get()
    page = reverse("desk:known_answer", args=[known.pk])
    assert desk.post(page, {**FACTS, "question": "", "language": "id"}).status_code == 422
    assert desk.post(reverse("desk:review", args=[known.pk]), {"valid_until": "2099-01-01"}).status_code == 422
    desk = signed_in(client, rina)
    desk.post(reverse("desk:review", args=[known.pk]), {"valid_until": "2099-01-01"})
    assert "Dipakai meja dan obrolan" in desk.get(page).content.decode()
    desk.post(reverse("desk:propose", args=[known.pk]))
    assert "2099" in desk.get(reverse("desk:answers")).content.decode()
    desk.post(reverse("desk:withdraw", args=[known.pk]))
    assert KnownAnswer.objects.get().state == "withdrawn"
    gone = desk.get(reverse("desk:answers")).content.decode()
    assert (known.question in gone, "?withdrawn" in gone) == (False, True)
    assert known.question in desk.get(f"{reverse('desk:answers')}?withdrawn").content.decode()
    assert "Pakai lagi" in desk.get(page).content.decode()
    desk.post(reverse("desk:withdraw", args=[known.pk]), {"back": "1"})
    assert KnownAnswer.objects.get().state == "reviewed"
    desk.post(reverse("desk:phrases"), {"title": "Salam", "text": "Halo", "position": "10", "is_active": "on"})
    desk.post(
        reverse("desk:phrase", args=[Phrase.objects.get().pk]), {"title": "Salam pagi", "text": "Halo", "is_active": "on"}
    )
    assert Phrase.objects.get().title == "Salam pagi"
    wrong = desk.post(reverse("desk:phrase", args=[Phrase.objects.get().pk]), {"title": "Salam", "text": "Halo", "position": 0})
    assert (wrong.status_code, [*wrong.context["form"].errors]) == (422, ["position"])
    pages = [reverse("desk:answers"), reverse("desk:phrases"), page]
    for user in (ani.user, with_role("cataloguer")):
        assert [signed_in(client, user).get(each).status_code for each in pages] == [403] * 3
    assert signed_in(client, with_role("circulation")).get(reverse("desk:phrases")).status_code == 403
