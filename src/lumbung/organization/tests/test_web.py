"""The staff pages of the library's own particulars."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.organization import queries
from lumbung.organization.domain.branches import add_branch, add_location
from lumbung.organization.domain.calendar import Spell, announce_closure, set_opening_hours
from lumbung.organization.domain.library import set_up
from lumbung.organization.models import Branch, Closure, Library, Location

pytestmark = pytest.mark.django_db
MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def pusat():
    set_up(name="Perpustakaan Universitas Nusa", by=None)
    return add_branch(code="PUSAT", name="Perpustakaan Pusat", by=None)


@pytest.fixture
def desk(client: Client, sari, signed_in, pusat):
    return signed_in(client, sari)


def pages(branch):
    location = add_location(branch, code="LT2", name="Lantai 2", by=None)
    with clock.stopped_at(MONDAY_MORNING):
        closure = announce_closure(first_day=date(2026, 12, 25), last_day=date(2026, 12, 25), reason="Natal", by=None)
    return [
        reverse("organization:overview"),
        reverse("organization:library"),
        reverse("organization:branch_add"),
        reverse("organization:branch", args=[branch.pk]),
        reverse("organization:hours", args=[branch.pk]),
        reverse("organization:location_add", args=[branch.pk]),
        reverse("organization:location", args=[location.pk]),
        reverse("organization:closures"),
        reverse("organization:closure_shorten", args=[closure.pk]),
    ]


def test_a_librarian_sees_every_page(desk, pusat):
    assert [desk.get(page).status_code for page in pages(pusat)] == [200] * 9


def test_members_cataloguers_and_visitors_see_none(client, pusat, ani, budi, signed_in, with_role):
    addresses = pages(pusat)
    assert [client.get(page)["Location"].startswith("/accounts/") for page in addresses] == [True] * 9
    for user in (ani.user, budi.user, with_role("cataloguer"), with_role("circulation")):
        signed_in(client, user)
        assert [client.get(page).status_code for page in addresses] == [403] * 9


def test_changing_particulars_shows_at_once(desk):
    told = {
        "name": "Perpustakaan Nusa",
        "email": "halo@nusa.ac.id",
        "time_zone": "Asia/Makassar",
        "phone": "0274 1",
        "shown_names": "short",
    }
    answer = desk.post(reverse("organization:library"), told, follow=True)
    assert answer.redirect_chain == [(reverse("organization:overview"), 302)]
    library = Library.objects.get()
    assert (library.name, library.email, library.time_zone) == ("Perpustakaan Nusa", "halo@nusa.ac.id", "Asia/Makassar")
    assert "WITA" in answer.content.decode()


def test_a_branch_is_added_and_its_hours_come_next(desk):
    told = {"name": "Perpustakaan FKIP", "code": "FKIP", "time_zone": "Asia/Jakarta"}
    answer = desk.post(reverse("organization:branch_add"), told)
    branch = Branch.objects.get(code="FKIP")
    assert answer["Location"] == reverse("organization:hours", args=[branch.pk])


def test_a_code_in_use_is_refused_on_the_form_and_what_was_typed_stays(desk):
    answer = desk.post(reverse("organization:branch_add"), {"name": "Cabang dua", "code": "PUSAT", "time_zone": "Asia/Jakarta"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Kode PUSAT sudah dipakai. Pilih kode lain."]
    assert 'value="Cabang dua"' in answer.content.decode()


def test_friday_may_have_two_spells_and_an_empty_day_is_closed(desk, pusat):
    spells = {"d4_0_opens": "08:00", "d4_0_closes": "11:30", "d4_1_opens": "13:00", "d4_1_closes": "16:00"}
    desk.post(reverse("organization:hours", args=[pusat.pk]), spells)
    week = queries.calendar_of(pusat).week
    assert [len(day) for day in week] == [0, 0, 0, 0, 2, 0, 0]
    assert [(each.opens, each.closes) for each in week[4]] == [(time(8), time(11, 30)), (time(13), time(16))]


def test_monday_can_be_copied_to_friday(desk, pusat):
    told = {"d0_0_opens": "08:00", "d0_0_closes": "16:00", "d5_0_opens": "09:00", "d5_0_closes": "12:00", "like_monday": "on"}
    desk.post(reverse("organization:hours", args=[pusat.pk]), told)
    assert [len(day) for day in queries.calendar_of(pusat).week] == [1, 1, 1, 1, 1, 1, 0]


def test_half_a_spell_and_overlapping_spells_are_explained(desk, pusat):
    address = reverse("organization:hours", args=[pusat.pk])
    half = desk.post(address, {"d1_0_opens": "08:00"})
    assert half.context["form"].errors["d1_0_opens"] == ["Isi jam buka dan jam tutup, atau kosongkan keduanya."]
    overlap = {"d1_0_opens": "08:00", "d1_0_closes": "12:00", "d1_1_opens": "11:00", "d1_1_closes": "15:00"}
    refused = desk.post(address, overlap)
    assert refused.context["form"].non_field_errors() == ["Selasa: jam buka 08.00–12.00 dan 11.00–15.00 bertumpang tindih."]
    assert not queries.calendar_of(pusat).has_hours


def test_the_form_offers_one_spell_more_than_there_are(desk, pusat):
    set_opening_hours(pusat, [Spell(0, time(8), time(10)), Spell(0, time(11), time(12)), Spell(0, time(13), time(14))], by=None)
    form = desk.get(reverse("organization:hours", args=[pusat.pk])).context["form"]
    assert form.places == 4
    assert form["d0_2_opens"].initial == time(13)


def test_a_branch_without_hours_is_pointed_out_until_they_are_set(desk, pusat):
    overview = reverse("organization:overview")
    assert "belum punya jam buka" in desk.get(overview).content.decode()
    set_opening_hours(pusat, [Spell(0, time(8), time(16))], by=None)
    page = desk.get(overview).content.decode()
    assert "belum punya jam buka" not in page
    assert "08.00–16.00" in page


def test_a_closure_is_announced_called_off_and_never_backdated(desk):
    address = reverse("organization:closures")
    with clock.stopped_at(MONDAY_MORNING):
        desk.post(address, {"branch": "", "first_day": "2026-12-25", "last_day": "2026-12-26", "reason": "Natal"})
        closure = Closure.objects.get()
        past = desk.post(address, {"first_day": "2026-11-01", "last_day": "2026-11-02", "reason": "Lupa"})
        assert past.status_code == 422
        desk.post(reverse("organization:closure_withdraw", args=[closure.pk]))
    assert Closure.objects.count() == 0


def test_past_closures_are_shown_but_offer_no_button(desk):
    Closure.objects.create(first_day=date(2026, 1, 1), last_day=date(2026, 1, 1), reason="Tahun Baru")
    with clock.stopped_at(MONDAY_MORNING):
        page = desk.get(reverse("organization:closures")).content.decode()
    assert "Tahun Baru" in page
    assert "Sudah lewat" in page
    assert "closures/" not in page


def test_a_running_closure_ends_early_not_later(desk):
    closure = Closure.objects.create(first_day=date(2026, 11, 20), last_day=date(2026, 11, 30), reason="Cacah ulang")
    address = reverse("organization:closure_shorten", args=[closure.pk])
    with clock.stopped_at(MONDAY_MORNING):
        assert desk.post(address, {"last_day": "2026-12-05"}).status_code == 422
        assert desk.post(address, {"last_day": "2026-11-25"}).status_code == 302
    assert Closure.objects.get().last_day == date(2026, 11, 25)


def test_locations_are_added_changed_and_removed(desk, pusat):
    desk.post(reverse("organization:location_add", args=[pusat.pk]), {"name": "Lantai 2", "code": "LT2"})
    location = Location.objects.get()
    desk.post(reverse("organization:location", args=[location.pk]), {"name": "Lantai dua", "code": "LT2"})
    assert Location.objects.get().name == "Lantai dua"
    desk.post(reverse("organization:location_remove", args=[location.pk]))
    assert Location.objects.count() == 0


def test_a_branch_with_locations_stays_and_says_why(desk, pusat):
    add_location(pusat, code="LT1", name="Lantai 1", by=None)
    answer = desk.post(reverse("organization:branch_remove", args=[pusat.pk]))
    assert answer.status_code == 409
    assert Branch.objects.filter(pk=pusat.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_three_rows_as_for_one(desk, pusat, count, django_assert_num_queries):
    for n in range(count - 1):
        add_branch(code=f"C{n}", name=f"Cabang {n}", by=None)
    for n in range(count):
        Closure.objects.create(branch=pusat, first_day=date(2026, 1, 1 + n), last_day=date(2026, 1, 1 + n), reason="Libur")
    queries.calendars.changed()
    with django_assert_num_queries(9):
        desk.get(reverse("organization:overview"))
    with django_assert_num_queries(6):
        desk.get(reverse("organization:closures"))
