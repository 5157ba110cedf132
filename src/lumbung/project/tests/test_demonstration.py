"""The demonstration library is whole, plausible, and the same every time."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from lumbung.accounts.models import User
from lumbung.acquisitions.models import Fund, Order, OrderLine, PurchaseRequest
from lumbung.catalogue.models import Item, Material, Record
from lumbung.circulation.models import ArticleRequest, Booking, Fee, FeeEntry, Hold, Loan, Payment, Recall
from lumbung.circulation.queries.recalls import recall_offer
from lumbung.circulation.queries.rules import hold_decision
from lumbung.desk.models import Conversation, Rating, Turn
from lumbung.digital.domain.deposits.clearance import THESIS_PUBLISHED
from lumbung.digital.models import Deposit
from lumbung.formats.marc.checking import findings
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.models import (
    Action,
    Article,
    Attendance,
    Award,
    Community,
    Interview,
    Question,
    Session,
    SessionMinutes,
    Thanks,
    Topic,
    Trace,
    Walk,
)
from lumbung.knowledge.queries.learning import progress_of
from lumbung.members.domain.clearance.standing import standings
from lumbung.members.models import Category, ClearanceApplication, Member
from lumbung.messaging.models import Delivery
from lumbung.organization.models import Branch, BranchGroup
from lumbung.organization.queries import library
from lumbung.project.demonstration.fill import fill
from lumbung.project.demonstration.guides import guides
from lumbung.project.demonstration.marc import record_of
from lumbung.project.demonstration.titles import titles
from lumbung.reactions import desk as at_the_desk
from lumbung.reactions.answer_in_chat import answer_in_chat

PASSWORD = "padi-di-lumbung"


@pytest.fixture(scope="module")
def filled_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, filled once for every test of this file and taken back after the last of them."""
    folder = tmp_path_factory.mktemp("demonstration")
    storages = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": {"location": folder / "files"}}}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DATA=folder, STORAGES=storages):
            sari = fill(PASSWORD, say=lambda progress: None)
        yield sari
        transaction.set_rollback(True)


@pytest.fixture
def sari_of_the_demonstration(filled_once, db):
    return filled_once


def test_the_demonstration_is_a_whole_library_in_its_term(sari_of_the_demonstration):
    assert Record.objects.count() == len(list(titles())) + 3
    assert Record.objects.filter(material=Material.BOOK).count() >= 300
    assert set(Branch.objects.values_list("code", flat=True)) == {"PUSAT", "FIK", "BALI"}
    assert Member.objects.count() == 60
    with_members = set(Category.objects.filter(members__isnull=False).values_list("code", flat=True))
    assert with_members == {
        "pupil",
        "student",
        "final-year",
        "alumni",
        "postgraduate",
        "teacher",
        "lecturer",
        "staff",
        "public",
    }
    assert list(Category.objects.exclude(joining="desk").values_list("code", flat=True)) == ["public"]
    assert Loan.objects.overdue(clock.now()).exists()
    assert Hold.objects.filter(state=Hold.States.READY).count() == 2
    assert Hold.objects.filter(state=Hold.States.WAITING).exists()
    ani = Member.objects.get(name="Ni Made Ani Saraswati")
    assert set(Loan.objects.open().filter(member=ani).values_list("item__record__title", flat=True)) >= {
        "Bumi manusia",
        "Statistika untuk penelitian",
    }


def test_its_desk_is_alive_on_every_channel_and_nothing_more_is_said_by_itself(client, sari_of_the_demonstration):
    asked = Conversation.objects.filter(is_complaint=False)
    assert set(asked.values_list("channel", flat=True)) == {
        "whatsapp", "telegram", "line", "meta", "sms", "email", "web", "form", "walk_in", "phone",
    }  # fmt: skip
    assert (asked.count(), asked.filter(state="open").count(), Conversation.objects.filter(is_complaint=True).count()) == (
        52,
        9,
        1,
    )
    assert Rating.objects.filter(rated_at__isnull=False).count() == 19
    assert not Delivery.objects.filter(account__kind__in=["whatsapp", "telegram", "web"], state="queued").exists()
    said, turns = Delivery.objects.count(), Turn.objects.count()
    for entry in JournalEntry.objects.filter(name="MessageArrived"):
        at_the_desk.hear_more(entry)
        answer_in_chat(entry)
    assert (Delivery.objects.count(), Turn.objects.count()) == (said, turns)
    client.force_login(sari_of_the_demonstration)
    shown = client.get("/staff/questions").text
    assert "apakah hari ini buka sampai malam?" in shown
    assert "ruang diskusi yang saya pesan" not in shown


def test_the_term_goes_through_the_verbs_and_lateness_in_it_is_settled_in_every_way(client, sari_of_the_demonstration):
    lent = JournalEntry.objects.filter(name="CheckedOut", channel="demonstration").count()
    assert lent == Loan.objects.count()
    assert not Item.objects.filter(barcode="").exists()

    ani = Member.objects.get(name="Ni Made Ani Saraswati")
    late, card = Fee.objects.get(account__member=ani, kind="overdue"), Fee.objects.get(account__member=ani, kind="card")
    assert (late.is_open, late.amount % 500, card.is_open) == (True, 0, False)
    receipt = card.entries.get(kind="payment").payment.receipt_number
    client.force_login(ani.user)
    mine = client.get("/my/fees").text
    assert all(said in mine for said in ("Ronggeng Dukuh Paruk", "Rp10.000", receipt))

    told = Payment.objects.get(state=Payment.States.WAITING)
    assert (told.method, FeeEntry.objects.filter(kind=FeeEntry.Kinds.WAIVER).exclude(reason="").count()) == ("transfer", 1)
    assert Fee.objects.get(kind=Fee.Kinds.LOST).loan.reported_lost_at is not None
    lecturers = Fee.objects.filter(account__member__category__code="lecturer", kind=Fee.Kinds.OVERDUE)
    students = Fee.objects.filter(account__member__category__code="student", kind=Fee.Kinds.OVERDUE)
    assert (lecturers.exists(), students.count() > 1) == (False, True)
    cash = Payment.objects.filter(state=Payment.States.RECEIVED, method=Payment.Methods.CASH).order_by("made_at", "pk")
    numbers = list(cash.values_list("receipt_number", flat=True))
    assert (numbers == sorted(numbers), len(numbers) > 1) == (True, True)


def test_a_group_of_branches_and_two_members_have_rules_of_their_own_in_it(client, sari_of_the_demonstration):
    client.force_login(sari_of_the_demonstration)
    group = BranchGroup.objects.get()
    assert (group.name, set(group.branches.values_list("code", flat=True))) == ("Kampus Yogyakarta", {"PUSAT", "FIK"})
    denpasar = Member.objects.filter(branch__code="BALI").first()
    kept = [
        hold_decision(denpasar, Item.objects.first(), branch).policy.hold_days for branch in Branch.objects.order_by("code")
    ]
    assert kept == [3, 10, 10]  # BALI, FIK, PUSAT
    page = client.get("/staff/rules/personal").text
    assert "Boleh meminjam juga Buku referensi, Ensiklopedia, Kamus selama 3 hari" in page
    assert "Hanya boleh meminjam Buku teks" in page


def test_copies_of_articles_are_asked_for_made_read_and_refused_in_it(client, sari_of_the_demonstration):
    asked = ArticleRequest.objects.all()
    by_state = {state: asked.filter(state=state).count() for state in ArticleRequest.States.values}
    assert by_state == {"asked": 3, "in_work": 1, "ready": 2, "done": 1, "expired": 1, "refused": 1, "cancelled": 1}
    made = asked.get(state="ready", way="file")
    assert (made.member.name, made.charged.amount, made.page_count) == ("Ni Made Ani Saraswati", 5_000, 1)
    client.force_login(made.member.user)
    mine = client.get("/my").text
    assert all(said in mine for said in ("Uji validitas", "Unduh salinannya", "The languages of Indonesian politics"))
    client.force_login(User.objects.get(username="budi"))
    assert client.get(f"/my/article-requests/{made.pk}/file").status_code == 404
    assert "bukan satu nomor utuh" in client.get("/my").text


def test_films_are_booked_in_it_and_what_is_lent_is_asked_back_by_who_may(client, sari_of_the_demonstration):
    booked = Booking.objects.filter(state=Booking.States.BOOKED).order_by("first_day")
    assert [each.member.name for each in booked] == ["Ni Made Ani Saraswati", "Slamet Riyadi, M.Pd."]
    recall = Recall.objects.get()
    assert (recall.recalled_by.username, recall.due_at < recall.was_due_at, recall.loan.returned_at) == ("slamet", True, None)
    ani = booked[0].member
    open_to_her = [hold for hold in Hold.objects.waiting().filter(member=ani) if recall_offer(hold).is_open]
    assert len(open_to_her) == 1
    client.force_login(ani.user)
    mine = client.get("/my").text
    assert all(said in mine for said in (f"/my/bookings/{booked[0].pk}", "Minta dikembalikan lebih cepat"))
    client.force_login(sari_of_the_demonstration)
    assert "Pemutaran film di kelas" in client.get("/staff/bookings").text


def test_librarians_and_a_lecturer_of_the_demonstration_chose_for_its_readers(client, sari_of_the_demonstration):
    home = client.get("/").text
    assert "Sastra untuk akhir pekan" in home
    assert "Naik daun minggu ini" in home
    client.get("/purpose?purpose=research")
    assert "Metode penelitian, dari pemula sampai mahir" in client.get("/").text
    assert "Penelitian tindakan kelas" in client.get("/courses").text


def test_whoever_opens_the_demonstration_sees_open_needs_digital_use_and_colleagues_who_learn(
    client, sari_of_the_demonstration
):
    client.force_login(sari_of_the_demonstration)
    open_needs = client.get("/staff/questions/needs").context["needs"]
    assert {each.way for each in open_needs} == {"alternative", "purchase", "interlibrary", "notify"}
    months = client.get("/staff/usage").context["months"][1:10]  # whole ones: on its first day a month has no use yet
    assert all(each.requests and each.searches for each in months)
    assert sum(each.e_loans for each in months) > 5
    assert months[0].requests + months[1].requests > months[-1].requests
    walks = progress_of(list(Walk.objects.all()))
    others = [each for each in walks if each.walk.person.username != "rina"]
    assert [each.walk.finished_at for each in others] == [None, None]
    assert all(each.gone >= 4 for each in others)


def test_a_colleague_of_the_demonstration_is_being_interviewed_and_two_were_introduced(client, sari_of_the_demonstration):
    client.force_login(sari_of_the_demonstration)
    interview = Interview.objects.get()
    shown = client.get(f"/staff/knowledge/interviews/{interview.pk}").text
    assert ("lem kanji" in shown, "kunci rak tertutup" in shown) == (True, False)
    assert (interview.closed_at, sum(bool(each.told) for each in interview.answers.all())) == (None, 6)
    introductions = client.get("/staff/knowledge/introductions").text
    assert all(part in introductions for part in ("Hendra Gunawan", "Ya, perkenalkan kami"))
    client.force_login(User.objects.get(username="maya"))
    assert "Wawancarai" not in client.get(f"/staff/knowledge/hand-overs/{interview.hand_over_id}").text
    assert "silika" in client.get(f"/staff/knowledge/interviews/{interview.pk}").text.casefold()
    client.force_login(User.objects.get(username="lina"))
    assert "saling kenal" in client.get("/staff/knowledge/introductions").text


def test_a_work_waits_in_every_state_of_being_handed_in_and_ani_sees_why_hers_came_back(client, sari_of_the_demonstration):
    client.force_login(sari_of_the_demonstration)
    assert sorted(each.state for each in client.get("/staff/deposits").context["page"]) == [
        "approved",
        "in_review",
        "submitted",
    ]
    for state in ("needs_revision", "published"):
        assert [each.state for each in client.get("/staff/deposits", {"state": state}).context["page"]] == [state]
    ani = User.objects.get(username="ani")
    client.force_login(ani)
    states = client.get("/my/deposits").context["mine"].values_list("state", flat=True)
    assert list(states) == ["draft", "needs_revision"]
    returned = Deposit.objects.get(member__user=ani, state="needs_revision")
    assert "Halaman 2 belum bertanda tangan." in client.get(f"/my/deposits/{returned.pk}").text


def test_a_library_already_there_is_left_alone(sari_of_the_demonstration):
    with pytest.raises(Refused) as refused:
        fill(PASSWORD, say=lambda progress: None)
    assert refused.value.codes == ["already_set_up"]
    assert Member.objects.count() == 60


def test_every_isbn_of_the_demonstration_is_right():
    isbns = [title.isbn for title in titles() if title.isbn]
    assert len(isbns) >= 5
    for isbn in isbns:
        digits = [10 if digit == "X" else int(digit) for digit in isbn]
        if len(digits) == 10:
            assert sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0, isbn
        else:
            assert sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0, isbn


def test_nothing_is_to_be_said_against_a_record_of_the_demonstration():
    records = [*(record_of(title, number) for number, title in enumerate(titles(), start=1)), *guides()]
    assert [(each.control("001"), found) for each in records for found in findings(each)] == []


def test_the_staff_of_the_demonstration_talked_a_term_long(client, sari_of_the_demonstration):
    assert Session.objects.filter(state__in=["published", "closed"], starts_at__lt=clock.now()).count() == 30
    assert set(SessionMinutes.objects.values_list("state", flat=True)) == {"proposed", "approved"}
    assert set(Action.objects.values_list("state", flat=True)) == {"open", "done", "dropped"}
    assert Attendance.objects.values("person").distinct().count() == 12
    assert set(Session.objects.exclude(topic="").values_list("topic", flat=True)) <= set(
        Topic.objects.values_list("name", flat=True)
    )
    client.force_login(sari_of_the_demonstration)
    for page in ("", "sessions", "actions?whose=all", "ideas", "cycle", "year", "surveys", "audits", "hand-overs"):
        assert client.get(f"/staff/knowledge/{page}").status_code == 200, page


def test_what_the_staff_of_the_demonstration_wrote_down_is_there_in_every_state_and_goes_round(
    client, sari_of_the_demonstration
):
    articles = Article.objects
    assert articles.count() == 63
    states = {state: articles.filter(state=state).count() for state in Article.States.values}
    assert states == {"draft": 11, "published": 50, "archived": 2}
    assert (articles.filter(submitted_at__isnull=False).count(), articles.filter(circle="mentor").count()) == (3, 2)
    assert articles.filter(state="published", review_on__lt=clock.today(library().zone)).count() == 4
    assert Community.objects.filter(memberships__isnull=False).distinct().count() == 3
    assert Community.objects.filter(state="community").exists()
    assert Question.objects.filter(hides_name=True, settled_at__isnull=False).exists()
    assert (Thanks.objects.count(), Award.objects.filter(agreed_at__isnull=False).count()) == (6, 1)
    assert set(Trace.objects.values_list("kind", flat=True)) >= {"recorded", "decided", "compiled", "used", "returned"}

    held = Session.objects.get(course__title="Wawancara rujukan")
    assert [each.number.rpartition("/")[2] for each in held.enrolments.all()] == ["001", "002", ""]

    client.force_login(sari_of_the_demonstration)
    compiled = articles.get(title="Meja depan: yang kita putuskan semester ini")
    line = client.get(f"/staff/knowledge/trace/article/{compiled.pk}").text
    assert all(said in line for said in ("Notulen “Perpanjangan lewat telepon”", "Diskusi Senin"))
    shared = {each.password for each in User.objects.filter(username__in=["sari", "dewi", "ani", "fajar"])}
    assert (len(shared), User.objects.get(username="dewi").check_password(PASSWORD)) == (1, True)


def test_the_demonstration_buys_books_and_each_stands_at_its_step(client, sari_of_the_demonstration):
    client.force_login(sari_of_the_demonstration)
    requests, orders = PurchaseRequest.objects.all(), Order.objects.order_by("pk")
    assert (requests.count(), sorted(set(requests.values_list("state", flat=True)))) == (12, ["accepted", "asked", "declined"])
    assert list(orders.values_list("state", "claims")) == [("partly_received", 0), ("ordered", 1), ("draft", 0)]
    assert [waiting for _step, waiting in client.get("/staff/acquisitions/processing").context["counts"]] == [0, 2, 3]
    fund, lines = Fund.objects.get(), OrderLine.objects.exclude(order__state="draft")
    bound = sum(line.left * line.price_each for line in lines)
    spent = sum(receipt.copies * receipt.price_each for line in lines for receipt in line.receipts.all())
    assert (fund.committed, fund.spent) == (bound, spent)


def test_the_thesis_of_ani_stands_between_her_and_graduation_and_nobody_elses(sari_of_the_demonstration):
    standing = standings(ClearanceApplication.objects.select_related("member__programme"))
    thesis = [each for found in standing.values() for each in found if each.condition.check_code == THESIS_PUBLISHED.code]
    assert [each.because for each in thesis] == [["Tugas akhir Anda perlu direvisi; lihat catatan pemeriksa."]]
