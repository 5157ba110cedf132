"""Ani keeps up with a subject: she saves a search once, and hears of what comes in."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.discovery.domain.alerts import write_digests
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R005", missing="news and service information; other channels than e-mail")
def test_ani_subscribes_to_a_subject_and_gets_one_digest_with_what_is_new(client: Client, ani, mailoutbox) -> None:
    client.force_login(ani.user)
    catalogued("Ilmu tanah dasar", "Hardjowigeno, Sarwono", subject="Ilmu tanah")
    work_off()
    subject = "?subject=Ilmu+tanah"
    assert "/my/searches?save=%3Fsubject%3DIlmu%2Btanah" in client.get(f"/search{subject}").text
    client.post("/my/searches", {"search": subject, "name": "Ilmu tanah", "frequency": "daily"})
    catalogued("Kesuburan tanah", "Hardjowigeno, Sarwono", subject="Ilmu tanah")
    catalogued("Novel", "Toer, Pramoedya Ananta", subject="Fiksi Indonesia")
    work_off()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        write_digests(base="https://perpus.example")
        write_digests(base="https://perpus.example")
    work_off()
    [letter] = mailoutbox
    assert letter.to == ["ani@kampus.example"]
    assert "- Kesuburan tanah / Hardjowigeno, Sarwono" in letter.body
    assert "Ilmu tanah dasar" not in letter.body
    assert "Novel" not in letter.body
    assert Delivery.objects.get().state == Delivery.States.ACCEPTED
