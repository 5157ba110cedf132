"""The staff pages of the periods of the year."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.domain.periods import add_period
from lumbung.organization.models import OpeningHours, Period
from lumbung.organization.queries import Hours, calendar_of
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday morning in Jakarta
LIST = "/staff/organization/periods"


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def pusat(db):
    LibraryFactory()
    return open_on(BranchFactory(code="PUSAT"))


@pytest.fixture
def desk(client, sari, signed_in, pusat):
    return signed_in(client, sari)


def uas(**told):
    return add_period(
        **{"kind": "exams", "name": "UAS", "first_day": date(2026, 12, 1), "last_day": date(2026, 12, 14), "by": None, **told}
    )


def test_only_those_who_may_change_the_library_see_the_pages(client, pusat, ani, budi, signed_in, with_role, sari):
    key = uas().pk
    addresses = [LIST, f"{LIST}/new", f"{LIST}/{key}", f"{LIST}/{key}/hours/{pusat.pk}"]
    assert [client.get(page).status_code for page in addresses] == [302] * 4
    for user in (ani.user, budi.user, with_role("cataloguer"), with_role("circulation")):
        signed_in(client, user)
        assert [client.get(page).status_code for page in addresses] == [403] * 4
        assert client.delete(f"{LIST}/{key}").status_code == 403
    signed_in(client, sari)
    assert [client.get(page).status_code for page in addresses] == [200] * 4


def test_a_period_is_added_changed_and_removed(desk):
    told = {"name": "UAS", "kind": "exams", "branch": "", "first_day": "2026-12-01", "last_day": "2026-12-14"}
    answer = desk.post(f"{LIST}/new", told)
    period = Period.objects.get()
    assert (answer["Location"], period.kind, period.branch) == (reverse("organization:period", args=[period.pk]), "exams", None)
    desk.post(f"{LIST}/{period.pk}", {**told, "name": "UAS gasal", "last_day": "2026-12-12"})
    period.refresh_from_db()
    assert (period.name, period.last_day) == ("UAS gasal", date(2026, 12, 12))
    desk.delete(f"{LIST}/{period.pk}")
    assert not Period.objects.exists()


def test_everything_wrong_is_said_on_the_form_and_what_was_typed_stays(desk):
    told = {"name": "  Lama ", "kind": "term", "branch": "", "first_day": "2026-11-10", "last_day": "2026-11-09"}
    answer = desk.post(f"{LIST}/new", told)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Hari terakhir masa ini mendahului hari pertamanya.",
        "Masa baru tidak dapat berakhir sebelum hari ini.",
    ]
    assert 'value="2026-11-10"' in answer.content.decode()
    unreadable = desk.post(f"{LIST}/new", {**told, "kind": "carnival", "first_day": "kapan"})
    assert set(unreadable.context["form"].errors) == {"kind", "first_day"}


def test_a_running_period_keeps_its_beginning_and_cannot_be_removed(desk):
    running = uas(first_day=date(2026, 11, 16))
    page = desk.get(f"{LIST}/{running.pk}").content.decode()
    assert "Masa ini sudah mulai" in page
    assert "Hapus masa ini" not in page
    told = {"name": "UAS", "kind": "term", "first_day": "2026-11-20", "last_day": "2026-12-05"}
    assert desk.post(f"{LIST}/{running.pk}", told).status_code == 302
    running.refresh_from_db()
    assert (running.kind, running.first_day, running.last_day) == ("exams", date(2026, 11, 16), date(2026, 12, 5))
    assert desk.delete(f"{LIST}/{running.pk}").status_code == 409


def test_a_period_has_hours_of_its_own_in_one_branch_until_they_are_emptied(desk, pusat):
    teknik, period = open_on(BranchFactory(code="TEKNIK")), uas()
    address = f"{LIST}/{period.pk}/hours/{pusat.pk}"
    assert desk.get(address).context["form"]["d0_0_opens"].initial == time(8)
    desk.post(address, {"d0_0_opens": "07:00", "d0_0_closes": "21:00"})
    monday_of_exams = date(2026, 12, 7)
    assert calendar_of(pusat).hours_on(monday_of_exams) == (Hours(time(7), time(21)),)
    assert calendar_of(teknik).hours_on(monday_of_exams) == (Hours(time(8), time(16)),)
    assert "07.00–21.00" in desk.get(f"{LIST}/{period.pk}").content.decode()
    assert "Jam buka sendiri" in desk.get(LIST).content.decode()
    desk.post(address, {})
    desk.post(address, {"d0_0_opens": "", "d0_0_closes": ""})
    assert calendar_of(pusat).hours_on(monday_of_exams) == (Hours(time(8), time(16)),)


def test_hours_are_for_the_branch_of_the_period_and_never_for_days_gone_by(desk, pusat):
    teknik = BranchFactory(code="TEKNIK")
    own = uas(branch=teknik)
    assert desk.get(f"{LIST}/{own.pk}/hours/{pusat.pk}").status_code == 404
    over = Period.objects.create(kind="term", name="Lama", first_day=date(2026, 2, 1), last_day=date(2026, 6, 30))
    refused = desk.post(f"{LIST}/{over.pk}/hours/{pusat.pk}", {"d0_0_opens": "07:00", "d0_0_closes": "21:00"})
    assert refused.context["form"].non_field_errors() == ["Masa ini sudah lewat, jadi jam bukanya tidak dapat diubah lagi."]
    running = uas(first_day=date(2026, 11, 16))
    set_opening_hours(pusat, [(0, time(7), time(21))], period=running, by=None)
    assert OpeningHours.objects.get(period=running).since == date(2026, 11, 23)
    assert calendar_of(pusat).hours_on(date(2026, 11, 16)) == (Hours(time(8), time(16)),)
    assert calendar_of(pusat).hours_on(date(2026, 11, 30)) == (Hours(time(7), time(21)),)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_tells_running_coming_and_past_apart_in_as_many_questions(desk, pusat, count, django_assert_num_queries):
    assert "Tidak ada masa yang berjalan" in desk.get(LIST).content.decode()
    for number in range(count):
        uas(name=f"Datang {number}", branch=pusat)
        uas(name=f"Jalan {number}", first_day=date(2026, 11, 1))
        Period.objects.create(kind="term", name=f"Lewat {number}", first_day=date(2026, 2, 1), last_day=date(2026, 6, 30))
    with django_assert_num_queries(6):
        answer = desk.get(LIST)
    assert [each.name for each in answer.context["current"]] == [
        *(f"Jalan {number}" for number in range(count)),
        *(f"Datang {number}" for number in range(count)),
    ]
    assert [each.name for each in answer.context["page"]] == [f"Lewat {number}" for number in reversed(range(count))]
    page = answer.content.decode()
    assert [page.count(f">{word}<") for word in ("Berjalan", "Akan datang")] == [count, count]
