"""A member who studies abroad uses the library in another language, on another clock."""

import pytest
from django.test import Client

from lumbung.accounts.tests.factories import PASSWORD
from lumbung.members.models import Member


@pytest.mark.django_db
@pytest.mark.requirement("R333")
def test_ani_abroad_signs_in_and_chooses_her_language_and_clock(client: Client, ani: Member) -> None:
    client.post("/accounts/login/", {"login": "m-ani", "password": PASSWORD})
    client.post("/accounts/preferences/", {"language": "en", "time_zone": "Europe/Amsterdam"})

    another_device = Client()
    another_device.post("/accounts/login/", {"login": "ani@kampus.example", "password": PASSWORD})
    page = another_device.get("/accounts/preferences/")
    assert '<html lang="en"' in page.content.decode()
    assert '<option value="Europe/Amsterdam" selected>' in page.content.decode()
