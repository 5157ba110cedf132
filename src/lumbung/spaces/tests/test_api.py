"""Turnstiles and other programs count visits with a token of their own scope."""

from datetime import timedelta

import pytest

from lumbung.kernel import clock
from lumbung.spaces.models import Visit
from lumbung.spaces.tests.factories import GateFactory

pytestmark = pytest.mark.django_db


def test_a_turnstile_counts_a_member_once(calling, sari, ani):
    gate, turnstile = GateFactory(), calling(sari, "visits:write")
    kept = {"device": "G1", "sequence": 5, "at": (clock.now() - timedelta(hours=2)).isoformat()}
    told = {"gate": gate.pk, "code": "M-ANI", "kept": kept}
    first, again = (turnstile.post("/api/v1/visits", told, content_type="application/json") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["repeated"], again.json()["repeated"], again.json()["id"]) == (False, True, first.json()["id"])
    assert "Ani" not in first.content.decode()
    assert Visit.objects.count() == 1


def test_without_the_scope_or_the_role_nothing_is_counted(calling, sari, ani):
    told = {"gate": GateFactory().pk, "code": "M-ANI"}
    for caller in (calling(sari, "loans:write"), calling(ani.user, "visits:write")):
        assert caller.post("/api/v1/visits", told, content_type="application/json").status_code == 403
    assert not Visit.objects.exists()


def test_an_unknown_card_is_a_problem_in_words(calling, sari):
    told = {"gate": GateFactory().pk, "code": "siapa"}
    answer = calling(sari, "visits:write").post("/api/v1/visits", told, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json()["reasons"][0]["code"] == "card_unknown"
