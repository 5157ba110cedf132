"""A day of questions: Dewi writes on the site, Sari answers at the desk, Rina from home, and the head sees how it went."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.accounts.domain.users import deactivate
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.desk.domain.appointments import remind_of_appointments
from lumbung.desk.models import Conversation, KnownAnswer, Need, Turn
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery, Incoming
from lumbung.organization.models import Offering, OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.reactions import desk as at_the_desk
from lumbung.reactions.answer_in_chat import answer_in_chat
from lumbung.reactions.table import TABLE

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def branch():
    LibraryFactory()
    branch = BranchFactory(code="PUSAT")
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    return branch


@pytest.fixture
def head(with_role):
    return with_role("head")


@pytest.fixture
def rina(with_role):
    return with_role("librarian")


def at(user):
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def writes(visitor, text):
    """The visitor writes in the chat of the site, and what it sets off is done."""
    handed = JournalEntry.objects.filter(name="PersonWanted").count()
    visitor.post("/chat", {"text": text})
    arrived = JournalEntry.objects.filter(name="MessageArrived").latest("pk")
    at_the_desk.hear_more(arrived)
    answer_in_chat(arrived)
    for entry in JournalEntry.objects.filter(name="PersonWanted").order_by("pk")[handed:]:
        at_the_desk.person_wanted(entry)


def wants_a_person(visitor, text):
    """They ask, and then for a librarian; the chat hands them over by itself."""
    writes(visitor, text)
    writes(visitor, "petugas")
    return Conversation.objects.latest("pk")


def page_of(conversation, name="conversation"):
    return reverse(f"desk:{name}", args=[conversation.pk])


def last_seen(desk, conversation):
    return desk.get(page_of(conversation)).context["seen"]


@pytest.mark.requirement("R314", "R338", "R414", "R416")
def test_a_question_is_taken_on_site_handed_over_and_answered_from_home_with_titles_and_a_hold(branch, sari, rina, head, ani):
    LoanRuleFactory(category=ani.category)
    titles = [ItemFactory(record__title=f"Ekonomi mikro {n}", branch=branch).record for n in range(3)]
    roster = {"user": sari.pk, "day": "2026-11-23", "starts": "08:00", "ends": "12:00", "place": "wfo"}
    planning = at(head)
    for facts in (roster, {**roster, "user": rina.pk, "starts": "13:00", "ends": "16:00", "place": "wfh"}):
        assert planning.post(reverse("desk:roster"), facts).status_code == 302
    with clock.stopped_at(MONDAY_NINE):
        dewi = at(ani.user)
        conversation = wants_a_person(dewi, "Buku apa yang tepat untuk tugas ekonomi mikro?")
        assert conversation.assignee == sari
        at(sari).post(
            page_of(conversation, "hand_over"), {"to": rina.pk, "note": "Sudah saya tanya: untuk makalah semester 2."}
        )
    with clock.stopped_at(MONDAY_NINE + timedelta(hours=5)):
        home = at(rina)
        assert "makalah semester 2" in home.get(page_of(conversation)).content.decode()
        composer = home.post(page_of(conversation, "words"), {"text": "Tiga ini:", "title": [each.pk for each in titles]})
        told = composer.context["answer_form"].initial
        home.post(page_of(conversation, "answer"), {**told, "seen": last_seen(home, conversation)})
        said = dewi.get("/chat").content.decode()
        assert all(f"Ekonomi mikro {n}" in said for n in range(3))
        Conversation.objects.filter(pk=conversation.pk).update(member=ani)
        assert home.post(page_of(conversation, "hold"), {"record": titles[1].pk}).status_code == 302
    assert list(Hold.objects.values_list("record", "member")) == [(titles[1].pk, ani.pk)]
    assert conversation.turns.filter(kind="note").count() == 1
    assert wants_a_person(dewi, "Terima kasih!") == conversation


@pytest.mark.requirement("R316", "R305", "R396")
def test_who_asked_is_greeted_by_name_and_rates_manner_and_service_right_after(branch, sari, ani):
    visitor, desk = Client(), at(sari)
    conversation = wants_a_person(visitor, "Jam buka hari Sabtu?")
    Conversation.objects.filter(pk=conversation.pk).update(member=ani)
    greeting = desk.get(page_of(conversation)).context["answer_form"].initial["text"]
    assert greeting == "Halo Kak Ani, "
    seen = last_seen(desk, conversation)
    desk.post(page_of(conversation, "answer"), {"text": f"{greeting}Sabtu 08.00 sampai 12.00.", "seen": seen})
    desk.post(page_of(conversation, "description"), {"kind": "ready", "outcome": "answered", "effort": 1, "close": "1"})
    asked = Delivery.objects.get(purpose="rating")
    assert (asked.identity.address, "sikap petugas" in asked.body) == (Incoming.objects.first().identity.address, True)
    writes(visitor, "5 4 ramah")
    rating = Conversation.objects.get().rating
    assert (rating.manner, rating.help, rating.word) == (5, 4, "ramah")


@pytest.mark.requirement("R302", "R307")
def test_an_answer_becomes_the_librarys_own_and_comes_back_with_one_key_until_its_day(branch, sari, rina):
    conversation = wants_a_person(Client(), "Bagaimana memperpanjang pinjaman?")
    desk, other = at(sari), at(rina)
    desk.post(page_of(conversation, "answer"), {"text": "Dari halaman Saya.", "seen": last_seen(desk, conversation)})
    new = f"{reverse('desk:answer_new')}?from={conversation.pk}"
    draft = desk.get(new).context["form"].initial
    assert draft == {"question": "Bagaimana memperpanjang pinjaman?", "text": "Dari halaman Saya."}
    desk.post(new, {**draft, "source": "Peraturan pasal 5", "language": "id"})
    known = KnownAnswer.objects.get()
    last = clock.now().date() + timedelta(days=30)
    other.post(reverse("desk:review", args=[known.pk]), {"valid_until": f"{last:%Y-%m-%d}"})
    again = wants_a_person(Client(), "cara perpanjang pinjaman bagaimana memperpanjang")
    assert "Peraturan pasal 5" in desk.get(page_of(again)).content.decode()
    filled = desk.post(page_of(again, "words"), {"known": known.pk}).context["answer_form"].initial["text"]
    assert filled == "Dari halaman Saya.\nSumber: Peraturan pasal 5"
    at(rina).post(reverse("desk:phrases"), {"title": "Salam", "text": "Halo Kak!", "position": "1", "is_active": "on"})
    assert 'data-key="1"' in desk.get(page_of(again)).content.decode()
    with clock.stopped_at(datetime.combine(last + timedelta(days=1), time(12), UTC)):
        assert "Peraturan pasal 5" not in at(sari).get(page_of(again)).content.decode()
        assert "Kedaluwarsa" in at(sari).get(reverse("desk:answers")).content.decode()


@pytest.mark.requirement("R118", missing="pemesanan ruang dan peralatan")
@pytest.mark.requirement("R321")
def test_each_service_of_the_catalogue_takes_a_request_that_lands_in_the_inbox_and_is_counted(branch, sari, ani, head):
    at(head).post(reverse("organization:services_usual"))
    kinds = set(Offering.objects.values_list("kind", flat=True))
    assert {"promotion", "reference", "lending", "guidance"} <= kinds
    shown = Client().get(reverse("organization:services")).content.decode()
    for service in Offering.objects.filter(is_published=True):
        page = reverse("desk:ask_service", args=[service.pk])
        assert page in shown
    for service in Offering.objects.order_by("pk")[:4]:
        at(ani.user).post(reverse("desk:ask_service", args=[service.pk]), {"text": f"Permintaan {service.name}"})
    inbox = at(sari).get(reverse("desk:inbox"))
    assert {row.service for row in inbox.context["rows"]} == set(Offering.objects.order_by("pk")[:4])
    assert len(at(sari).get(reverse("desk:figures")).context["figures"].by_service) == 4


@pytest.mark.requirement("R322")
def test_a_student_books_a_consultation_gets_it_in_the_calendar_and_is_reminded(branch, head, sari, ani):
    hours = {"user": sari.pk, "kind": "research", "weekday": 1, "opens": "09:00", "closes": "11:00", "minutes": 60}
    at(head).post(reverse("desk:appointments"), {**hours, "place": "Ruang referensi"})
    with clock.stopped_at(MONDAY_NINE):
        student, page = at(ani.user), reverse("desk:my_appointments", args=["research"])
        [first, *_rest] = [slot.key for slot in student.get(page).context["slots"]]
        student.post(page, {"slot": first, "topic": "Mencari jurnal untuk skripsi", "people": 1})
        link = next(part for part in student.get(page).content.decode().split('"') if part.endswith(".ics"))
        assert "SUMMARY:Konsultasi penelitian: Mencari jurnal untuk skripsi" in student.get(link).content.decode()
        assert "Mencari jurnal untuk skripsi" in at(sari).get(reverse("desk:appointments")).content.decode()
        assert remind_of_appointments() == 1
        assert Delivery.objects.latest("pk").subject == "Pengingat janji temu: Sel 24 Nov 2026 pukul 09.00"


@pytest.mark.requirement("R237")
def test_a_complaint_is_read_by_the_head_alone(branch, head, sari, rina):
    Client().post(reverse("desk:complain"), {"text": "Petugas pagi ini tidak ramah", "contact": "0812"})
    complaint = Conversation.objects.get()
    assert "tidak ramah" in at(head).get(page_of(complaint)).content.decode()
    assert [at(user).get(page_of(complaint)).status_code for user in (sari, rina)] == [404, 404]
    assert "tidak ramah" not in at(sari).get(reverse("desk:inbox"), {"q": "ramah"}).content.decode()


@pytest.mark.requirement("R008", "R315")
def test_the_head_sees_target_and_actual_by_channel_and_questions_by_kind(branch, head, sari):
    at(head).post(
        reverse("desk:targets"), {"channel": "web", "first_minutes": 30, "next_minutes": 60, "resolution_minutes": 480}
    )
    desk = at(sari)
    with clock.stopped_at(MONDAY_NINE):
        conversation = wants_a_person(Client(), "Ada jurnal padi?")
        told = {"question": "Di mana skripsi?", "effort": "1", "outcome": "answered", "channel": "walk_in", "branch": branch.pk}
        for kind in ("directional", "directional", "instruction"):
            desk.post(reverse("desk:log"), {**told, "kind": kind})
    with clock.stopped_at(MONDAY_NINE + timedelta(minutes=20)):
        desk.post(page_of(conversation, "answer"), {"text": "Ada.", "seen": Turn.objects.latest("pk").pk})
        desk.post(page_of(conversation, "description"), {"kind": "research", "outcome": "answered", "effort": 2, "close": "1"})
        shown = at(head).get(reverse("desk:figures"))
        figures = shown.context["figures"]
        [web] = [each for each in figures.by_channel if each.first_target]
        assert (web.count, web.first_took, web.first_in_time, (date(2026, 11, 23) - shown.context["first"]).days) == (
            1,
            20,
            100,
            29,
        )
        assert figures.by_kind == [("Arah dan tempat", 2), ("Bimbingan", 1), ("Penelusuran", 1)]


@pytest.mark.requirement("R212")
def test_a_search_that_found_nothing_offers_four_ways_and_each_is_followed_until_the_reader_is_told(branch, sari, ani):
    work_off()  # there is an index
    student, desk = at(ani.user), at(sari)
    nothing = student.get("/search", {"q": "Flora Jawa Purba"}).text
    for way in ("alternative", "purchase", "interlibrary", "notify"):
        link = f"/ask?way={way}&amp;wanted=Flora%20Jawa%20Purba"
        assert link in nothing
        page = link.replace("&amp;", "&")
        asked = student.get(page).context["form"].initial
        assert asked == {"text": "Saya mencari: Flora Jawa Purba"}
        assert f"Jalan yang Anda pilih: <b>{Need.Ways(way).label}</b>." in student.get(page).text
        assert student.post(page, asked).status_code == 302
    needs = list(desk.get(reverse("desk:needs")).context["needs"])
    assert [(each.way, each.wanted, each.conversation.member) for each in needs] == [
        (way, "Flora Jawa Purba", ani) for way in ("alternative", "purchase", "interlibrary", "notify")
    ]
    for need in needs:
        desk.post(reverse("desk:need_told", args=[need.pk]), {"text": f"Kabar {need.way}"})
    assert not desk.get(reverse("desk:needs")).context["needs"].exists()
    letters = Delivery.objects.filter(address=ani.email).order_by("pk")
    assert [f"Kabar {need.way}" in letter.body for need, letter in zip(needs, letters, strict=True)] == [True] * 4


def test_a_question_about_a_title_begins_at_its_page_and_says_which_title(branch, sari, ani):
    record = ItemFactory(record__title="Bumi manusia").record
    hidden = ItemFactory(record__title="Rahasia").record
    set_suppressed(hidden, True, by=sari)
    student = at(ani.user)
    link = f"/ask?about={record.pk}"
    assert f'href="{link}"' in student.get(f"/records/{record.pk}").text
    begun = student.get(link).context["form"].initial["text"]
    assert begun == f"Tentang “Bumi manusia” (http://testserver/records/{record.pk}):\n"
    student.post(link, {"text": f"{begun}Adakah terjemahannya?"})
    asked = Conversation.objects.get()
    assert (asked.member, asked.subject.startswith("Tentang “Bumi manusia”")) == (ani, True)
    for wrong in (hidden.pk, "x", "9" * 30):
        assert student.get(f"/ask?about={wrong}").context["form"].initial == {}


@pytest.mark.requirement("R212")
def test_a_need_that_was_not_met_is_followed_until_the_asker_knows(branch, sari):
    visitor, desk = Client(), at(sari)
    conversation = wants_a_person(visitor, "Ada buku Flora Jawa?")
    desk.post(page_of(conversation, "need"), {"way": "purchase", "wanted": "Flora Jawa"})
    [need] = desk.get(reverse("desk:needs")).context["needs"]
    desk.post(reverse("desk:need_told", args=[need.pk]), {"text": "Sudah dibeli, Kak. Silakan dipesan."})
    assert "Sudah dibeli, Kak." in visitor.get("/chat").content.decode()
    assert not desk.get(reverse("desk:needs")).context["needs"].exists()


@pytest.mark.requirement("R003")
def test_a_literature_search_ends_in_one_link_to_a_list_citations_and_files(branch, sari):
    visitor, desk = Client(), at(sari)
    records = [ItemFactory(record__title=f"Ekonomi mikro {n}", branch=branch).record for n in (1, 2)]
    conversation = wants_a_person(visitor, "Mohon daftar pustaka ekonomi mikro")
    told = {"bundle_title": "Ekonomi mikro untuk pemula", "bundle_words": "Katalog: ekonomi mikro", "bundle_style": "apa"}
    told |= {"bundle_record": [each.pk for each in records], "text": "Halo,", "titles": ""}
    told["enclosed"] = SimpleUploadedFile("bab 1.pdf", b"%PDF-1.7\n%%EOF\n")
    composer = desk.post(page_of(conversation, "bundle_new"), told).context["answer_form"].initial
    bundle = conversation.bundles.get()
    assert composer["text"] == f"Halo,\n\nEkonomi mikro untuk pemula\nhttp://testserver/bundle/{bundle.secret}"
    desk.post(page_of(conversation, "answer"), {**composer, "seen": last_seen(desk, conversation)})
    assert f"/bundle/{bundle.secret}" in visitor.get("/chat").text
    page = visitor.get(f"/bundle/{bundle.secret}", {"style": "ieee"})
    assert [title.name for title in page.context["titles"]] == ["Ekonomi mikro 1", "Ekonomi mikro 2"]
    assert [cited.count("Ekonomi mikro") for cited in page.context["cited"]] == [1, 1]
    assert ("bab 1.pdf" in page.text, "Katalog: ekonomi mikro" in page.text, "tersedia 1" in page.text) == (True, True, True)
    assert visitor.get(reverse("desk:bundle_citations", args=[bundle.secret, "ris"])).text.count("TY  - BOOK") == 2
    assert visitor.get(reverse("desk:bundle_citations", args=[bundle.secret, "doc"])).status_code == 404
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        assert visitor.get(f"/bundle/{bundle.secret}").status_code == 404


def test_what_a_librarian_had_in_hand_is_in_sight_of_all_when_they_leave(branch, sari, rina, head):
    conversation = wants_a_person(Client(), "Ada jurnal padi?")
    at(rina).post(page_of(conversation, "claim"))
    deactivate(rina, by=head)
    at_the_desk.colleague_left(JournalEntry.objects.get(name="UserDeactivated"))
    inbox = at(sari).get(reverse("desk:inbox"), {"queue": "unassigned"})
    assert [(row, row.assignee) for row in inbox.context["rows"]] == [(conversation, None)]


def test_one_decides_who_answers_a_message_and_the_other_follows():
    follows = {name: [each.name for each in TABLE if name in each.to] for name in ("MessageArrived", "MessageLeftToChat")}
    assert follows == {"MessageArrived": ["desk_hears"], "MessageLeftToChat": ["answer_in_chat"]}
