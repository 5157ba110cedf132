"""Questions over channels: taken up, joined, answered on the same way, and never by two at once unknowingly."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.desk import queries
from lumbung.desk.domain.answering import answer, greeting
from lumbung.desk.domain.bundles import Enclosed
from lumbung.desk.domain.course import close, describe, reopen, set_aside_as_spam
from lumbung.desk.domain.hearing import file_came, join, take_up
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock, uploads
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.models import Attachment, Delivery, Identity, Incoming
from lumbung.messaging.tests.factories import account_of, hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def asker():
    return web_identity("pengunjung", name="Dewi Lestari")


def asked(asker, text="Ada buku ekonomi mikro?", **more):
    return take_up(hear(asker, text, **more))


def test_a_message_that_wants_a_person_begins_a_conversation_and_the_next_joins_it(asker):
    conversation = asked(asker)
    assert (conversation.channel, conversation.subject, conversation.asker_name) == (
        "web",
        "Ada buku ekonomi mikro?",
        "Dewi Lestari",
    )
    again = hear(asker, "Yang bahasa Indonesia")
    assert join(again) == join(again) == take_up(again) == conversation
    assert list(Turn.objects.values_list("kind", "text")) == [
        ("question", "Ada buku ekonomi mikro?"), ("question", "Yang bahasa Indonesia"),
    ]  # fmt: skip
    assert join(hear(web_identity(), "Halo")) is None
    assert Conversation.objects.count() == 1


def test_an_answer_goes_by_the_way_the_question_came_and_ends_the_waiting(asker, sari):
    conversation = asked(asker)
    assert conversation.waiting_since is not None
    turn = answer(conversation, "Ada, tiga judul.", seen=Turn.objects.latest("pk").pk, by=sari)
    delivery = Delivery.objects.get()
    assert (turn.delivery, delivery.body, delivery.identity, delivery.purpose) == (delivery, "Ada, tiga judul.", asker, "reply")
    conversation.refresh_from_db()
    assert (conversation.waiting_since, conversation.first_answered_at is not None, conversation.assignee) == (None, True, sari)


def test_two_librarians_at_once_never_both_answer_unknowingly(asker, sari, with_role):
    rina = with_role("librarian")
    conversation = asked(asker)
    in_sight = Turn.objects.latest("pk").pk
    answer(conversation, "Sudah saya cek, ada.", seen=in_sight, by=rina)
    with pytest.raises(Refused) as refused:
        answer(conversation, "Tidak ada.", seen=in_sight, by=sari)
    assert (refused.value.codes, rina.name in str(refused.value.reasons[0])) == (["answered_meanwhile"], True)
    assert Delivery.objects.count() == 1
    answer(conversation, "Tambahan dari saya.", seen=Turn.objects.latest("pk").pk, by=sari)
    answer(conversation, "Satu lagi.", seen=in_sight + 2, by=sari)
    assert Delivery.objects.count() == 3


def test_a_closed_conversation_takes_no_answer_and_the_next_message_begins_another(asker, sari):
    conversation = asked(asker)
    describe(conversation, kind="ready", outcome="answered", by=sari)
    close(conversation, by=sari)
    with pytest.raises(Refused) as refused:
        answer(conversation, " ", seen=0, by=sari)
    assert refused.value.codes == ["conversation_closed", "answer_empty"]
    later = asked(asker, "Satu lagi")
    assert later != conversation
    with pytest.raises(Refused) as refused:
        reopen(conversation, by=sari)
    assert refused.value.codes == ["another_is_open"]


def test_what_is_deleted_or_edited_over_there_is_so_here(asker, sari):
    conversation = asked(asker, "NIM saya 12345678")
    first = conversation.turns.get().incoming
    first.text, first.deleted_at = "", clock.now()
    first.save()
    gone = first.identity.incoming.create(
        external_id="x", kind="deleted", about=first.external_id, at=clock.now(), received_at=clock.now()
    )
    join(gone)
    assert conversation.turns.get().text == ""
    assert queries.found("12345678", sari) == []


def test_abuse_is_set_aside_and_its_sender_not_heard_for_a_while(asker, sari):
    with clock.stopped_at(MONDAY):
        conversation = set_aside_as_spam(asked(asker, "PROMO SLOT"), days=7, by=sari)
        asker.refresh_from_db()
        assert (conversation.outcome, conversation.state, asker.blocked_until) == ("spam", "closed", MONDAY + timedelta(days=7))
        conversation = reopen(conversation, by=sari)
        asker.refresh_from_db()
        assert (conversation.outcome, conversation.state, asker.blocked_until) == ("", "open", None), (
            "it was a question after all"
        )


def test_who_was_set_aside_again_since_stays_unheard_when_the_earlier_is_opened_again(asker, sari):
    with clock.stopped_at(MONDAY):
        first = set_aside_as_spam(asked(asker, "PROMO SLOT"), days=7, by=sari)
    later = MONDAY + timedelta(days=8)
    with clock.stopped_at(later):
        second = set_aside_as_spam(asked(asker, "PROMO SLOT LAGI"), days=7, by=sari)
        first = reopen(first, by=sari)
        asker.refresh_from_db()
        assert (first.state, asker.blocked_until) == ("open", later + timedelta(days=7))
        close(describe(first, kind="ready", outcome="answered", by=sari), by=sari)
        reopen(second, by=sari)
        asker.refresh_from_db()
        assert asker.blocked_until is None


def test_an_answer_that_is_sent_twice_by_one_press_is_said_once(asker, sari):
    conversation = asked(asker)
    seen = conversation.turns.get().pk
    first = answer(conversation, "Ada,\r\ndi lantai 2.", seen=seen, by=sari)
    assert answer(conversation, "Ada,\r\ndi lantai 2.", seen=seen, by=sari) == first
    assert answer(conversation, "Lantai 3, maaf.", seen=seen, by=sari) != first
    assert answer(conversation, "Ada,\r\ndi lantai 2.", seen=first.pk + 5, by=sari) != first, "meant, and said again"
    assert conversation.turns.filter(kind="answer").count() == 3


def test_what_only_begins_alike_or_goes_elsewhere_or_with_a_file_is_another_answer(asker, sari):
    conversation, other = asked(asker), hear(web_identity("lain", name="Budi"), "Halo").identity
    seen = conversation.turns.get().pk
    picture = [Enclosed("denah.png", PNG)]
    texts = ("Ada, di lantai 2.", "Ada", "ada", "Ada%", "Ada")
    told = [answer(conversation, text, seen=seen, by=sari) for text in texts]
    assert (told[1] == told[4], len(set(told))) == (True, 4)
    told = [
        answer(conversation, "Ada", seen=seen, by=sari, **more) for more in ({"to": other}, {"files": picture}, {"titles": [7]})
    ]
    assert [(each.delivery.identity, bool(each.delivery.picture), each.titles) for each in told] == [
        (other, False, []), (asker, True, []), (asker, False, [7]),
    ]  # fmt: skip
    assert answer(conversation, "Denahnya", seen=seen, by=sari, files=picture) != answer(
        conversation, "Denahnya", seen=seen, by=sari
    ), "the picture went with the first alone"


def test_an_answer_that_is_far_too_long_is_refused_as_that(asker, sari):
    conversation = asked(asker)
    answer(conversation, "Ada.", seen=0, by=sari)
    with pytest.raises(Refused) as refused:
        answer(conversation, "a" * 60_000, seen=0, by=sari)
    assert refused.value.codes == ["text_too_long"]


def test_the_first_answer_begins_with_the_name(asker, ani):
    assert greeting(asked(asker)) == "Halo Kak Dewi, "
    asker.language = "en"
    asker.name = ""
    assert greeting(Conversation(identity=asker)) == "Hello, "


def test_the_page_shows_who_types_and_what_came_within_a_poll(
    client, asker, sari, with_role, signed_in, django_assert_max_num_queries
):
    rina, conversation = with_role("librarian"), asked(asker)
    page = reverse("desk:conversation", args=[conversation.pk])
    desk = signed_in(client, sari)
    state = desk.get(page).context["state"]
    news = reverse("desk:news", args=[conversation.pk])
    with django_assert_max_num_queries(5):
        assert desk.get(news, {"state": state}).status_code == 204
    signed_in(client, rina).post(reverse("desk:presence", args=[conversation.pk]), {"text": "Se"})
    desk = signed_in(client, sari)
    assert f"{rina.name} sedang menulis jawaban." in desk.get(news, {"state": state}).content.decode()
    join(hear(asker, "Masih di sana?"))
    assert "Masih di sana?" in desk.get(news, {"state": state}).content.decode()


def test_the_composer_sends_and_shows_a_colleagues_answer_first(client, asker, sari, with_role, signed_in):
    rina, conversation = with_role("librarian"), asked(asker)
    seen = Turn.objects.latest("pk").pk
    desk = signed_in(client, sari)
    address = reverse("desk:answer", args=[conversation.pk])
    answer(conversation, "Dari Rina", seen=seen, by=rina)
    page = desk.post(address, {"text": "Dari Sari", "seen": seen})
    assert page.status_code == 422
    shown = page.content.decode()
    assert all(each in shown for each in ("Dari Rina", "Dari Sari", "sudah menjawab sementara Anda menulis"))
    assert desk.post(address, {"text": "Dari Sari", "seen": page.context["seen"]}).status_code == 302
    assert [each.body for each in Delivery.objects.order_by("pk")] == ["Dari Rina", "Dari Sari"]


def test_the_inbox_asks_for_news_cheaply(client, asker, sari, signed_in, django_assert_max_num_queries):
    desk = signed_in(client, sari)
    asked(asker)
    since = desk.get(reverse("desk:inbox")).context["since"]
    news = reverse("desk:inbox_news")
    with django_assert_max_num_queries(4):
        assert desk.get(news, {"since": since}).status_code == 204
    join(hear(asker, "Halo?"))
    queries.last_change.forget()
    assert desk.get(news, {"since": since}).status_code == 200


def test_ten_thousand_messages_open_by_their_latest(client, asker, sari, signed_in):
    conversation = asked(asker)
    Turn.objects.bulk_create(
        Turn(conversation=conversation, kind="question", text=f"Pesan {n}", at=clock.now()) for n in range(10_000)
    )
    page = signed_in(client, sari).get(reverse("desk:conversation", args=[conversation.pk]))
    assert (len(page.context["turns"]), page.context["turns"][-1].text, page.context["cut"]) == (200, "Pesan 9999", True)
    assert len(page.content) < 300_000


def test_a_file_that_was_on_its_way_appears_in_the_open_conversation_and_acts_in_no_browser(asker, sari, client):
    client.force_login(sari)
    incoming = hear(asker, "ini sampulnya")
    conversation = take_up(incoming)
    page = reverse("desk:conversation", args=[conversation.pk])
    on_its_way = Attachment.objects.create(incoming=incoming, name="sampul.jpg", remote="m1")
    assert "sampul.jpg: masih diambil dari salurannya" in client.get(page).content.decode()
    seen = Conversation.objects.get().revision
    on_its_way.remote, on_its_way.kind = "", "png"
    on_its_way.stored_file = uploads.keep(PNG, kind="png", folder="messages/in").stored_file
    on_its_way.save()
    file_came(incoming.pk)
    assert Conversation.objects.get().revision == seen + 1
    address = reverse("desk:attachment", args=[conversation.pk, on_its_way.pk])
    assert f'<img class="sent-picture" src="{address}" alt="sampul.jpg"' in client.get(page).content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == PNG
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", "default-src 'none'; sandbox")
    on_its_way.stored_file, on_its_way.note = "", "expired"
    on_its_way.save()
    assert "sampul.jpg: sudah tidak ada di salurannya; mintalah dikirim lagi" in client.get(page).content.decode()


def test_the_composer_knows_what_the_way_carries_before_anything_is_written(sari, client):
    client.force_login(sari)
    account = account_of("whatsapp")
    identity = identity_of(account, "62812")
    Identity.objects.filter(pk=identity.pk).update(last_inbound_at=clock.now())
    incoming = Incoming.objects.create(
        identity=identity, external_id="w1", text="Ada?", at=clock.now(), received_at=clock.now()
    )
    conversation = take_up(incoming)
    page = reverse("desk:conversation", args=[conversation.pk])
    shown = client.get(page).content.decode()
    assert 'maxlength="4096"' in shown
    assert "Saluran ini membawa jawaban bebas sampai" in shown
    Identity.objects.update(last_inbound_at=clock.now() - timedelta(hours=25))
    shown = client.get(page).content.decode()
    assert "Sudah lebih dari 24 jam sejak penanya menulis" in shown
    assert "jawaban bebas sampai" not in shown
