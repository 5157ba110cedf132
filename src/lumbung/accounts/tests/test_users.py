import pytest

from lumbung.accounts import queries
from lumbung.accounts.domain import users
from lumbung.accounts.domain.permissions import may
from lumbung.accounts.models import Role, User
from lumbung.accounts.permissions import GRANT_ROLES, MANAGE_USERS
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_an_added_user_has_roles_a_hashed_password_and_an_entry_in_the_journal(sari):
    user = users.add_user(
        username="dewi", name=" Dewi ", email="dewi@kampus.example", password="padi menguning 7", roles=["head"], by=sari
    )
    assert (user.name, user.roles, user.check_password("padi menguning 7")) == ("Dewi", {"head"}, True)
    assert "padi" not in user.password
    entry = JournalEntry.objects.get(name="UserAdded")
    assert (entry.actor_id, entry.data) == (sari.pk, {"user": user.pk, "roles": ["head"]})


def test_everything_wrong_with_a_new_user_is_said_at_once(sari):
    with pytest.raises(Refused) as refused:
        users.add_user(
            username="SARI",
            name=" ",
            email="bukan surel",
            password="12345",
            roles=["raja"],
            language="nl",
            time_zone="Asia/Atlantis",
            by=None,
        )
    assert refused.value.codes == [
        "username_taken",
        "name_empty",
        "email_not_valid",
        "language_unknown",
        "time_zone_unknown",
        "role_unknown",
        "password_too_weak",
        "password_too_weak",
    ]
    assert User.objects.count() == 1


@pytest.mark.parametrize("username", ["", "dua kata", "nol\0", "ü", "x" * 61, "'; drop table--"])
def test_a_username_of_strange_characters_is_refused(username):
    with pytest.raises(Refused) as refused:
        users.add_user(username=username, name="Dewi", by=None)
    assert refused.value.codes == ["username_not_valid"]


def test_usernames_and_addresses_are_the_same_in_any_case(sari):
    assert queries.user_named(" Sari ") == sari
    assert queries.user_with_email("SARI@Kampus.example") == sari
    assert queries.user_with_email("") is None
    with pytest.raises(Refused) as refused:
        users.add_user(username="sari2", name="Sari", email="SARI@kampus.example", by=None)
    assert refused.value.codes == ["email_taken"]


def test_a_change_is_kept_with_the_names_of_its_fields_alone(sari):
    changed = users.change(sari, by=sari, language="en", time_zone="Asia/Makassar", name="Sari Wulandari")
    assert (changed.language, changed.time_zone) == ("en", "Asia/Makassar")
    assert JournalEntry.objects.get(name="UserChanged").data == {"user": sari.pk, "fields": ["language", "time_zone"]}
    users.change(changed, by=sari, language="en")
    assert JournalEntry.objects.filter(name="UserChanged").count() == 1


def test_roles_are_set_exactly_and_take_effect_on_the_same_user(sari):
    assert not may(sari, MANAGE_USERS)
    users.set_roles(sari, ["head", "cataloguer"], by=None)
    assert sari.roles == {"head", "cataloguer"}
    assert may(sari, MANAGE_USERS)
    assert not may(sari, GRANT_ROLES)
    assert JournalEntry.objects.get(name="RolesChanged").data == {"user": sari.pk, "roles": ["cataloguer", "head"]}


def test_the_last_administrator_stays(sari):
    admin = UserFactory(roles=[Role.ADMIN], name="Wayan")
    with pytest.raises(Refused) as refused:
        users.set_roles(admin, ["member"], by=admin)
    assert refused.value.codes == ["last_administrator"]
    with pytest.raises(Refused) as refused:
        users.deactivate(admin, by=admin)
    assert refused.value.codes == ["not_oneself", "last_administrator"]
    another = UserFactory(roles=[Role.ADMIN])
    users.deactivate(admin, by=another)
    assert not User.objects.get(pk=admin.pk).is_active


def test_a_deactivated_user_may_nothing_until_reactivated(sari):
    admin = UserFactory(roles=[Role.ADMIN])
    users.set_roles(sari, ["head"], by=admin)
    users.deactivate(sari, by=admin)
    assert not may(sari, MANAGE_USERS)
    users.reactivate(sari, by=admin)
    assert may(sari, MANAGE_USERS)
    assert [entry.name for entry in JournalEntry.objects.order_by("pk")] == [
        "RolesChanged",
        "UserDeactivated",
        "UserReactivated",
    ]


def test_staff_are_listed_in_two_statements_however_many(sari, ani, django_assert_num_queries):
    UserFactory.create_batch(2, roles=[Role.HEAD, Role.CATALOGUER])
    with django_assert_num_queries(2):
        listed = [(user.name, sorted(grant.role for grant in user.role_grants.all())) for user in queries.staff()]
    assert len(listed) == 3
    assert ("Sari Wulandari", ["librarian"]) in listed
