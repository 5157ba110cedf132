"""Fill an empty installation with the demonstration library."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.catalogue.domain.item_types import create_default_item_types
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.kernel import channel, clock
from lumbung.members.domain.categories import create_default_categories
from lumbung.organization.domain.branches import add_branch, add_location
from lumbung.organization.domain.calendar import announce_closure, set_opening_hours
from lumbung.organization.domain.library import set_up
from lumbung.organization.domain.services import create_default_services
from lumbung.organization.models import Branch
from lumbung.project.demonstration.asked_ahead import ask_ahead, set_terms_of_asking_ahead
from lumbung.project.demonstration.asking import ask_and_answer
from lumbung.project.demonstration.buying import buy_books
from lumbung.project.demonstration.choices import choose_for_readers
from lumbung.project.demonstration.clearances import add_programmes, graduate
from lumbung.project.demonstration.copying import copy_articles, set_terms_of_copies
from lumbung.project.demonstration.deposits import hand_in
from lumbung.project.demonstration.digital_use import read_online
from lumbung.project.demonstration.fees import set_terms_of_money
from lumbung.project.demonstration.holdings import stock_shelves
from lumbung.project.demonstration.lending import live_through_a_term
from lumbung.project.demonstration.own_rules import set_rules_of_their_own
from lumbung.project.demonstration.people import add_staff, open_to_the_public, register_members
from lumbung.project.demonstration.places import BRANCHES, HOURS, LIBRARY, LOCATIONS
from lumbung.project.demonstration.talking import talk_and_write_down
from lumbung.project.demonstration.visits import come_and_go

SEED = 20261122


@transaction.atomic
def fill(password: str, *, say: Callable[[str], None]) -> User:
    """Make the whole library, or nothing; returns the first librarian. The same on every machine on the same day.

    ``say`` is told of progress. Refuses (``already_set_up``) where there is a library already.
    """
    chance = random.Random(SEED)  # noqa: S311 -- plausible, not secret
    with channel.through("demonstration"):
        set_up(by=None, **LIBRARY)
        sari = add_staff(password, by=None)
        _open_branches(sari)
        with clock.stopped_at(clock.now() - timedelta(days=400)):
            create_default_services(by=sari)
        create_default_categories(by=sari)
        open_to_the_public(by=sari)
        create_default_item_types(by=sari)
        create_default_rules(by=sari)
        today = clock.today(Branch.objects.get(code="PUSAT").zone)
        set_terms_of_money(today, by=sari)
        set_terms_of_copies(by=sari)
        set_terms_of_asking_ahead(by=sari)
        members = register_members(chance, today, programmes=add_programmes(by=sari), by=sari)
        items = stock_shelves(chance, by=sari, say=say)
        live_through_a_term(chance, items, members, today, by=sari, say=say)
        choose_for_readers(by=sari, lecturer=User.objects.get(username="slamet"))
        come_and_go(chance, members, today, by=sari)
        buy_books(today, by=sari)
        copy_articles(members, by=sari)
        ask_ahead(by=sari)
        graduate(members, today, by=sari)
        talk_and_write_down(random.Random(SEED), today, by=sari)  # noqa: S311 -- plausible, not secret
        ask_and_answer(members, today, by=sari)
        hand_in(members, by=sari)
        read_online(random.Random(SEED), members, today, by=sari)  # noqa: S311 -- plausible, not secret
        set_rules_of_their_own(today, by=sari)
        announce_closure(
            first_day=today + timedelta(days=33), last_day=today + timedelta(days=34), reason="Libur akhir tahun", by=sari
        )
    return sari


def _open_branches(by: User) -> None:
    branches = {}
    for particulars in BRANCHES:
        branch = branches[particulars["code"]] = add_branch(**particulars, by=by)
        set_opening_hours(branch, HOURS[branch.code], by=by)
    for branch_code, code, name, directions in LOCATIONS:
        add_location(branches[branch_code], code=code, name=name, directions=directions, by=by)
