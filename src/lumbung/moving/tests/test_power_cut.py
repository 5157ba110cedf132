"""The power goes in the middle of a move: a process of its own is killed, and another goes on, to the whole proof and without doubles."""

import os
import signal
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Loan
from lumbung.kernel.tests.race import killed_in
from lumbung.members.models import Member
from lumbung.moving.domain import course
from lumbung.moving.models import Move, Origin
from lumbung.moving.tests import dumps, test_koha
from lumbung.organization.models import Barcode

pytestmark = pytest.mark.django_db(transaction=True)
SEVENTY_PERCENT = 0.7
TITLES = range(1, 121)
SLIMS = dumps.dump(
    biblio=[dumps.biblio(n, f"Judul {n}") for n in TITLES],
    item=[dumps.item(n, n, f"C{n:03}") for n in TITLES],
    member=[dumps.member(f"M{n:03}", f"Anggota {n}") for n in TITLES],
    loan=[dumps.loan(n, f"C{n:03}", f"M{n:03}") for n in TITLES],
    biblio_author=[],
    biblio_topic=[],
)
KOHA = test_koha.dump(
    biblio_metadata=[
        {"id": n, "biblionumber": n, "format": "marcxml", "metadata": test_koha.xml(n, f"Judul {n}")} for n in TITLES
    ],
    items=[{"itemnumber": n, "biblionumber": n, "barcode": f"C{n:03}", "homebranch": "CPL", "itype": "BK"} for n in TITLES],
    borrowers=[test_koha.borrower(n, f"M{n:03}", "Anggota", str(n)) for n in TITLES],
    issues=[
        {
            "issue_id": n,
            "borrowernumber": n,
            "itemnumber": n,
            "issuedate": "2026-11-20 10:00:00",
            "date_due": "2026-12-04 23:59:00",
        }
        for n in TITLES
    ],
    biblio=None,
    reserves=None,
    accountlines=None,
    old_issues=None,
)


@pytest.mark.parametrize(("source", "dump"), [("slims", SLIMS), ("koha", KOHA)])
@pytest.mark.parametrize("is_committed", [True, False])
def test_a_move_killed_at_seventy_percent_goes_on_to_the_whole_proof_and_makes_no_doubles(
    started, monkeypatch, source, dump, is_committed
):
    for stage in course.STAGES:
        monkeypatch.setattr(stage, "size", 20)
    move = course.go(course.carry_on(started(dump, source=source, dry_run=True)), by=None)
    whole = course._commit

    def until_the_power_goes(work, stage, some, **options):
        with transaction.atomic() if not is_committed else nullcontext():
            whole(work, stage, some, **options)
            if work.move.done >= SEVENTY_PERCENT * work.move.total:
                os.kill(os.getpid(), signal.SIGKILL)

    def in_the_dark() -> None:
        course._commit = until_the_power_goes
        course.carry_on(Move.objects.get(pk=move.pk))

    killed_in(in_the_dark)
    left = Move.objects.get(pk=move.pk)
    assert (left.state, left.done >= SEVENTY_PERCENT * left.total) == ("moving", is_committed)
    assert (Record.objects.count(), Member.objects.count() >= 100, Loan.objects.count() < 120) == (120, True, True)
    told = StringIO()
    call_command("move_in", resume=move.pk, stdout=StringIO(), stderr=told)
    assert "Judul: 120 dibaca, 120 baru\n" in told.getvalue()
    done = Move.objects.get(pk=move.pk)
    assert (done.state, done.proof["whole"], done.proof["differences"]) == ("moved", True, [])
    assert [done.counts["move"][kind] for kind in ("title", "member", "loan")] == [{"read": 120, "added": 120}] * 3
    counts = [kind.objects.count() for kind in (Record, Item, Member, Loan)]
    assert counts == [120] * 4
    assert Barcode.objects.count() == 240
    origins = Origin.objects.values_list("entity", "source_id")
    assert len(set(origins)) == len(origins)
