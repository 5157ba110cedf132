"""The pages of members, through HTTP: what Sari (librarian) does, and what Ani and Budi (members) and a cataloguer may not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui.words import day
from lumbung.members.domain.members import add_account, block, register
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def sari(client: Client) -> Client:
    """Sari, librarian, signed in."""
    client.force_login(UserFactory(name="Sari", roles=[Role.LIBRARIAN]))
    return client


def a_member(name: str = "Ani", **facts: object) -> Member:
    return register(name=name, category=CategoryFactory(), branch=HomeBranchFactory(), by=None, **facts)


def form_of(name: str, **given: object) -> dict[str, object]:
    """What the registration form sends."""
    fields = {"name": name, "category": CategoryFactory().pk, "branch": HomeBranchFactory().pk, **given}
    rows = {"numbers-TOTAL_FORMS": 1, "numbers-INITIAL_FORMS": 0, "numbers-0-kind": "nim", "numbers-0-value": ""}
    return {**rows, **fields}


PAGES = ["members", "new", "categories", "new_category"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CATALOGUER])
def test_members_and_cataloguers_are_kept_out(client: Client, name: str, role: Role):
    client.force_login(UserFactory(name="Ani", roles=[role]))
    assert client.get(reverse(f"members:{name}")).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(client: Client, name: str):
    response = client.get(reverse(f"members:{name}"))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login")


@pytest.mark.parametrize("verb", ["renewal", "block", "account"])
def test_ani_may_do_nothing_to_budi(client: Client, verb: str):
    budi = a_member("Budi")
    client.force_login(UserFactory(name="Ani", roles=[Role.MEMBER]))
    assert client.post(reverse(f"members:{verb}", args=[budi.pk])).status_code == 403
    assert client.get(reverse("members:member", args=[budi.pk])).status_code == 403


def test_a_clerk_of_the_desk_may_register_but_not_take_the_list_away(client: Client):
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    assert client.get(reverse("members:new")).status_code == 200
    assert client.post(reverse("members:members_csv")).status_code == 403


def test_somebody_with_one_name_is_registered_for_as_long_as_the_category_says(sari: Client):
    sent = form_of("Suharto", **{"numbers-0-value": "2311040087"})
    with clock.stopped_at(NOW):
        response = sari.post(reverse("members:new"), sent)
    member = Member.objects.get()
    assert response["Location"] == reverse("members:member", args=[member.pk])
    assert (member.name, member.barcode, member.joined_on, member.expires_on) == (
        "Suharto",
        "2311040087",
        date(2026, 11, 23),
        date(2027, 11, 23),
    )
    assert [str(number) for number in member.identifiers.all()] == ["NIM 2311040087"]


def test_a_nim_that_somebody_has_is_told_of_once_beside_its_field(sari: Client):
    a_member("Budi", identifiers=[("nim", "2311040087")])
    response = sari.post(reverse("members:new"), form_of("Ani", **{"numbers-0-value": " 2311040087"}))
    assert response.status_code == 422
    assert response.context["form"].errors == {}
    [row] = response.context["rows"]
    assert row.errors == {"value": ["NIM 2311040087 sudah terdaftar pada anggota dengan kartu 2311040087."]}


def test_a_card_number_that_was_typed_and_is_taken_is_told_of_beside_its_field(sari: Client):
    a_member("Budi", barcode="K1")
    response = sari.post(reverse("members:new"), form_of("Ani", barcode="K1"))
    assert list(response.context["form"].errors) == ["barcode"]


def test_what_was_typed_stays_when_registering_is_refused(sari: Client):
    a_member("Budi", barcode="K1")
    response = sari.post(reverse("members:new"), form_of("Ani", barcode="K1", email="bukan surel"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Barcode K1 sudah dipakai" in page
    assert "bukan alamat surel" in page
    assert 'value="Ani"' in page
    assert Member.objects.count() == 1


def test_changing_keeps_the_rest_and_replaces_the_numbers(sari: Client):
    ani = a_member(identifiers=[("nim", "2311040087")], email="ani@example.ac.id")
    rows = {"numbers-TOTAL_FORMS": 2, "numbers-INITIAL_FORMS": 1, "numbers-0-kind": "nim", "numbers-0-value": "2311040088"}
    rows |= {"numbers-1-kind": "nisn", "numbers-1-value": "0051234567"}
    facts = {
        "name": "Ni Made Ani",
        "category": ani.category_id,
        "branch": ani.branch_id,
        "barcode": ani.barcode,
        "email": ani.email,
    }
    assert sari.post(reverse("members:edit", args=[ani.pk]), {**rows, **facts}).status_code == 302
    ani.refresh_from_db()
    assert (ani.name, ani.email) == ("Ni Made Ani", "ani@example.ac.id")
    assert sorted(str(number) for number in ani.identifiers.all()) == ["NIM 2311040088", "NISN 0051234567"]


def test_the_list_finds_by_words_numbers_and_state(sari: Client):
    a_member("Ni Made Ani Saraswati", identifiers=[("nim", "2311040087")])
    block(a_member("Budi"), reason="Kartu dipinjamkan", by=None)

    def shown(**asked: str) -> list[str]:
        return [member.name for member in sari.get(reverse("members:members"), asked).context["page"]]

    assert shown(q="saras made") == ["Ni Made Ani Saraswati"]
    assert shown(q="23110400") == ["Ni Made Ani Saraswati"]
    assert shown(state="blocked") == ["Budi"]
    assert shown(state="current") == ["Ni Made Ani Saraswati"]
    assert shown(q="tidak ada") == []
    assert shown(category="9999") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(sari: Client, rows: int, django_assert_num_queries):
    for number in range(rows):
        a_member(f"Anggota {number}", identifiers=[("nim", f"23110400{number}")])
    sari.get(reverse("members:members"))
    with django_assert_num_queries(8):
        assert len(sari.get(reverse("members:members")).context["page"]) == rows


def test_the_exported_list_tells_little_and_is_journalled(sari: Client):
    a_member("=HYPERLINK(1)", barcode="K1", email="ani@example.ac.id", phone="0812 3456 7890", note="rahasia")
    response = sari.post(reverse("members:members_csv"))
    table = b"".join(response.streaming_content).decode()
    assert table.startswith("\ufeffnomor kartu,nama,")
    assert "K1,'=HYPERLINK(1),Mahasiswa" in table
    assert not any(told in table for told in ["ani@example.ac.id", "812", "rahasia"])
    assert JournalEntry.objects.get(name="MembersExported").data == {"count": 1}


def test_a_block_is_told_and_lifted(sari: Client):
    ani = a_member()
    address = reverse("members:block", args=[ani.pk])
    page = sari.post(address, {"reason": "Kartu hilang"}, follow=True).content.decode()
    assert "Kartu hilang" in page
    sari.post(address, {"_method": "DELETE"})
    ani.refresh_from_db()
    assert ani.blocked_because == ""


def test_a_block_without_a_reason_is_refused_on_the_page_it_came_from(sari: Client):
    ani = a_member()
    page = reverse("members:member", args=[ani.pk])
    response = sari.post(
        reverse("members:block", args=[ani.pk]), {"reason": " "}, headers={"referer": f"http://testserver{page}"}, follow=True
    )
    assert response.redirect_chain == [(page, 302)]
    assert "Tuliskan mengapa anggota ini diblokir." in response.content.decode()


def test_membership_runs_on(sari: Client):
    with clock.stopped_at(NOW):
        ani = a_member(joined_on=date(2024, 1, 1), expires_on=date(2025, 1, 1))
        sari.post(reverse("members:renewal", args=[ani.pk]))
    ani.refresh_from_db()
    assert ani.expires_on == date(2027, 11, 23)


def test_a_day_that_cannot_be_read_renews_nothing_and_is_said(sari: Client):
    ani = a_member(joined_on=date(2024, 1, 1), expires_on=date(2025, 1, 1))
    page = sari.post(reverse("members:renewal", args=[ani.pk]), {"until": "31-31-2027"}, follow=True)
    assert [str(said) for said in page.context["messages"]] == ["Masukkan tanggal yang valid."]
    ani.refresh_from_db()
    assert ani.expires_on == date(2025, 1, 1)


def test_an_activated_member_sets_a_password_by_a_link_that_works_once(sari: Client, client: Client):
    ani = a_member(barcode="K1")
    page = sari.post(reverse("members:account", args=[ani.pk]))
    ani.refresh_from_db()
    assert ani.user.username == "K1"
    assert ani.user.roles == {Role.MEMBER}
    link = page.context["invitation"].link
    visitor = Client()
    form = visitor.get(link, follow=True)
    assert form.status_code == 200
    visitor.post(form.redirect_chain[-1][0], {"password1": "lumbung-padi-1908", "password2": "lumbung-padi-1908"})
    ani.user.refresh_from_db()
    assert ani.user.check_password("lumbung-padi-1908")


def test_activation_mails_the_link_to_a_member_with_an_address(sari: Client):
    ani = a_member(email="ani@example.ac.id")
    sari.post(reverse("members:account", args=[ani.pk]))
    assert [mail.address for mail in Delivery.objects.all()] == ["ani@example.ac.id"]


def test_the_way_to_a_password_of_staff_is_never_handed_out_at_the_desk(sari: Client):
    head = a_member("Budi")
    add_account(head, UserFactory(roles=[Role.MEMBER, Role.HEAD]), by=None)
    response = sari.post(reverse("members:account", args=[head.pk]))
    assert response.status_code == 409
    assert "/accounts/password/" not in response.content.decode()
    assert JournalEntry.objects.filter(name="MemberInvited").count() == 0


def test_a_category_is_added_changed_and_removed_but_not_while_it_is_used(sari: Client):
    sari.post(reverse("members:new_category"), {"code": "dosen", "name": "Dosen", "membership_months": 60})
    category = type(CategoryFactory()).objects.get(code="dosen")
    address = reverse("members:category", args=[category.pk])
    sari.post(address, {"code": "dosen", "name": "Dosen tetap", "membership_months": 60})
    category.refresh_from_db()
    assert category.name == "Dosen tetap"
    register(name="Budi", category=category, branch=HomeBranchFactory(), by=None)
    assert sari.post(address, {"_method": "DELETE"}).status_code == 409
    Member.objects.all().delete()
    assert sari.post(address, {"_method": "DELETE"}).status_code == 302
    assert not type(category).objects.filter(code="dosen").exists()


def test_the_slip_of_the_card_carries_the_number_as_qr_code(sari: Client):
    page = sari.get(reverse("members:card", args=[a_member(barcode="K1").pk])).content.decode()
    assert "K1" in page
    assert "<svg" in page


def test_a_card_number_with_blanks_makes_a_user_name_without(sari: Client):
    ani = a_member("Ani", barcode="UIN 2311 (040)", email="ani@example.ac.id")
    sari.post(reverse("members:account", args=[ani.pk]))
    ani.refresh_from_db()
    assert ani.user.username == "UIN-2311-040"


def test_a_block_for_a_while_says_until_when(sari: Client):
    ani = a_member()
    until = (clock.now() + timedelta(days=3)).date()
    page = sari.post(reverse("members:block", args=[ani.pk]), {"reason": "Skorsing", "until": until.isoformat()}, follow=True)
    assert f"Skorsing (sampai {day(until)})" in page.content.decode()
    wrong = sari.post(reverse("members:block", args=[ani.pk]), {"reason": "Skorsing", "until": "kapan"}, follow=True)
    assert "tanggal" in wrong.content.decode().lower()


def test_english_of_a_member_is_the_word_for_members_where_other_parts_have_another_word(sari: Client):
    sari.cookies["django_language"] = "en"
    page = sari.get(reverse("members:member", args=[a_member().pk])).content.decode()
    assert "<h2>Details</h2>" in page
    assert "<h2>Note</h2>" not in page
