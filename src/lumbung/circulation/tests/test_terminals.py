"""The machines the library knows, and the pages on which staff keep them."""

import re

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.circulation.domain.terminals import add_terminal, change_terminal, terminal_with
from lumbung.circulation.models import Terminal
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pusat():
    return BranchFactory(code="PUSAT", name="Pusat")


def a_terminal(sari, pusat, **facts):
    return add_terminal(
        **{"name": "Pinjam mandiri 1", "login": "mesin-1", "branch": pusat, "account": sari, "by": sari, **facts}
    )


def test_a_machine_is_known_by_login_and_secret_as_long_as_it_is_active(sari, pusat):
    terminal, secret = a_terminal(sari, pusat)
    assert (len(secret), secret in terminal.digest) == (20, False)
    assert terminal_with("MESIN-1", secret) == terminal
    assert terminal_with("mesin-1", "x" * 20) is None
    change_terminal(terminal, is_active=False, by=sari)
    assert terminal_with("mesin-1", secret) is None


def test_a_machine_is_turned_away_with_the_account_it_acts_for(sari, pusat, with_role):
    clerk = with_role(Role.CIRCULATION)
    _, secret = a_terminal(sari, pusat, account=clerk)
    clerk.is_active = False
    clerk.save()
    assert terminal_with("mesin-1", secret) is None


def test_every_fault_of_a_machine_is_named_at_once(sari, ani, pusat):
    a_terminal(sari, pusat)
    with pytest.raises(Refused) as told:
        a_terminal(sari, pusat, name=" ", login="Mesin-1", account=ani.user)
    assert told.value.codes == ["terminal_name_empty", "terminal_login_taken", "terminal_account_may_not_lend"]


def test_a_machine_is_offered_only_accounts_that_may_lend_and_takes_none_unasked(client: Client, sari, pusat, with_role):
    clerk, cataloguer = with_role(Role.CIRCULATION), with_role(Role.CATALOGUER)
    client.force_login(sari)
    offered = client.get("/staff/terminals/new").context["form"].fields["account"].queryset
    assert {clerk, sari} <= set(offered)
    assert (cataloguer in offered, offered.filter(pk=sari.pk).count()) == (False, 1)
    terminal, _ = a_terminal(sari, pusat, account=clerk)
    assert client.get(f"/staff/terminals/{terminal.pk}").context["form"].fields["account"].empty_label is None
    clerk.is_active = False
    clerk.save()
    form = client.get(f"/staff/terminals/{terminal.pk}").context["form"]
    assert (clerk in form.fields["account"].queryset, form.fields["account"].empty_label) == (False, "Pilih…")


def test_sari_adds_a_machine_sees_its_secret_once_renews_and_removes_it(client: Client, sari, pusat):
    client.force_login(sari)
    assert "Belum ada mesin" in client.get("/staff/terminals").content.decode()
    sent = {"name": "Kotak kembali", "login": "kotak", "branch": pusat.pk, "account": sari.pk, "takes_back": "on",
            "encoding": "utf-8", "language": "id", "is_active": "on"}  # fmt: skip
    page = client.post("/staff/terminals/new", sent).content.decode()
    secret = re.search(r'id="secret">(\w+)<', page)[1]
    terminal = terminal_with("kotak", secret)
    assert (terminal.lends, terminal.takes_back, terminal.needs_pin, terminal.branch) == (False, True, False, pusat)

    again = client.post("/staff/terminals/new", sent)
    assert (again.status_code, "Nama masuk ini sudah dipakai mesin lain." in again.content.decode()) == (422, True)
    client.post(f"/staff/terminals/{terminal.pk}", {**sent, "lends": "on"})
    assert Terminal.objects.get().lends
    renewed = re.search(r'id="secret">(\w+)<', client.post(f"/staff/terminals/{terminal.pk}/secret").content.decode())[1]
    assert (terminal_with("kotak", secret), terminal_with("kotak", renewed)) == (None, terminal)
    assert secret not in client.get(f"/staff/terminals/{terminal.pk}").content.decode()
    client.post(f"/staff/terminals/{terminal.pk}", {"_method": "DELETE"})
    assert not Terminal.objects.exists()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", flat=True)) == [
        "TerminalAdded", "TerminalChanged", "TerminalSecretRenewed", "TerminalRemoved",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CATALOGUER, Role.CIRCULATION])
def test_who_may_not_keep_machines_does_not_see_them(client: Client, with_role, role):
    client.force_login(with_role(role))
    assert client.get("/staff/terminals").status_code == client.get("/staff/terminals/new").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_statements_however_long(client: Client, sari, pusat, rows, django_assert_num_queries):
    for number in range(rows):
        a_terminal(sari, pusat, login=f"mesin-{number}")
    client.force_login(sari)
    with django_assert_num_queries(6):
        assert len(client.get("/staff/terminals").context["page"].object_list) == rows
