"""Visits for staff: the day, a visit noted by hand or taken back, and figures anybody can check."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.spaces import queries
from lumbung.spaces.charts import columns, heat_map
from lumbung.spaces.models import Visit
from lumbung.spaces.queries import Period
from lumbung.spaces.tests.factories import GateFactory, PurposeFactory, VisitFactory

pytestmark = pytest.mark.django_db
MONDAY_NINE = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TUESDAY_TEN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def gate():
    LibraryFactory()
    return GateFactory(name="Pintu utama")


@pytest.fixture
def desk(client, sari, signed_in, gate):
    return signed_in(client, sari)


def test_staff_see_who_came_members_and_visitors_see_nothing(client, desk, gate, sari, ani, budi, signed_in, with_role):
    visit = VisitFactory(gate=gate, member=ani)
    pages = [reverse("spaces:visits"), reverse("spaces:figures")]
    assert "Ani" in desk.get(pages[0]).content.decode()
    for user in (ani.user, budi.user, with_role("cataloguer")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]
    assert list(queries.visits_visible_to(sari)) == list(queries.visits_visible_to(ani.user)) == [visit]
    assert not queries.visits_visible_to(budi.user).exists()


def test_visits_are_noted_by_hand_and_taken_back(desk, gate, ani):
    address = reverse("spaces:visit_note")
    desk.post(address, {"gate": gate.pk, "code": "M-ANI", "people": 1})
    desk.post(address, {"gate": gate.pk, "name": "Tuti", "people": 1, "consents": "on"})
    desk.post(address, {"gate": gate.pk, "name": "Kelas X", "people": 30})
    assert sorted(Visit.objects.values_list("kind", "people")) == [("group", 30), ("guest", 1), ("member", 1)]
    wrong = desk.post(address, {"gate": gate.pk, "name": "Tanpa izin", "people": 1})
    assert wrong.status_code == 422
    desk.post(reverse("spaces:visit_remove", args=[Visit.objects.get(kind="group").pk]))
    assert Visit.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_day_is_listed_with_a_fixed_number_of_statements(desk, gate, rows, ani, django_assert_num_queries):
    VisitFactory.create_batch(rows, gate=gate, member=ani, purpose=PurposeFactory())
    desk.get(reverse("spaces:visits"))
    with django_assert_num_queries(9):
        assert desk.get(reverse("spaces:visits")).status_code == 200


def a_week(gate, ani):
    reading = PurposeFactory(name="Membaca di tempat")
    VisitFactory(gate=gate, member=ani, category=ani.category, came_at=MONDAY_NINE, purpose=reading)
    VisitFactory(gate=gate, came_at=MONDAY_NINE, institution="SMA 1")
    VisitFactory(gate=gate, came_at=TUESDAY_TEN, kind="group", people=30, name="Kelas X", institution="SMA 1")


def test_figures_count_people_and_not_rows(gate, ani):
    a_week(gate, ani)
    VisitFactory(gate=GateFactory(branch=BranchFactory(code="FIK")), came_at=MONDAY_NINE)
    found = queries.figures(Period(date(2026, 11, 22), date(2026, 11, 24)), gate.branch)
    assert (found.total, found.days_open) == (32, 2)
    assert found.by_day == [(date(2026, 11, 22), 0), (date(2026, 11, 23), 2), (date(2026, 11, 24), 30)]
    assert (found.heat[0][9], found.heat[1][10], sum(map(sum, found.heat))) == (2, 30, 32)
    assert (found.by_purpose, found.by_category) == ([("Membaca di tempat", 1)], [("Mahasiswa", 1)])
    assert found.by_kind == [("Rombongan", 30), ("Tamu", 1), ("Anggota", 1)]
    assert (found.by_institution, found.by_gate) == ([("SMA 1", 31)], [("Perpustakaan Pusat: Pintu utama", 32)])
    assert queries.figures(Period(date(2026, 11, 23), date(2026, 11, 23))).total == 3


def test_twelve_months_are_told_also_where_nobody_came(gate, ani):
    a_week(gate, ani)
    months = queries.by_month(date(2026, 12, 5))
    assert (len(months), months[0], months[-2:]) == (
        12, (date(2026, 1, 1), 0, 0), [(date(2026, 11, 1), 3, 32), (date(2026, 12, 1), 0, 0)],
    )  # fmt: skip


def test_the_page_of_figures_draws_them_and_tells_them_as_tables(desk, gate, ani):
    a_week(gate, ani)
    page = desk.get(reverse("spaces:figures"), {"first": "2026-11-22", "last": "2026-11-24"}).content.decode()
    assert "Sen 23 Nov 2026: 2</title>" in page
    assert '<td class="num shade-5">30</td>' in page
    with clock.stopped_at(MONDAY_NINE):
        assert (
            "Belum ada kunjungan dalam masa ini" in desk.get(reverse("spaces:figures"), {"last": "2025-01-31"}).content.decode()
        )


def test_a_period_of_more_than_a_year_is_cut_and_says_so(desk):
    page = desk.get(reverse("spaces:figures"), {"first": "2020-01-01", "last": "2026-11-24"})
    assert (page.context["period"].days, page.context["too_long"]) == (366, True)


def test_the_table_to_take_away_has_no_names(desk, gate, ani):
    a_week(gate, ani)
    answer = desk.get(reverse("spaces:figures"), {"first": "2026-11-22", "last": "2026-11-24", "form": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] + " " + row[4] for row in rows[1:]] == ["2026-11-23 Anggota", "2026-11-23 Tamu", "2026-11-24 Rombongan"]
    assert "Ani" not in text


def test_charts_show_whoever_came_at_all():
    drawn = columns([(date(2026, 1, 1), 1000), (date(2026, 1, 2), 1), (date(2026, 1, 3), 0)])
    assert [(each.x, each.top, each.drawn) for each in drawn] == [(0, 0, 56), (10, 54, 2), (20, 56, 0)]
    heat = [[0] * 24 for _ in range(7)]
    heat[0][5], heat[0][9] = 1, 10
    (name, fields), *_ = heat_map(heat)
    assert (name, fields[0].hour, fields[-1].hour) == ("Senin", 5, 20)
    assert [field.shade for field in fields if field.people] == [1, 5]
