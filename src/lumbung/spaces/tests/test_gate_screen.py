"""The screen beside the door: whoever knows its address may use it, and it tells no more than a first name."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.members.domain.privacy.consents import choose, create_default_consents
from lumbung.members.models import ConsentPurpose, Member
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.spaces.domain.phones import sign_for_phones
from lumbung.spaces.models import Visit
from lumbung.spaces.tests.factories import GateFactory, PurposeFactory, VisitFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def gate():
    LibraryFactory()
    return GateFactory(name="Pintu utama")


@pytest.fixture
def screen(gate):
    return reverse("spaces:screen", args=[gate.address])


def said(answer):
    return answer.context["told"]


def agrees_to_the_screen(member):
    create_default_consents()
    choose(member, ConsentPurpose.objects.get(code="screen"), agrees=True, by=None)


def test_a_card_is_greeted_by_first_name_and_time_of_day(client, screen, budi):
    agrees_to_the_screen(budi)
    with clock.stopped_at(MORNING):
        told = said(client.post(screen, {"what": "card", "code": "M-BUDI"}))
    assert (told.look, told.headline, told.text) == ("ok", "Selamat pagi, Budi", "Selamat datang di Perpustakaan Pusat.")
    assert "Santoso" not in client.post(screen, {"what": "card", "code": "M-BUDI"}).content.decode()


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ni Made Ayu", "Ni Made"),
        ("M. Ridwan Kamil", "M. Ridwan"),
        ("I Gusti Ngurah Rai", "I Gusti"),
        ("Suharto", "Suharto"),
        ("Li", "Li"),
    ],
)
def test_a_member_is_called_by_the_words_that_can_stand_alone(client, screen, budi, name, called):
    agrees_to_the_screen(budi)
    Member.objects.filter(pk=budi.pk).update(name=name)
    with clock.stopped_at(MORNING):
        assert said(client.post(screen, {"what": "card", "code": "M-BUDI"})).headline == f"Selamat pagi, {called}"


def test_a_member_who_did_not_agree_is_greeted_without_a_name(client, screen, ani, budi):
    agrees_to_the_screen(budi)
    with clock.stopped_at(MORNING):
        answer = client.post(screen, {"what": "card", "code": "M-ANI"})
    assert (said(answer).headline, "Ani" in answer.content.decode()) == ("Selamat pagi", False)


def test_a_gate_may_greet_without_a_name(client, gate, screen, budi):
    agrees_to_the_screen(budi)
    gate.greets_by_name = False
    gate.save()
    with clock.stopped_at(MORNING):
        assert said(client.post(screen, {"what": "card", "code": "M-BUDI"})).headline == "Selamat pagi"


def test_ended_and_blocked_members_count_and_are_sent_to_the_desk_without_a_reason(client, screen, ani, budi):
    Member.objects.filter(pk=ani.pk).update(expires_on="2020-12-31")
    Member.objects.filter(pk=budi.pk).update(blocked_because="Buku hilang")
    for code in ("M-ANI", "M-BUDI"):
        answer = client.post(screen, {"what": "card", "code": code})
        assert (said(answer).look, said(answer).text) == ("due", "Silakan singgah di meja layanan tentang keanggotaan Anda.")
        assert "Buku hilang" not in answer.content.decode()
    assert Visit.objects.count() == 2


def test_a_guest_and_a_class_come_by_their_forms(client, screen):
    purpose = PurposeFactory()
    guest = {"what": "guest", "name": "Tuti Herawati", "institution": "SMA 1", "consent": "on", "purpose": purpose.pk}
    assert said(client.post(screen, guest)).look == "ok"
    assert said(client.post(screen, {**guest, "consent": ""})).look == "no"
    assert said(client.post(screen, {"what": "group", "name": "Kelas X", "people": "32"})).text == "32 orang tercatat."
    assert said(client.post(screen, {"what": "group", "name": "Kelas X", "people": "banyak"})).look == "no"
    assert sorted(Visit.objects.values_list("kind", "people", "purpose")) == [("group", 32, None), ("guest", 1, purpose.pk)]


def test_what_was_kept_is_taken_once_and_each_is_answered(client, gate, screen, ani):
    visits = [
        {"sequence": 1, "at": MORNING.isoformat(), "form": {"what": "card", "code": "M-ANI"}},
        {"sequence": 2, "at": MORNING.isoformat(), "form": {"what": "card", "code": "siapa"}},
        {"sequence": 3, "at": "kemarin?", "form": {"what": "guest", "name": "Tuti", "consent": "on"}},
    ]
    kept = reverse("spaces:kept", args=[gate.address])
    for _ in range(2):
        with clock.stopped_at(MORNING + timedelta(hours=1)):
            answer = client.post(kept, json.dumps({"device": "T1", "visits": visits}), content_type="application/json").json()
        assert (answer["taken"], [each["look"] for each in answer["outcomes"]], answer["today"]) == (
            [1, 2, 3],
            ["ok", "no", "ok"],
            2,
        )
    assert Visit.objects.filter(device="T1").count() == 2


def test_a_gate_whose_clock_is_wrong_dates_its_visits_by_ours(client, gate, ani, budi):
    behind = {"sequence": 1, "at": (MORNING - timedelta(hours=3)).isoformat(), "form": {"what": "card", "code": "M-ANI"}}
    ahead = {"sequence": 1, "at": (MORNING + timedelta(hours=3)).isoformat(), "form": {"what": "card", "code": "M-BUDI"}}
    for device, hours, visit in (("T1", -3, behind), ("T2", 3, ahead)):
        with clock.stopped_at(MORNING + timedelta(minutes=20)):
            says = clock.now() + timedelta(hours=hours)
            body = json.dumps({"device": device, "now": says.isoformat(), "visits": [visit]})
            assert client.post(reverse("spaces:kept", args=[gate.address]), body, content_type="application/json").json()[
                "taken"
            ] == [1]
    assert list(Visit.objects.values_list("came_at", flat=True)) == [MORNING] * 2


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"device": "T"}',
        '{"device": "", "visits": []}',
        '{"device": "T", "visits": [{"sequence": 0, "at": "", "form": {}}]}',
        '{"device": "T", "visits": [{"sequence": 1, "at": "", "form": {"code": "\\ud800"}}]}',
        '{"device": "T", "visits": [{"sequence": 1, "at": "0001-01-01T00:00:00+14:00", "form": {}}]}',
        '{"device": "T", "now": "2000-01-01T00:00Z", "visits": [{"sequence": 1, "at": "9999-12-31T23:00Z", "form": {}}]}',
    ],
)
def test_what_cannot_be_read_is_refused_in_words(client, gate, body):
    answer = client.post(reverse("spaces:kept", args=[gate.address]), body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"error": "Kiriman kunjungan tidak terbaca."})


def test_the_purpose_is_touched_after_the_scan_at_this_gate_alone(client, gate, screen, ani):
    gate.asks_purpose = True
    gate.save()
    purpose = PurposeFactory(name="Membaca di tempat")
    page = client.post(screen, {"what": "card", "code": "M-ANI"})
    visit = Visit.objects.get()
    assert "Membaca di tempat" in page.content.decode()
    say = reverse("spaces:visit_purpose", args=[gate.address, visit.pk])
    assert said(client.post(say, {"purpose": purpose.pk})).look == "ok"
    told = client.post(say, {"purpose": purpose.pk}, headers={"accept": "application/json"}).json()
    assert (told["look"], told["headline"], told["visit"]) == ("ok", "Terima kasih", None)
    assert client.post(say, {"purpose": "999"}).status_code == 404
    elsewhere = reverse("spaces:visit_purpose", args=[GateFactory().address, visit.pk])
    assert client.post(elsewhere, {"purpose": purpose.pk}).status_code == 404
    assert Visit.objects.get().purpose == purpose


def test_a_gate_not_in_use_and_a_guessed_address_show_nothing(client, gate, screen):
    gate.is_active = False
    gate.save()
    pages = [screen, reverse("spaces:screen", args=["x" * 43]), reverse("spaces:code", args=[gate.address])]
    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_a_screen_that_scans_without_end_is_slowed(client, gate, screen, ani, monkeypatch):
    monkeypatch.setattr("lumbung.spaces.web.gate_screen._scans.per_minute", 2)
    monkeypatch.setattr("lumbung.spaces.web.gate_screen._scans._minute", 0)
    with clock.stopped_at(MORNING):
        looks = [said(client.post(screen, {"what": "card", "code": "M-ANI"})).look for _ in range(3)]
    assert looks == ["ok", "ok", "no"]


def test_what_is_too_much_for_a_minute_stays_with_the_device_until_the_next(client, gate, monkeypatch):
    monkeypatch.setattr("lumbung.spaces.web.gate_screen._scans.per_minute", 2)
    monkeypatch.setattr("lumbung.spaces.web.gate_screen._scans._minute", 0)
    guest = {"what": "guest", "name": "Tuti", "consent": "on"}
    visits = [{"sequence": n, "at": MORNING.isoformat(), "form": guest} for n in (1, 2, 3)]
    kept = reverse("spaces:kept", args=[gate.address])

    def sent(some):
        return client.post(kept, json.dumps({"device": "T1", "visits": some}), content_type="application/json")

    with clock.stopped_at(MORNING):
        answer = sent(visits).json()
        assert (answer["taken"], [each["sequence"] for each in answer["outcomes"]]) == ([1, 2], [1, 2])
        refused = sent(visits[2:])
        assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert Visit.objects.count() == 2
    with clock.stopped_at(MORNING + timedelta(minutes=1)):
        assert sent(visits[2:]).json()["taken"] == [3]
    assert Visit.objects.count() == 3


def test_guests_by_phone_without_end_are_slowed(client, gate, monkeypatch):
    monkeypatch.setattr("lumbung.spaces.web.own_phone._guests.per_minute", 1)
    monkeypatch.setattr("lumbung.spaces.web.own_phone._guests._minute", 0)
    here = reverse("spaces:here", args=[sign_for_phones(gate)])
    guest = {"what": "guest", "name": "Tuti", "consent": "on"}
    with clock.stopped_at(clock.now()):
        assert [said(client.post(here, guest)).look for _ in range(2)] == ["ok", "no"]
    assert Visit.objects.count() == 1


def test_a_member_comes_in_by_their_own_phone_while_the_code_is_fresh(client, gate, ani, signed_in):
    with clock.stopped_at(MORNING):
        here = reverse("spaces:here", args=[sign_for_phones(gate)])
    assert "Buku tamu" in client.get(here).content.decode()
    phone = signed_in(client, ani.user)
    assert "Saya datang" in phone.get(here).content.decode()
    assert said(phone.post(here)).look == "ok"
    assert Visit.objects.get().member == ani
    assert phone.get(reverse("spaces:here", args=["1:abc:def"])).status_code == 410


def test_an_old_code_lets_nobody_in_from_home(client, gate, ani, signed_in, monkeypatch):
    here = reverse("spaces:here", args=[sign_for_phones(gate)])
    monkeypatch.setattr("lumbung.spaces.web.own_phone.MINUTES", -1)
    assert signed_in(client, ani.user).post(here).status_code == 410
    assert not Visit.objects.exists()


def test_a_guest_writes_in_the_guest_book_by_phone(client, gate):
    here = reverse("spaces:here", args=[sign_for_phones(gate)])
    assert said(client.post(here, {"what": "guest", "name": "Tuti", "consent": "on"})).look == "ok"
    assert said(client.post(here, {"what": "guest", "name": "Tuti"})).look == "no"


def test_the_code_is_drawn_anew_and_never_kept(client, gate):
    answer = client.get(reverse("spaces:code", args=[gate.address]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b"<svg" in answer.content


def test_the_screen_counts_todays_people_in_a_fixed_number_of_statements(client, gate, screen, django_assert_num_queries):
    VisitFactory.create_batch(3, gate=gate)
    client.get(screen)
    with django_assert_num_queries(3):
        page = client.get(screen).content.decode()
    assert '<b class="num" data-today>3</b>' in page
