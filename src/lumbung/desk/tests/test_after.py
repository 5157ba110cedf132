"""After the answer: ratings, complaints, requests for services, needs followed on, appointments, figures."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lumbung.desk import queries
from lumbung.desk.domain.answering import answer, mail_address
from lumbung.desk.domain.appointments import add_hour, book, cancel, conclude, free_slots, remind_of_appointments
from lumbung.desk.domain.course import close, describe
from lumbung.desk.domain.hearing import take_up
from lumbung.desk.domain.needs import follow_need, tell_need
from lumbung.desk.domain.rating import rate, rate_by_message
from lumbung.desk.domain.requests import request_service
from lumbung.desk.domain.targets import set_target, target_for
from lumbung.desk.figures import figures
from lumbung.desk.models import Appointment, Conversation, Need, Rating, Turn
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.holdings import registered
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.models import Offering
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


def closed(asker, sari):
    conversation = take_up(hear(asker, "Ada buku ekonomi?"))
    answer(conversation, "Ada.", seen=Turn.objects.latest("pk").pk, by=sari)
    return close(describe(conversation, kind="ready", outcome="answered", by=sari), by=sari)


def test_closing_asks_for_both_marks_on_the_same_way_and_takes_them_once(sari):
    asker = web_identity()
    conversation = closed(asker, sari)
    assert Delivery.objects.latest("pk").purpose == "rating"
    assert rate_by_message(hear(asker, "terima kasih")) is None
    rated = rate_by_message(hear(asker, "5, 4 ramah sekali"))
    assert (rated.conversation, rated.manner, rated.help, rated.word) == (conversation, 5, 4, "ramah sekali")
    assert "Penilaian Kakak kami catat" in Delivery.objects.latest("pk").body
    assert rate_by_message(hear(asker, "1 1")) is None
    with pytest.raises(Refused) as refused:
        rate(rated, manner=1, help=1)
    assert refused.value.codes == ["rating_over"]


def test_a_rating_by_its_address_has_two_scales_and_is_over_after_three_days(client, sari):
    with clock.stopped_at(MONDAY_NINE):
        closed(web_identity(), sari)
        asked = Rating.objects.get()
        page = reverse("desk:rate", args=[asked.secret])
        assert client.post(page, {"manner": "6", "help": "4"}).status_code == 422
        with pytest.raises(Refused) as refused:
            rate(asked, manner=0, help=5)
        assert refused.value.codes == ["rating_out_of_scale"]
    with clock.stopped_at(MONDAY_NINE + timedelta(days=3, seconds=1)):
        assert client.post(page, {"manner": "5", "help": "4"}).status_code == 422
    with clock.stopped_at(MONDAY_NINE + HOUR):
        assert client.post(page, {"manner": "5", "help": "4", "word": "Cepat"}).status_code == 302
        assert (Rating.objects.get().manner, Rating.objects.get().word) == (5, "Cepat")
        assert "sudah diberikan" in client.get(page).content.decode()
    assert client.get(reverse("desk:rate", args=["x"])).status_code == 404


def test_a_complaint_reaches_the_head_and_nobody_else(client, sari, ani, with_role, signed_in):
    head, admin = with_role("head"), with_role("admin")
    answer_ = client.post(reverse("desk:complain"), {"text": "Petugasnya judes sekali pagi ini"})
    assert answer_.status_code == 302
    complaint = Conversation.objects.get()
    assert (complaint.is_complaint, complaint.assignee, complaint.asker_name) == (True, None, "")
    assert [queries.conversations_visible_to(user).exists() for user in (head, admin, sari, ani.user)] == [
        True,
        False,
        False,
        False,
    ]
    assert queries.found("judes", head) == [complaint]
    assert queries.found("judes", sari) == []
    page = reverse("desk:conversation", args=[complaint.pk])
    assert [signed_in(client, user).get(page).status_code for user in (head, admin, sari)] == [200, 404, 404]
    assert "Pengaduan" in signed_in(client, head).get(reverse("desk:inbox")).content.decode()


def test_a_request_for_a_service_lands_in_the_inbox_and_is_answered_by_letter(client, sari, ani, signed_in):
    service = Offering.objects.create(
        name="Bimbingan penelusuran", kind="guidance", summary="Ditemani mencari", by_contact=True
    )
    services = client.get(reverse("organization:services")).content.decode()
    page = reverse("desk:ask_service", args=[service.pk])
    assert page in services
    assert client.post(page, {"text": "Tolong carikan jurnal"}).status_code == 422
    signed_in(client, ani.user).post(page, {"text": "Tolong carikan jurnal tentang padi"})
    conversation = Conversation.objects.get()
    assert (conversation.service, conversation.member, conversation.channel) == (service, ani, "form")
    assert list(queries.queue("open", sari, clock.now().date())) == [conversation]
    answer(conversation, "Ini tiga jurnal.", seen=Turn.objects.latest("pk").pk, by=sari)
    letter = Delivery.objects.get()
    assert (letter.address, "Ini tiga jurnal." in letter.body) == ("ani@kampus.example", True)


def test_a_service_that_is_closed_takes_no_request(ani):
    service = Offering.objects.create(
        name="Silang layan", kind="other", summary="–", by_contact=True, state="closed", state_note="Libur"
    )
    with pytest.raises(Refused) as refused:
        request_service(" ", service=service, member=None)
    assert refused.value.codes == ["question_empty", "service_closed", "contact_missing"]


def test_a_need_is_followed_on_four_ways_until_the_asker_is_told(client, sari, ani, signed_in):
    conversation = take_up(hear(web_identity(), "Ada buku botani Jawa?"))
    for way in ("alternative", "purchase", "interlibrary", "notify"):
        follow_need(conversation, way=way, wanted="Flora Jawa", by=sari)
    with pytest.raises(Refused) as refused:
        follow_need(conversation, way="purchase", wanted="Flora Jawa", by=sari)
    assert refused.value.codes == ["need_is_open"]
    with pytest.raises(Refused) as refused:
        follow_need(conversation, way="x", wanted=" ", by=sari)
    assert refused.value.codes == ["need_not_said", "need_way_missing"]
    desk = signed_in(client, sari)
    assert desk.get(reverse("desk:needs")).content.decode().count("Flora Jawa") == 4
    first = Need.objects.first()
    desk.post(reverse("desk:need_told", args=[first.pk]), {"text": "Ada gantinya: Flora Malesiana."})
    assert Delivery.objects.get().body == "Ada gantinya: Flora Malesiana."
    assert queries.needs_to_follow().count() == 3
    close(describe(conversation, kind="ready", outcome="unmet", by=sari), by=sari)
    refused_page = desk.post(reverse("desk:need_told", args=[Need.objects.last().pk]), {"text": "Sudah dibeli."})
    shown = refused_page.content.decode()
    assert (refused_page.status_code, "sudah ditutup" in shown, 'value="Sudah dibeli."' in shown) == (422, True, True)
    with pytest.raises(Refused) as refused:
        tell_need(first, "Lagi", by=sari)
    assert refused.value.codes == ["need_told"]
    assert desk.post(reverse("desk:need", args=[conversation.pk]), {"way": "notify", "wanted": ""}).status_code == 422


@pytest.fixture
def hours(sari):
    facts = {
        "user": sari,
        "kind": "guidance",
        "weekday": 1,
        "opens": time(9),
        "closes": time(10),
        "minutes": 30,
        "place": "R. 2",
    }
    return add_hour(**facts, by=sari)


def test_a_librarian_is_booked_once_at_a_time_with_letter_calendar_and_reminder(client, hours, ani, budi, signed_in, sari):
    with clock.stopped_at(MONDAY_NINE):
        slots = free_slots("guidance")
        assert [f"{slot.starts_at:%d %H.%M}" for slot in slots] == [
            "24 09.00", "24 09.30", "01 09.00", "01 09.30", "08 09.00", "08 09.30",
        ]  # fmt: skip
        made = book(slots[0].key, kind="guidance", member=ani, topic="Skripsi")
        assert "R. 2" in Delivery.objects.get().body
        with pytest.raises(Refused) as refused:
            book(slots[0].key, kind="guidance", member=budi, topic=" ")
        assert refused.value.codes == ["slot_taken", "topic_empty"]
        ics = client.get(reverse("desk:appointment_ics", args=[made.secret])).content.decode()
        assert "DTSTART:20261124T020000Z" in ics
        assert (remind_of_appointments(), remind_of_appointments(), Delivery.objects.count()) == (1, 0, 2)
        page = reverse("desk:my_appointments", args=["guidance"])
        own = signed_in(client, ani.user).get(page).content.decode()
        assert ("Skripsi" in own, "Ya, batalkan" in own) == (True, True)
        assert "Skripsi" not in signed_in(client, budi.user).get(page).content.decode()
        stop = reverse("desk:appointment_cancel", args=[made.pk])
        assert [signed_in(client, user).post(stop).status_code for user in (budi.user, ani.user)] == [404, 302]
        assert len(free_slots("guidance")) == 6
        signed_in(client, budi.user).post(page, {"slot": slots[0].key, "topic": "Sitasi", "people": 1})
        booked = Appointment.objects.get(state="booked")
    with clock.stopped_at(MONDAY_NINE + timedelta(days=2)):
        with pytest.raises(Refused) as refused:
            cancel(booked, by=sari)
        assert refused.value.codes == ["appointment_over"]
        assert "Sitasi" in signed_in(client, sari).get(reverse("desk:appointments")).content.decode()
        signed_in(client, sari).post(reverse("desk:conclude", args=[booked.pk]), {"held": "1", "note": "Mendeley"})
        booked.refresh_from_db()
        assert (booked.state, booked.note) == ("held", "Mendeley")


def test_what_came_of_a_meeting_is_put_right_and_one_of_weeks_ago_still_asks_for_it(client, hours, ani, signed_in, sari):
    with clock.stopped_at(MONDAY_NINE):
        made = book(free_slots("guidance")[0].key, kind="guidance", member=ani, topic="Sitasi")
    desk, page, say = signed_in(client, sari), reverse("desk:appointments"), reverse("desk:conclude", args=[made.pk])
    with clock.stopped_at(MONDAY_NINE + timedelta(days=30)):
        assert "Tidak datang" in desk.get(page).content.decode()
    with clock.stopped_at(MONDAY_NINE + timedelta(days=2)):
        desk.post(say, {"missed": "1", "note": "Mendeley"})
        shown = desk.get(page).content.decode()
        assert ("Ubah hasilnya" in shown, 'value="Mendeley"' in shown) == (True, True)
        desk.post(say, {"held": "1", "note": "Mendeley"})
    made.refresh_from_db()
    assert (made.state, made.note) == ("held", "Mendeley")


def test_whoever_has_no_address_is_told_of_a_meeting_called_off_by_the_librarian_who_hears_so(
    client, hours, ani, signed_in, sari
):
    with clock.stopped_at(MONDAY_NINE):
        made = book(free_slots("guidance")[0].key, kind="guidance", member=ani, topic="Sitasi")
        ani.email = ""
        ani.save()
        off = {"off": "1", "reason": "Sakit"}
        told = signed_in(client, sari).post(reverse("desk:conclude", args=[made.pk]), off, follow=True).content.decode()
    assert ("sampaikan sendiri kepadanya" in told, "yang memesan diberi tahu" in told) == (True, False)


def test_a_request_that_is_sent_twice_by_one_press_is_one_and_a_later_one_another(client, ani, signed_in):
    with clock.stopped_at(MONDAY_NINE):
        student = signed_in(client, ani.user)
        for need in ("", "", "?way=purchase&wanted=Tenun", "?way=purchase&wanted=Tenun"):
            student.post(reverse("desk:ask") + need, {"text": "Saya mencari: Tenun"})
        assert Conversation.objects.count() == 2
    with clock.stopped_at(MONDAY_NINE + timedelta(minutes=11)):
        student.post(reverse("desk:ask"), {"text": "Saya mencari: Tenun"})
    assert Conversation.objects.count() == 3


def test_two_who_complain_without_a_name_in_the_same_words_are_two(client):
    for contact in ("", "", "-", "-"):
        client.post(reverse("desk:complain"), {"text": "Toilet kotor", "contact": contact})
    assert Conversation.objects.count() == 4
    for _ in range(2):
        client.post(reverse("desk:complain"), {"text": "Toilet kotor", "contact": "0812 3456"})
    assert Conversation.objects.count() == 5


def test_a_visitor_reads_that_an_answer_needs_an_address_and_a_complaint_does_not(client):
    forms = [client.get(reverse(f"desk:{name}")).context["form"] for name in ("ask", "complain")]
    assert [form.fields["contact"].required for form in forms] == [True, False]


@pytest.mark.parametrize("contact", ["budi@gmail", "nanti saja", "ani2024@gmail,com", "@ani_2024", "ani@x..id"])
def test_a_way_to_answer_that_leads_to_nobody_is_told_at_once_unless_none_is_needed(client, contact):
    pages = [reverse(f"desk:{page}") for page in ("ask", "complain")]
    sent = [client.post(page, {"text": "Adakah tesis?", "contact": contact}) for page in pages]
    assert [(each.status_code, "tidak akan sampai" in each.content.decode()) for each in sent] == [(422, True), (302, False)]
    assert Conversation.objects.get().asker_contact == contact


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("budi@gmail.com", "budi@gmail.com"),
        ("0812-3456", ""),
        ("0812-3456-7890 / ani@gmail.com", "ani@gmail.com"),
        ("ani@gmail.com, 08123456", "ani@gmail.com"),
        ("ani@x.id,0812", "ani@x.id"),
        ("Surel:ani@gmail.com (kantor).", "ani@gmail.com"),
        ("@ani_tg 0812 3456", ""),
    ],
)
def test_whoever_gives_two_ways_is_taken_and_answered_where_a_letter_goes(client, sari, contact, address):
    assert client.post(reverse("desk:ask"), {"text": "Adakah tesis?", "contact": contact}).status_code == 302
    conversation = Conversation.objects.get()
    assert (conversation.asker_contact, mail_address(conversation)) == (contact, address)
    answer(conversation, "Ada.", seen=0, by=sari)
    assert list(Delivery.objects.values_list("address", flat=True)) == [address] * bool(address)


def test_the_length_of_a_meeting_is_ten_minutes_to_four_hours_whatever_is_typed(client, sari, with_role, signed_in):
    desk, page = signed_in(client, with_role("head")), reverse("desk:appointments")
    told = {"user": sari.pk, "kind": "class", "weekday": 1, "opens": "09:00", "closes": "10:00", "place": "R. 2"}
    assert [desk.post(page, {**told, "minutes": m}).status_code for m in ("9" * 40, "5", "241", "30")] == [422, 422, 422, 302]


def test_news_that_nothing_carries_is_not_said_to_have_been_sent(client, sari, signed_in):
    request_service("Saya mencari: Tenun", service=None, member=None, contact="0812 3456", need=("purchase", "Tenun"))
    told = reverse("desk:need_told", args=[Need.objects.get().pk])
    said = signed_in(client, sari).post(told, {"text": "Sudah dibeli."}, follow=True).content.decode()
    assert ("Penanya dikabari" in said, "sampaikan sendiri kepada penanya" in said) == (False, True)


def test_nobody_books_more_than_three_and_a_forgotten_member_leaves_the_time_free(hours, ani):
    with clock.stopped_at(MONDAY_NINE):
        for slot in free_slots("guidance")[:3]:
            book(slot.key, kind="guidance", member=ani, topic="Skripsi")
        with pytest.raises(Refused) as refused:
            book(free_slots("guidance")[0].key, kind="guidance", member=ani, topic="Lagi")
        assert refused.value.codes == ["too_many_appointments"]
        [holding] = [each for each in registered() if each.code == "desk"]
        assert len(holding.told(ani)["appointments"]) == 3
        holding.erase(ani)
        assert len(free_slots("guidance")) == 6
        assert set(Appointment.objects.values_list("member", "topic", "state")) == {(None, "–", "cancelled")}


def test_consulting_hours_hold_one_meeting_at_least_and_what_is_cancelled_is_not_held(sari, hours, ani):
    facts = {"user": sari, "kind": "class", "weekday": 1, "opens": time(9), "closes": time(9, 20), "minutes": 30, "place": "–"}
    with pytest.raises(Refused) as refused:
        add_hour(**facts, by=sari)
    assert refused.value.codes == ["hour_backwards"]
    with clock.stopped_at(MONDAY_NINE):
        made = cancel(book(free_slots("guidance")[0].key, kind="guidance", member=ani, topic="Skripsi"), by=sari)
        with pytest.raises(Refused) as refused:
            conclude(made, held=True, by=sari)
    assert refused.value.codes == ["appointment_over"]


def test_the_figures_set_target_beside_actual_and_leave_as_tables(client, sari, branch, signed_in, with_role):
    set_target(channel="web", first_minutes=30, next_minutes=60, resolution_minutes=600, by=sari)
    with clock.stopped_at(MONDAY_NINE):
        asker = web_identity()
        conversation = take_up(hear(asker, "Ada buku ekonomi?"))
        other = take_up(hear(web_identity(), "Ada jurnal?"))
        ConversationFactory(is_complaint=True, channel="form")
        ConversationFactory(outcome="spam", state="closed", closed_at=MONDAY_NINE)
    with clock.stopped_at(MONDAY_NINE + timedelta(minutes=20)):
        answer(conversation, "Ada", seen=Turn.objects.latest("pk").pk, by=sari)
        close(describe(conversation, kind="ready", outcome="answered", effort=1, by=sari), by=sari)
        rate_by_message(hear(asker, "5 3"))
    with clock.stopped_at(MONDAY_NINE + timedelta(minutes=40)):
        answer(other, "Ada", seen=Turn.objects.latest("pk").pk, by=sari)
        told = figures(date(2026, 11, 23), date(2026, 11, 23), branch.zone)
        assert (told.total, told.open, told.complaints) == (3, 2, 1)
        [web] = told.by_channel
        assert (web.count, web.first_target, web.first_took, web.first_in_time, web.manner, web.help) == (2, 30, 30, 50, 5, 3)
        assert (dict(told.by_hour)[9], told.by_kind, told.by_outcome) == (2, [("Rujukan cepat", 1)], [("Terjawab", 1)])
        desk = signed_in(client, sari)
        period = {"first": "2026-11-23", "last": "2026-11-23"}
        assert "50%" in desk.get(reverse("desk:figures"), period).content.decode()
        sheets = {}
        for name in ("jadwal", "log", "rekap"):
            content = desk.get(reverse("desk:figures_table", args=[name]), period).content
            sheets[name] = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
        assert [len(sheets[name]) for name in ("jadwal", "log")] == [1, 3]
        assert ["Pengaduan", None, "1"] in sheets["rekap"]
        assert desk.get(reverse("desk:figures_table", args=["nama"])).status_code == 404
        assert signed_in(client, with_role("circulation")).get(reverse("desk:figures")).status_code == 403


def test_the_word_that_went_with_the_marks_is_read_with_its_conversation_and_that_of_a_complaint_by_the_head_alone(
    client, sari, with_role, signed_in
):
    now = clock.now()
    for text, secret, is_complaint in (("sabar sekali", "a", False), ("kurang sopan", "b", True)):
        conversation = ConversationFactory(is_complaint=is_complaint)
        told = {"manner": 5, "help": 4, "word": text, "rated_at": now}
        Rating.objects.create(conversation=conversation, secret=secret, asked_at=now, until=now, **told)
    rated = Rating.objects.get(secret="a").conversation
    seen = []
    for user in (sari, with_role("head")):
        page = signed_in(client, user).get(reverse("desk:figures")).content.decode()
        seen.append(("sabar sekali" in page, "kurang sopan" in page))
    assert seen == [(True, False), (True, True)]
    page = client.get(reverse("desk:conversation", args=[rated.pk])).content.decode()
    assert "Dinilai penanya: sikap 5, layanan 4." in page
    assert "Dinilai" not in client.get(reverse("desk:conversation", args=[ConversationFactory().pk])).content.decode()


def test_a_target_is_removed_after_a_second_tap_and_falls_to_the_wider_one(client, sari, branch, signed_in, with_role):
    wide = set_target(first_minutes=60, next_minutes=60, resolution_minutes=600, by=sari)
    gone = set_target(channel="web", first_minutes=5, next_minutes=5, resolution_minutes=50, by=sari)
    conversation = ConversationFactory(channel="web")
    assert target_for(conversation) == gone
    address = reverse("desk:target_remove", args=[gone.pk])
    assert signed_in(client, with_role("circulation")).post(address).status_code == 403
    desk = signed_in(client, with_role("head"))
    assert address in desk.get(reverse("desk:targets")).content.decode()
    for _press in range(2):
        assert "Target dihapus." in desk.post(address, follow=True).content.decode()
    assert target_for(conversation) == wide
    assert JournalEntry.objects.filter(name="ServiceTargetRemoved").get().data == {"desk_target": gone.pk}
