"""A branch that an import made of a code stays with the staff until somebody says more of it."""

import json

import pytest
from django.test import Client

from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import an_import, copy_field, marc_of
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import LoanRuleFactory
from lumbung.kernel.sources import ask
from lumbung.members.models import Category
from lumbung.organization.domain.branches import change_branch
from lumbung.organization.models import Branch
from lumbung.organization.queries import public_branches
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db
NOTE = "Belum tampil kepada umum"


@pytest.fixture
def made(ani) -> Branch:
    """What an import of a copy at the code XKTP made, beside the library's own branch."""
    LoanRuleFactory()
    Category.objects.update(joining=Category.Joining.APPROVED)
    an_import([marc_of("Bumi manusia", copy_field("B-1", "XKTP"))])
    return Branch.objects.get(code="XKTP")


def is_offered_by(client: Client, branch: Branch) -> dict[str, bool]:
    page = client.get(f"/records/{Record.objects.get().pk}").text
    choices = page[page.index('id="cabang"') :].partition("</select>")[0]
    return {
        "pick-up": f'value="{branch.pk}"' in choices,
        "home": branch.name in client.get("/").text,
        "search box": any(hit.title == branch.name for group in ask("jam buka", client_user(client)) for hit in group.hits),
        "joining": f'value="{branch.pk}"' in fields_of_branch(Client().get("/join").text),
    }


def is_among_choices_of(client: Client, branch: Branch) -> dict[str, bool]:
    """Where a reader narrows down what is found by branch."""
    found, record = f'value="{branch.pk}"', Record.objects.get()
    return {
        "advanced form": found in client.get("/search/advanced").text,
        "shelf": found in client.get("/browse/shelf").text,
        "beside a title": found in client.get(f"/records/{record.pk}/shelf").text,
        "filters": f'name="branch" value="{branch.pk}"' in client.get("/search?q=bumi").text,
        "all values": branch.name in client.get("/search/values/branch?q=bumi").text,
        "nearest": client.get(f"/near?branch={branch.pk}").cookies["near"].value == str(branch.pk),
    }


def fields_of_branch(page: str) -> str:
    return page[page.index('name="branch"') :].partition("</select>")[0]


def client_user(client: Client):
    return client.get("/").wsgi_request.user


def test_its_copies_show_and_nobody_is_led_to_it(client: Client, signed_in, ani, made) -> None:
    signed_in(client, ani.user)
    record = Record.objects.get()
    assert "XKTP" in client.get(f"/records/{record.pk}").text.partition('id="cabang"')[0]
    assert is_offered_by(client, made) == dict.fromkeys(("pick-up", "home", "search box", "joining"), False)
    assert client.post(f"/records/{record.pk}/holds", {"branch": made.pk}).status_code == 404
    assert not Hold.objects.exists()


def test_readers_do_not_narrow_down_by_it_and_staff_may(client: Client, signed_in, with_role, made, indexed) -> None:
    indexed()
    assert not any(is_among_choices_of(client, made).values())
    staff = is_among_choices_of(signed_in(client, with_role("cataloguer")), made)
    assert {name for name, offered in staff.items() if offered} == {"filters", "all values"}


def test_readers_narrow_down_by_it_once_it_has_a_name(client: Client, made, indexed) -> None:
    change_branch(made, name="Perpustakaan Kedokteran", by=None)
    indexed()
    assert all(is_among_choices_of(client, Branch.objects.get(pk=made.pk)).values())


def test_no_program_lets_a_hold_wait_there(ani, calling, made) -> None:
    client, facts = calling(ani.user, "me", "holds:write"), {"record": Record.objects.get().pk}
    answers = [
        client.post("/api/v1/me/holds", json.dumps({**facts, "branch": code}), content_type="application/json").status_code
        for code in (made.code, ani.branch.code)
    ]
    assert answers == [422, 201]


@pytest.mark.parametrize("said", ["a name", "opening hours"])
def test_it_is_offered_once_somebody_says_more_of_it(client: Client, signed_in, with_role, ani, made, said) -> None:
    head = signed_in(client, with_role("head"))
    assert NOTE in head.get("/staff/organization/").text
    if said == "a name":
        made = change_branch(made, name="Perpustakaan Kedokteran", by=None)
    else:
        open_on(made)
    assert NOTE not in head.get("/staff/organization/").text
    assert all(is_offered_by(signed_in(client, ani.user), made).values())


def test_a_library_of_codes_alone_shows_them_all(db: None) -> None:
    only = [BranchFactory(code="A", name="A"), BranchFactory(code="B", name="b")]
    assert list(public_branches()) == only
