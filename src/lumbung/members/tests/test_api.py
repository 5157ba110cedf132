import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.members.models import Member, MemberIdentifier
from lumbung.members.queries import search_text
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/members"


@pytest.fixture
def findable(ani, budi):
    for member in (ani, budi):
        member.search_text = search_text(member.name, member.barcode, [])
        member.save()
    return ani


def test_sari_finds_a_member_by_the_beginning_of_a_name(sari, findable, calling):
    found = calling(sari, "members:read").get(MEMBERS, {"q": "an"})
    assert found.status_code == 200
    assert found.json() == [
        {
            "id": findable.pk,
            "name": "Ani",
            "card": "M-ANI",
            "category": "mahasiswa",
            "branch": "PUSAT",
            "joined_on": "2020-01-01",
            "expires_on": "2099-12-31",
            "is_current": True,
            "is_blocked": False,
            "personal": None,
        }
    ]


def test_what_is_personal_needs_a_scope_of_its_own(sari, ani, calling):
    MemberIdentifier.objects.create(member=ani, kind="nim", value="2023001")
    plain = calling(sari, "members:read").get(f"{MEMBERS}/{ani.pk}").json()
    told = calling(sari, "members:read", "members:personal").get(f"{MEMBERS}/{ani.pk}").json()
    assert plain["personal"] is None
    assert told["personal"] == {
        "email": "ani@kampus.example",
        "phone": "",
        "unit": "",
        "identifiers": [{"kind": "nim", "value": "2023001"}],
        "blocked_because": "",
        "note": "",
    }


def test_a_number_finds_exactly_one(sari, ani, budi, calling):
    MemberIdentifier.objects.create(member=budi, kind="nim", value="2023001")
    client = calling(sari, "members:read")
    assert [each["name"] for each in client.get(MEMBERS, {"number": "m-ani"}).json()] == ["Ani"]
    assert [each["name"] for each in client.get(MEMBERS, {"number": "2023001"}).json()] == ["Budi Santoso"]
    assert client.get(MEMBERS, {"number": "2023"}).json() == []


def test_a_search_takes_as_many_statements_for_three_as_for_one(sari, findable, calling, django_assert_num_queries):
    client = calling(sari, "members:read")
    client.get(MEMBERS, {"q": "m"})
    with django_assert_num_queries(3):
        assert len(client.get(MEMBERS, {"q": "ani"}).json()) == 1
    for number in range(3):
        MemberFactory(name=f"Anisa {number}", search_text=f" anisa {number}")
    with django_assert_num_queries(3):
        assert len(client.get(MEMBERS, {"q": "ani"}).json()) == 4


def test_ani_sees_no_member_of_the_library_not_even_with_the_scope(ani, budi, calling):
    client = calling(ani.user, "members:read", "members:personal", "members:write")
    for response in (
        client.get(MEMBERS, {"q": "budi"}),
        client.get(f"{MEMBERS}/{budi.pk}"),
        client.patch(f"{MEMBERS}/{budi.pk}", {"name": "X"}, content_type="application/json"),
    ):
        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"


def test_without_a_key_or_the_scope_nothing_is_told(client, sari, ani, calling):
    stranger = client.get(f"{MEMBERS}/{ani.pk}")
    assert (stranger.status_code, stranger["WWW-Authenticate"]) == (401, 'Bearer realm="lumbung"')
    assert calling(sari, "me").get(f"{MEMBERS}/{ani.pk}").json()["needs"] == "members:read"


def test_a_member_is_registered_and_changed(sari, ani, calling):
    client = calling(sari, "members:read", "members:write", "members:personal")
    given_facts = {
        "name": "Cokorda",
        "category": "mahasiswa",
        "branch": "PUSAT",
        "identifiers": [{"kind": "nim", "value": "2024007"}],
        "email": "cok@kampus.example",
    }
    made = client.post(MEMBERS, given_facts, content_type="application/json")
    assert made.status_code == 201
    told = made.json()
    assert (told["name"], told["personal"]["identifiers"]) == ("Cokorda", [{"kind": "nim", "value": "2024007"}])
    changed = client.patch(f"{MEMBERS}/{told['id']}", {"unit": "Sastra Bali"}, content_type="application/json")
    assert changed.json()["personal"]["unit"] == "Sastra Bali"
    assert Member.objects.get(pk=told["id"]).email == "cok@kampus.example"


def test_a_refusal_gives_every_reason(sari, ani, calling):
    client = calling(sari, "members:write")
    facts = {"name": "Budi", "category": "mahasiswa", "branch": "PUSAT", "card": "M-ANI", "email": "bukan surel"}
    refused = client.post(MEMBERS, facts, content_type="application/json")
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    told = refused.json()
    assert (told["type"], told["status"]) == ("/api/v1/reference#conflict", 409)
    assert {reason["code"] for reason in told["reasons"]} == {"email_wrong", "barcode_taken_by_member"}
    assert all(set(reason) == {"code", "detail", "waivable"} for reason in told["reasons"])


def test_a_form_that_does_not_hold_tells_where(sari, ani, calling):
    client = calling(sari, "members:write")
    wrong = client.post(MEMBERS, {"name": "", "category": "x", "nick": "y"}, content_type="application/json").json()
    assert (wrong["status"], wrong["title"]) == (422, "Isian keliru")
    assert {error["pointer"] for error in wrong["errors"]} == {"body/name", "body/branch", "body/nick"}
    nowhere = client.post(MEMBERS, {"name": "A", "category": "x", "branch": "PUSAT"}, content_type="application/json")
    assert (nowhere.status_code, nowhere.json()["detail"]) == (422, "category: x")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40), number=st.text(max_size=20))
def test_no_search_breaks_it(sari, calling, words, number):
    client = calling(sari, "members:read")
    for facts in ({"q": words}, {"number": number}):
        assert client.get(MEMBERS, facts).status_code in {200, 400, 422}


@pytest.mark.parametrize(
    "given",
    [
        {"unit": "u" * 121},
        {"card": "k" * 61},
        {"email": f"{'a' * 250}@b.id"},
        {"identifiers": [{"kind": "other", "value": "9" * 61}]},
    ],
)
def test_what_is_longer_than_its_column_is_an_error_of_the_request_on_every_database(sari, ani, calling, given):
    answer = calling(sari, "members:write").patch(f"{MEMBERS}/{ani.pk}", given, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
