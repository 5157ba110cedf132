from datetime import timedelta

import pytest

from lumbung.accounts.domain import tokens, users
from lumbung.accounts.models import ApiToken, Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock, scopes
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
BARNS = scopes.declare("barns:read", "Melihat lumbung")


def test_a_key_is_given_once_and_only_its_digest_kept(sari):
    token, key = tokens.issue_token(sari, name="Aplikasi rak", scopes=[BARNS], by=sari)
    assert key.startswith("lmb_")
    assert len(key) == 47
    assert key not in str(ApiToken.objects.values().get())
    assert JournalEntry.objects.get(name="ApiTokenIssued").data == {"user": sari.pk, "token": token.pk, "scopes": [BARNS]}


def test_the_user_and_roles_of_a_key_are_found_in_one_statement(sari, django_assert_num_queries):
    users.set_roles(sari, ["librarian", "head"], by=None)
    _, key = tokens.issue_token(sari, name="Aplikasi rak", scopes=[BARNS], by=sari)
    tokens.token_with(key)
    with django_assert_num_queries(1):
        token = tokens.token_with(key)
        assert (token.user, token.user.roles) == (sari, {"librarian", "head"})


def test_use_is_noted_once_a_day(sari, django_assert_num_queries):
    token, key = tokens.issue_token(sari, name="Aplikasi rak", scopes=[BARNS], by=sari)
    with django_assert_num_queries(2):
        tokens.token_with(key)
    assert ApiToken.objects.get(pk=token.pk).last_used_on == clock.now().date()
    with clock.stopped_at(clock.now() + timedelta(days=1)), django_assert_num_queries(2):
        tokens.token_with(key)


def test_a_key_that_expired_was_revoked_or_whose_user_left_is_worth_nothing(sari):
    admin = UserFactory(roles=[Role.ADMIN])
    soon = clock.now() + timedelta(hours=1)
    _, brief = tokens.issue_token(sari, name="Sebentar", scopes=[BARNS], expires_at=soon, by=sari)
    revoked, gone = tokens.issue_token(sari, name="Dicabut", scopes=[BARNS], by=sari)
    _, left = tokens.issue_token(sari, name="Ditinggalkan", scopes=[BARNS], by=sari)
    tokens.revoke_token(revoked, by=sari)
    with clock.stopped_at(soon):
        assert tokens.token_with(brief) is None
    assert tokens.token_with(gone) is None
    assert tokens.token_with(left).user == sari
    users.deactivate(sari, by=admin)
    assert tokens.token_with(left) is None
    assert tokens.token_with("") is None


def test_everything_wrong_with_a_token_is_said_at_once(sari):
    with pytest.raises(Refused) as refused:
        tokens.issue_token(sari, name=" ", scopes=["moon:write"], expires_at=clock.now(), by=sari)
    assert refused.value.codes == ["scope_unknown", "token_name_empty", "expiry_past"]
    with pytest.raises(Refused) as refused:
        tokens.issue_token(sari, name="Kosong", scopes=[], by=sari)
    assert refused.value.codes == ["scopes_empty"]
