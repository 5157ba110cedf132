"""The page on which people keep the tokens of their programs."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.accounts.domain.tokens import issue_token, token_with
from lumbung.accounts.models import ApiToken
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12.00 in Jakarta


def scopes_on(page) -> set[str]:
    return {scope for scope, _ in page.context["form"].fields["scopes"].choices}


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
    assert client.post(f"{PAGE}1", {"_method": "DELETE"})["Location"].startswith("/accounts/login/")


def test_each_is_offered_what_their_roles_allow(client, sari, ani, with_role, signed_in):
    hers = scopes_on(signed_in(client, ani.user).get(PAGE))
    assert "me" in hers
    assert hers.isdisjoint({"loans:read", "holds:write", "members:read", "records:read", "items:read"})
    cataloguer = scopes_on(signed_in(client, with_role("cataloguer")).get(PAGE))
    assert "records:write" in cataloguer
    assert cataloguer.isdisjoint({"loans:write", "members:personal"})
    assert {"loans:write", "members:personal", "records:write"} <= scopes_on(signed_in(client, sari).get(PAGE))


def test_sari_issues_a_token_and_sees_its_key_once(client, sari, signed_in):
    signed_in(client, sari)
    sent = {"name": "Aplikasi rak", "scopes": ["loans:read", "items:read"], "expires_on": "2026-11-30"}
    with clock.stopped_at(NOON):
        answer = client.post(PAGE, sent)
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    with clock.stopped_at(NOON):
        token = token_with(key)
        assert (token.user, token.name, token.scopes) == (sari, "Aplikasi rak", ["items:read", "loans:read"])
        assert token.expires_at == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
        listed = client.get(PAGE).content.decode()
    assert "Aplikasi rak" in listed
    assert "Melihat eksemplar menurut barcodenya · Melihat pinjaman" in listed
    assert "berlaku sampai Sen 30 Nov 2026" in listed
    assert key not in listed


def test_a_scope_beyond_ones_roles_and_a_day_gone_by_are_refused_on_the_form(client, ani, sari, signed_in):
    asked = {"name": "Cerdik", "scopes": ["members:personal"], "expires_on": ""}
    assert signed_in(client, ani.user).post(PAGE, asked).status_code == 422
    late = {"name": "Lampau", "scopes": ["loans:read"], "expires_on": "2020-01-01"}
    answer = signed_in(client, sari).post(PAGE, late)
    assert answer.context["form"].non_field_errors() == ["Tanggal kedaluwarsa token sudah lewat."]
    assert not ApiToken.objects.exists()


def test_ani_revokes_her_token_and_budi_neither_sees_nor_revokes_it(client, ani, budi, signed_in):
    token, key = issue_token(ani.user, name="Milik Ani", scopes=["me"], by=ani.user)
    signed_in(client, budi.user)
    assert "Milik Ani" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{token.pk}", {"_method": "DELETE"}).status_code == 404
    assert token_with(key) == token
    signed_in(client, ani.user)
    assert "dicabut" in client.post(f"{PAGE}{token.pk}", {"_method": "DELETE"}, follow=True).content.decode()
    assert token_with(key) is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_tokens_as_for_one(client, ani, signed_in, count, django_assert_num_queries):
    for number in range(count):
        expires_at = clock.now() + timedelta(days=1 + number)
        issue_token(ani.user, name=f"Token {number}", scopes=["me"], by=ani.user, expires_at=expires_at)
    signed_in(client, ani.user).get(PAGE)
    with django_assert_num_queries(4):
        assert client.get(PAGE).content.decode().count("Cabut token Token") == count
