import pytest

from lumbung.accounts.domain.notices import wants
from lumbung.accounts.models import User
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
PAGE = "/accounts/preferences/"


def test_ani_far_away_chooses_her_language_and_clock(client, ani, signed_in):
    signed_in(client, ani.user)
    response = client.post(PAGE, {"language": "en", "time_zone": "Europe/Amsterdam"})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    ani.user.refresh_from_db()
    assert (ani.user.language, ani.user.time_zone) == ("en", "Europe/Amsterdam")
    assert JournalEntry.objects.get(name="UserChanged").channel == "web"
    assert '<html lang="en"' in client.get(PAGE).content.decode()


def test_on_another_device_the_preference_holds_and_the_devices_own_choice_goes_first(client, ani, signed_in):
    User.objects.filter(pk=ani.user.pk).update(language="en")
    signed_in(client, ani.user)
    assert '<html lang="en"' in client.get(PAGE).content.decode()
    client.cookies["django_language"] = "id"
    assert '<html lang="id"' in client.get(PAGE).content.decode()


def test_an_unknown_zone_is_refused(client, ani, signed_in):
    signed_in(client, ani.user)
    response = client.post(PAGE, {"language": "id", "time_zone": "Mars/Olympus"})
    assert response.status_code == 200
    ani.user.refresh_from_db()
    assert ani.user.time_zone == ""


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


def test_colleagues_choose_what_they_are_told_of_and_members_are_not_asked(client, sari, ani, signed_in):
    desk = signed_in(client, sari)
    assert 'value="appointments" id="id_notices_0" checked' in " ".join(desk.get(PAGE).content.decode().split())
    desk.post(PAGE, {"language": "id", "time_zone": ""})
    sari.refresh_from_db()
    assert (sari.muted_notices, wants(sari, "appointment_taken"), wants(sari, "desk_target")) == (["appointments"], False, True)
    assert JournalEntry.objects.get(data__fields=["muted_notices"]).actor_id == sari.pk
    desk.post(PAGE, {"language": "id", "time_zone": "", "notices": ["appointments"]})
    sari.refresh_from_db()
    assert (sari.muted_notices, wants(sari, "appointment_taken")) == ([], True)
    hers = signed_in(client, ani.user)
    assert "notices" not in hers.get(PAGE).content.decode()
    hers.post(PAGE, {"language": "id", "time_zone": ""})
    ani.user.refresh_from_db()
    assert ani.user.muted_notices == []
