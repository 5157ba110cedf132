"""Pages on which staff keep the accounts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
USERS, ADD = reverse("accounts:users"), reverse("accounts:user_add")
DWI = {"name": "Dwi Lestari", "username": "dwi", "email": "dwi@kampus.example", "roles": ["cataloguer"], "password": PASSWORD}


@pytest.fixture
def admin(client, with_role, signed_in):
    client.user = with_role("admin")
    return signed_in(client, client.user)


def test_librarians_cataloguers_members_and_visitors_see_no_accounts(client, sari, ani, budi, with_role, signed_in):
    pages = [USERS, ADD, reverse("accounts:user", args=[sari.pk])]
    assert [client.get(page).status_code for page in pages] == [302] * 3
    for user in (sari, ani.user, budi.user, with_role("cataloguer")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 3


def test_the_head_keeps_accounts_but_grants_no_roles(client, sari, with_role, signed_in):
    signed_in(client, with_role("head"))
    assert [client.get(page).status_code for page in (USERS, reverse("accounts:user", args=[sari.pk]), ADD)] == [200, 200, 403]
    assert client.post(reverse("accounts:user_roles", args=[sari.pk]), {"roles": ["admin"]}).status_code == 403


def test_the_head_cannot_take_over_an_account_that_may_do_more(client, sari, with_role, signed_in):
    boss = with_role("admin")
    signed_in(client, with_role("head"))
    taken = {"name": boss.name, "username": boss.username, "email": "kepala@kampus.example"}
    page = client.get(reverse("accounts:user", args=[boss.pk]))
    assert "hanya administrator yang dapat mengubahnya" in page.content.decode()
    addresses = [
        reverse(f"accounts:{name}", args=[boss.pk])
        for name in ("user", "user_deactivate", "user_reactivate", "user_password_link")
    ]
    assert [client.post(address, taken).status_code for address in addresses] == [403] * 4
    kept = User.objects.get(pk=boss.pk)
    assert (kept.email, kept.is_active) == (boss.email, True)
    sari_renamed = {"name": "Sari W.", "username": "sari", "email": sari.email}
    assert client.post(reverse("accounts:user", args=[sari.pk]), sari_renamed).status_code == 302


def test_an_administrator_adds_a_cataloguer_who_can_sign_in(admin, client):
    assert admin.post(ADD, DWI).status_code == 302
    dwi = User.objects.get(username="dwi")
    assert (dwi.name, dwi.roles, dwi.check_password(PASSWORD)) == ("Dwi Lestari", {"cataloguer"}, True)


def test_the_roles_somebody_has_are_ticked_so_that_saving_takes_none_away(admin, sari, with_role):
    both = UserFactory(username="dwi", roles=["cataloguer", "circulation"])
    page = admin.get(reverse("accounts:user", args=[both.pk])).content.decode()
    ticked = [name for name in Role.values if re.search(rf'value="{name}"[^>]* checked', page)]
    assert ticked == ["cataloguer", "circulation"]
    admin.post(reverse("accounts:user_roles", args=[both.pk]), {"roles": ticked})
    assert User.objects.get(pk=both.pk).roles == {"cataloguer", "circulation"}


def test_who_has_no_password_and_no_mail_is_given_a_link_that_works_once(admin, client, with_role, signed_in):
    told = admin.post(ADD, {**DWI, "email": "", "password": ""}, follow=True).content.decode()
    assert "Dwi Lestari ditambahkan. Beri tautan kata sandi agar dapat masuk." in told
    dwi = User.objects.get(username="dwi")
    give = reverse("accounts:user_password_link", args=[dwi.pk])
    assert "Beri tautan kata sandi" in told
    link = admin.post(give).context["link"]
    assert JournalEntry.objects.get(name="PasswordLinkGiven").data == {"user": dwi.pk}
    phone = Client()
    form = phone.get(link, follow=True)
    assert phone.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    dwi.refresh_from_db()
    assert dwi.check_password(PASSWORD)
    assert "Tautan tidak berlaku" in Client().get(link, follow=True).content.decode()

    admin.post(reverse("accounts:user_deactivate", args=[dwi.pk]))
    page = admin.get(reverse("accounts:user", args=[dwi.pk])).content.decode()
    assert "Beri tautan kata sandi" not in page
    assert "Akun Dwi Lestari nonaktif" in admin.post(give, follow=True).content.decode()


def test_every_reason_against_a_new_account_is_on_the_form(admin, sari):
    answer = admin.post(ADD, {**DWI, "username": "SARI", "email": sari.email})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Nama pengguna SARI sudah dipakai orang lain.",
        "Alamat surel sari@kampus.example sudah dipakai pengguna lain.",
    ]


def test_roles_are_changed_and_the_last_administrator_stays(admin, sari):
    admin.post(reverse("accounts:user_roles", args=[sari.pk]), {"roles": ["head", "cataloguer"]})
    assert User.objects.get(pk=sari.pk).roles == {"head", "cataloguer"}
    assert admin.post(reverse("accounts:user_roles", args=[admin.user.pk]), {"roles": []}).status_code == 409
    assert User.objects.get(pk=admin.user.pk).roles == {"admin"}


def test_somebody_is_deactivated_and_brought_back(admin, sari):
    admin.post(reverse("accounts:user_deactivate", args=[sari.pk]))
    assert not User.objects.get(pk=sari.pk).is_active
    admin.post(reverse("accounts:user_reactivate", args=[sari.pk]))
    assert User.objects.get(pk=sari.pk).is_active


def test_staff_are_listed_and_members_found_by_name(admin, ani, sari):
    assert {user.username for user in admin.get(USERS).context["page"]} == {"sari", admin.user.username}
    assert [user.username for user in admin.get(USERS, {"q": "ANI"}).context["page"]] == ["ani"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_people_as_for_one(admin, count, django_assert_num_queries):
    for _ in range(count):
        UserFactory(roles=["librarian", "head"])
    with django_assert_num_queries(7):
        admin.get(USERS)
