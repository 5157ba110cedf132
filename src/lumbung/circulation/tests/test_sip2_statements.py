"""How much a machine's question asks of the database: one statement for a member with nothing, and no more for three loans than for one."""

import pytest

from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.queries import urgency
from lumbung.circulation.tests.factories import HoldFactory, LoanFactory
from lumbung.circulation.tests.sip2 import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(sari, ani, pusat, rule) -> Machine:
    machine = Machine()
    secret = add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari, needs_pin=False)[1]
    assert machine.sign_in("lobi", secret) == "1"
    machine.say("63", AA="M-ANI", AO="", AD="", language="000", summary="Y         ")
    return machine


@pytest.mark.parametrize("code", ["23", "63"])
def test_a_member_with_nothing_is_told_of_in_one_statement(machine, code, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = machine.say(code, AA="M-ANI", AO="", AD="", language="000", summary="Y         ")
    assert (told["AE"], told["BL"], told["BV"]) == ("Ani", "Y", "0")


@pytest.mark.parametrize("rows", [1, 3])
def test_loans_holds_and_fees_are_each_read_once_however_many(machine, sari, ani, pusat, rows, django_assert_num_queries):
    for _ in range(rows):
        loan = LoanFactory(member=ani)
        HoldFactory(member=ani)
        charge(ani, "overdue", 1000, by=sari, loan=loan, item=loan.item)
    urgency()  # remembered, as by every machine that has told of a hold before
    with django_assert_num_queries(6):
        told = machine.say("63", AA="M-ANI", AO="", AD="", language="000", summary="  Y       ")
    assert (told["charged"], told["unavailable"], told["BV"]) == (f"{rows:04}", f"{rows:04}", str(rows * 1000))
