"""The demonstration library is whole, plausible, and the same every time."""

import pytest

from lumbung.catalogue.models import Item, Material, Record
from lumbung.circulation.models import Fee, FeeEntry, Hold, Loan, Payment
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch
from lumbung.project.demonstration.fill import fill
from lumbung.project.demonstration.titles import titles

PASSWORD = "padi-di-lumbung"


@pytest.fixture
def sari_of_the_demonstration(db):
    return fill(PASSWORD, say=lambda progress: None)


def test_the_demonstration_is_a_whole_library_in_its_term(sari_of_the_demonstration):
    assert Record.objects.count() == len(list(titles())) + 2
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
    assert Loan.objects.overdue(clock.now()).exists()
    assert Hold.objects.filter(state=Hold.States.READY).count() == 2
    assert Hold.objects.filter(state=Hold.States.WAITING).exists()
    ani = Member.objects.get(name="Ni Made Ani Saraswati")
    assert set(Loan.objects.open().filter(member=ani).values_list("item__record__title", flat=True)) >= {
        "Bumi manusia",
        "Statistika untuk penelitian",
    }


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


def test_librarians_and_a_lecturer_of_the_demonstration_chose_for_its_readers(client, sari_of_the_demonstration):
    home = client.get("/").text
    assert "Sastra untuk akhir pekan" in home
    assert "Naik daun minggu ini" in home
    client.get("/purpose?purpose=research")
    assert "Metode penelitian, dari pemula sampai mahir" in client.get("/").text
    assert "Penelitian tindakan kelas" in client.get("/courses").text


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
