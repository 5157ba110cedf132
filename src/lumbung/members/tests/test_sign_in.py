import pytest

from lumbung.accounts.tests.factories import PASSWORD
from lumbung.members.models import MemberIdentifier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["M-ANI", "m-ani", " M-ANI ", "A11.2023.0001", "a11.2023.0001"])
def test_a_member_signs_in_by_card_or_student_number(client, ani, login):
    MemberIdentifier.objects.create(member=ani, kind="nim", value="A11.2023.0001")
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(ani.user.pk)


def test_a_number_that_two_members_have_signs_nobody_in(client, ani, budi):
    MemberIdentifier.objects.create(member=ani, kind="nim", value="2023001")
    MemberIdentifier.objects.create(member=budi, kind="nip", value="2023001")
    client.post("/accounts/login/", {"login": "2023001", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_member_without_an_account_signs_in_nowhere(client, ani):
    ani.user = None
    ani.save()
    client.post("/accounts/login/", {"login": "M-ANI", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
