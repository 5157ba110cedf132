"""Files that only so many may read at once: places, queue, estimate, and an end that comes by itself."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from lumbung.accounts.tests.factories import UserFactory
from lumbung.digital.domain.files import change_file
from lumbung.digital.domain.lending import set_lending
from lumbung.digital.domain.sittings import end_sittings, sit_down, stand_up
from lumbung.digital.models import File, FileUse, Levels, Sitting
from lumbung.digital.queries import Asker, access_to
from lumbung.digital.queries.files import titled
from lumbung.digital.queries.offered import offered_to
from lumbung.digital.queries.sittings import turn_of
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


@pytest.fixture
def file(db) -> File:
    """A file that two may read at once."""
    LibraryFactory()
    return titled().get(pk=a_file(content=a_pdf("satu", "dua"), level=Levels.MEMBERS, at_once=2).pk)


def readers(count: int) -> list:
    return [MemberFactory(user=UserFactory()).user for _ in range(count)]


def places(file: File, *users) -> list[int | None]:
    return [sit_down(file, user).place for user in users]


def test_as_many_read_at_once_as_the_licence_says_and_the_next_waits_for_who_came_before(file):
    first, second, third, fourth = readers(4)
    with clock.stopped_at(NOW):
        assert places(file, first, second, third, fourth) == [1, 2, None, None]
        assert places(file, second, first) == [2, 1]
        stand_up(file, first)
        assert places(file, fourth, third, fourth) == [None, 1, None]
        assert [turn_of(sit_down(file, fourth), file).position] == [1]


def test_who_opens_no_page_for_ten_minutes_has_left_and_who_waits_without_asking_loses_the_turn(file):
    first, second, third, fourth = readers(4)
    with clock.stopped_at(NOW):
        assert places(file, first, second, third) == [1, 2, None]
    with clock.stopped_at(NOW + timedelta(minutes=3)):
        assert places(file, first, fourth) == [1, None]
    with clock.stopped_at(NOW + timedelta(minutes=10, seconds=1)):
        assert places(file, third, first) == [2, 1]
    assert sorted(Sitting.objects.filter(ended_at=None).values_list("reader", "place")) == sorted(
        [(first.pk, 1), (third.pk, 2)]
    )


def test_the_estimate_is_how_long_people_took_and_honest_where_nobody_knows(file):
    first, second, third, fourth = readers(4)
    with clock.stopped_at(NOW):
        places(file, first, second)
        assert turn_of(sit_down(file, third), file).minutes is None
        stand_up(file, third)
    Sitting.objects.all().delete()
    for minutes in (20, 30, 50):
        since = NOW - timedelta(minutes=minutes)
        Sitting.objects.create(file=file, reader=None, place=1, since=since, seen_at=NOW, ended_at=NOW)
    with clock.stopped_at(NOW):
        places(file, first)
    with clock.stopped_at(NOW + timedelta(minutes=9)):
        places(file, first, second)
        turns = [turn_of(sit_down(file, each), file) for each in (third, fourth)]
    assert [(each.position, each.reading, each.minutes) for each in turns] == [(1, 2, 21), (2, 2, 30)]


def test_who_read_is_forgotten_the_moment_they_leave_and_only_how_long_stays(file):
    (reader,) = readers(1)
    with clock.stopped_at(NOW):
        sit_down(file, reader)
    with clock.stopped_at(NOW + timedelta(minutes=5)):
        stand_up(file, reader)
        stand_up(file, reader)
    [row] = Sitting.objects.all()
    assert (row.reader, row.ended_at - row.since) == (None, timedelta(minutes=5))


def test_at_night_those_who_left_a_file_that_nobody_opened_since_are_forgotten(file):
    first, second, third = readers(3)
    with clock.stopped_at(NOW):
        places(file, first, second, third)
    with clock.stopped_at(NOW + timedelta(minutes=9)):
        places(file, first)
    with clock.stopped_at(NOW + timedelta(minutes=11)):
        assert (end_sittings(), end_sittings()) == (2, 0)
    rows = Sitting.objects.order_by("place").values_list("reader", "place", "seen_at")
    assert list(rows) == [(first.pk, 1, NOW + timedelta(minutes=9)), (None, 2, NOW)]


def test_a_stranger_signs_in_first_a_keeper_needs_no_place_and_nobody_downloads(file, sari):
    change_file(file, level=Levels.PUBLIC, by=sari)
    file = titled().get(pk=file.pk)
    stranger, member = access_to(file, Asker()), access_to(file, Asker(readers(1)[0]))
    assert ([each.code for each in stranger.refusals], stranger.way_on.signs_in) == (["read_in_turn"], True)
    assert (member.may_read, member.may_download) == (True, False)
    assert access_to(file, Asker(sari)).may_download
    assert list(offered_to(Asker())) == []


def test_what_is_lent_has_its_places_by_the_loans(file, sari):
    set_lending(file, by=sari)
    found = access_to(titled().get(pk=file.pk), Asker(readers(1)[0]))
    assert [each.code for each in found.refusals] == ["needs_loan"]


@pytest.mark.parametrize("wrong", [0, 1001])
def test_a_limit_out_of_range_is_refused_and_the_database_knows_too(file, sari, wrong):
    with pytest.raises(Refused) as refusal:
        change_file(file, at_once=wrong, by=sari)
    assert refusal.value.codes == ["number_out_of_range"]
    with pytest.raises(IntegrityError, match="a_limit_of_readers_lets_somebody_read"), transaction.atomic():
        File.objects.filter(pk=file.pk).update(at_once=wrong)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_open_the_file_in_the_same_moment_no_more_read_than_may(sari):
    LibraryFactory()
    file = a_file(at_once=2)
    users = [UserFactory() for _ in range(6)]
    results, refusals = race(*(lambda user=user: sit_down(file, user) for user in users))
    assert sorted(each.place or 9 for each in results) == [1, 2, 9, 9, 9, 9]
    assert (refusals, Sitting.objects.filter(place__isnull=False).count()) == ([], 2)


@pytest.mark.django_db(transaction=True)
def test_one_reader_with_many_tabs_has_one_place():
    LibraryFactory()
    file, user = a_file(at_once=2), UserFactory()
    results, refusals = race(*[lambda: sit_down(file, user)] * 5)
    assert ([each.place for each in results], refusals) == ([1] * 5, [])


def test_the_next_reader_is_told_kindly_waits_and_is_led_in_when_the_turn_comes(client, file, ani, budi, signed_in):
    change_file(file, at_once=1, by=None)
    address = f"/files/{file.pk}/read"
    page = signed_in(client, ani.user).get(address).content.decode()
    assert ("Tempat 1 dari 1" in page, "Selesai membaca, serahkan tempat" in page) == (True, True)
    assert client.get(f"/files/{file.pk}/pages/1.jpg").status_code == 200
    waiting = signed_in(client, budi.user).get(address).content.decode()
    assert "Urutan tunggu ke-1" in waiting
    assert "Sedang dibaca 1 orang; lisensinya membolehkan 1 pembaca serentak." in waiting
    assert "atau 10 menit setelah ia berhenti membuka halaman" in waiting
    assert FileUse.objects.filter(kind="AccessDenied", reason="all_places_read").count() == 1
    for part in ("pages/1.jpg", "pages/1.json", "find?q=satu"):
        assert client.get(f"/files/{file.pk}/{part}").status_code == 409
    assert client.get(f"/files/{file.pk}/reading").json()["waits"] is True
    assert "HX-Redirect" not in client.get(address, headers={"hx-request": "true"})
    signed_in(client, ani.user).post(f"/files/{file.pk}/place", {"_method": "DELETE"})
    assert signed_in(client, budi.user).get(address, headers={"hx-request": "true"})["HX-Redirect"] == address
    assert "waits" not in client.get(f"/files/{file.pk}/reading").json()


def test_a_picture_that_few_may_read_at_once_comes_light_first_and_then_whole(client, ani, signed_in):
    LibraryFactory()
    out = BytesIO()
    Image.effect_noise((1600, 2200), 90).convert("RGB").save(out, "JPEG", quality=95)
    file = a_file(content=out.getvalue(), name="naskah.jpg", level=Levels.MEMBERS, at_once=1)
    shown = signed_in(client, ani.user).get(f"/files/{file.pk}/read").content.decode()
    [(light, whole)] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)" data-whole="([^"]+)"', shown)
    assert (len(light) < 50_000, whole, "tiles=" in shown) == (True, f"/files/{file.pk}/play", False)


def test_viewers_of_other_sites_hold_no_place_and_get_no_picture(client, file, ani, signed_in):
    reader, address = signed_in(client, ani.user), f"/iiif/3/{file.pk}-1/info.json"
    assert reader.get(address).status_code == 404
    change_file(file, at_once=None, by=None)
    assert reader.get(address).status_code == 200


def test_a_page_of_a_limited_file_costs_one_statement_more(client, file, ani, signed_in, django_assert_max_num_queries):
    reader = signed_in(client, ani.user)
    reader.get(f"/files/{file.pk}/pages/1.jpg")
    with django_assert_max_num_queries(6):
        reader.get(f"/files/{file.pk}/pages/1.jpg")
