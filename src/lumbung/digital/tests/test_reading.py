"""Positions and marks, from several devices of one person."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.digital.domain.reading import MarkSent, keep_marks, keep_position
from lumbung.digital.models import Mark, Position
from lumbung.digital.queries import Asker, being_read
from lumbung.digital.queries.reading import latest_position
from lumbung.digital.tests.factories import a_file
from lumbung.formats.readium import Locator
from lumbung.kernel import clock
from lumbung.members.domain.privacy.holdings import registered
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(db):
    LibraryFactory()
    with clock.stopped_at(NOW):
        yield


def page(number: int) -> Locator:
    return Locator(href=f"pages/{number}.jpg", media_type="image/jpeg", position=number, total=number / 10)


def mark(key="k", note="", minutes=0, base=0, **more) -> MarkSent:
    told = {"kind": "note", "locator": page(1), "colour": "grain", "is_removed": False, **more}
    return MarkSent(key=key, note=note, changed_at=NOW - timedelta(minutes=60 - minutes), base=base, **told)


def notes(file) -> list[tuple[str, bool]]:
    return [(each.note, each.beside_id is not None) for each in Mark.objects.filter(file=file, removed_at=None).order_by("pk")]


def test_the_latest_of_all_devices_is_where_one_reads_on(ani):
    file = a_file()
    keep_position(file, reader=ani.user, device="ponsel", locator=page(3), at=NOW - timedelta(minutes=2))
    keep_position(file, reader=ani.user, device="laptop", locator=page(2), at=NOW - timedelta(minutes=9))
    assert latest_position(file, ani.user).locator["locations"]["position"] == 3


def test_what_comes_late_does_not_put_a_device_back_and_a_fast_clock_counts_as_now(ani):
    file = a_file()
    keep_position(file, reader=ani.user, device="ponsel", locator=page(7), at=NOW + timedelta(days=400))
    keep_position(file, reader=ani.user, device="ponsel", locator=page(2), at=NOW - timedelta(minutes=5))
    kept = Position.objects.get()
    assert (kept.locator["locations"]["position"], kept.at) == (7, NOW)


def test_a_mark_is_changed_by_a_device_that_knows_of_it(ani):
    file = a_file()
    keep_marks(file, [mark(note="satu", minutes=1)], reader=ani.user)
    keep_marks(file, [mark(note="dua", minutes=2, base=1)], reader=ani.user)
    assert notes(file) == [("dua", False)]
    assert Mark.objects.get().version == 2


def test_of_two_changes_that_knew_nothing_of_each_other_the_later_stands_and_the_other_is_kept_beside_it(ani):
    file = a_file()
    keep_marks(file, [mark(note="asal", minutes=1)], reader=ani.user)
    keep_marks(file, [mark(note="dari ponsel", minutes=9, base=1)], reader=ani.user)
    keep_marks(file, [mark(note="dari laptop", minutes=5, base=1)], reader=ani.user)
    assert notes(file) == [("dari ponsel", False), ("dari laptop", True)]
    keep_marks(file, [mark(note="terakhir", minutes=20, base=1)], reader=ani.user)
    assert notes(file) == [("terakhir", False), ("dari laptop", True), ("dari ponsel", True)]


def test_sent_again_a_mark_is_kept_once(ani):
    file = a_file()
    for _ in range(3):
        keep_marks(file, [mark(note="satu", minutes=1)], reader=ani.user)
    assert notes(file) == [("satu", False)]


def test_what_was_removed_elsewhere_goes_and_what_was_written_meanwhile_stays(ani):
    file = a_file()
    keep_marks(file, [mark(note="satu", minutes=1)], reader=ani.user)
    keep_marks(file, [mark(note="satu", minutes=2, base=1, is_removed=True)], reader=ani.user)
    assert notes(file) == []
    keep_marks(file, [mark(note="ditulis lagi", minutes=3, base=1)], reader=ani.user)
    assert notes(file) == [("ditulis lagi", False)]


def told(position: int) -> dict:
    return {"locator": page(position).as_json(), "at": NOW.isoformat()}


def test_devices_send_and_are_told_all_there_is(client: Client, ani, signed_in):
    file = a_file()
    signed_in(client, ani.user)
    sent = {
        "device": "ponsel",
        "position": told(4),
        "marks": [{"key": "a", "kind": "bookmark", "locator": page(4).as_json(), "at": NOW.isoformat()}],
    }
    answer = client.post(f"/files/{file.pk}/reading", json.dumps(sent), content_type="application/json").json()
    assert answer["position"] == {"device": "ponsel", **told(4)}
    assert [(each["key"], each["kind"], each["version"], each["removed"]) for each in answer["marks"]] == [
        ("a", "bookmark", 1, False)
    ]
    assert client.get(f"/files/{file.pk}/reading").json() == answer


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"[]", b"{}", b'{"device": ""}', b'{"device": "a", "position": {"locator": {}, "at": "2026-11-29T05:00:00Z"}}',
        b'{"device": "a", "position": {"locator": {"href": "a", "type": "b/c"}, "at": "kemarin"}}',
        b'{"device": "a", "marks": [{"key": "k", "kind": "tattoo"}]}', b'{"device": "a", "marks": 7}',
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_and_nothing_is_kept(client: Client, ani, signed_in, sent):
    file = a_file()
    answer = signed_in(client, ani.user).post(f"/files/{file.pk}/reading", sent, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert (Position.objects.count(), Mark.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "wrong", [{"version": float("inf")}, {"at": "0001-01-01T00:00:00+07:00"}, {"at": "9999-12-31T23:59:00-07:00"}]
)
def test_a_mark_of_no_version_or_no_moment_is_refused(client: Client, ani, signed_in, wrong: dict):
    file = a_file()
    sent = {"device": "ponsel", "marks": [{"key": "k", "kind": "bookmark", **told(3), **wrong}]}
    answer = signed_in(client, ani.user).post(f"/files/{file.pk}/reading", sent, content_type="application/json")
    assert (answer.status_code, Mark.objects.count()) == (400, 0)


def test_nobody_sees_or_changes_what_another_reads(client: Client, ani, budi, signed_in):
    file = a_file()
    keep_position(file, reader=ani.user, device="ponsel", locator=page(3), at=NOW)
    keep_marks(file, [mark(note="pribadi")], reader=ani.user)
    assert signed_in(client, budi.user).get(f"/files/{file.pk}/reading").json() == {"position": None, "marks": []}
    assert Client().get(f"/files/{file.pk}/reading").status_code == 401


def test_my_own_page_shows_where_i_read_on(client: Client, ani, signed_in):
    file = a_file()
    keep_position(file, reader=ani.user, device="ponsel", locator=page(4), at=NOW)
    shown = signed_in(client, ani.user).get("/my").content.decode()
    assert f'href="/files/{file.pk}/read"' in shown
    assert "40 %" in shown
    assert [found.pk for found, _ in being_read(Asker(ani.user))] == [file.pk]
    assert being_read(Asker()) == []


def test_a_person_is_told_what_is_kept_of_their_reading_and_it_can_be_forgotten(ani):
    file = a_file()
    keep_position(file, reader=ani.user, device="ponsel", locator=page(4), at=NOW)
    keep_marks(file, [mark(note="pribadi")], reader=ani.user)
    [holding] = [each for each in registered() if each.code == "digital"]
    kept = holding.told(ani)
    assert (len(kept["positions"]), kept["marks"][0]["note"]) == (1, "pribadi")
    holding.erase(ani)
    assert (Position.objects.count(), Mark.objects.count()) == (0, 0)
