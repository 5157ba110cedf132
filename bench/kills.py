"""Two hundred kills: four clerks lend and take back in processes of their own, and are killed at a random moment, again and again.

After each kill the database is asked whether everything a clerk was told is there, and nothing is there by half: a clerk may have done one
thing more than was told, the one that was on its way. It counts as lost what was told and is not there, as half done a loan
without its one entry in the journal for its beginning and its end, and what the database itself finds broken.
"""

import os
import random
import select
import signal
import sqlite3
import time
from contextlib import closing

from django.conf import settings
from django.db import connections

from bench.check_out import fill
from bench.shape import Row, Scale
from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.members.models import Member
from lumbung.organization.models import Branch

CLERKS, KILLS = 4, 200
FIRST_WORD = 30.0
LONGEST_WORK = 0.5
"""Seconds: how long a clerk may take to its first deed, and at most works on after it."""
HALF_DONE = (
    "select count(*) from circulation_loan loan cross join (select 'CheckedOut' name union select 'CheckedIn') entry"
    " where (select count(*) from kernel_journalentry where name = entry.name and json_extract(data, '$.loan') = loan.id)"
    " <> (entry.name = 'CheckedOut' or loan.returned_at is not null)"
)


def run(scale: Scale) -> list[Row]:
    fill(50, 50)
    kills, told, lost, more = scale.of(KILLS, quick=3), [0] * CLERKS, 0, 0
    chance = random.Random(2026)
    for _ in range(kills):
        for clerk, heard in enumerate(_killed(chance)):
            told[clerk] += heard
        for clerk, done in enumerate(_done()):
            lost += max(0, told[clerk] - done)
            more += max(0, done - told[clerk])
            told[clerk] = done
    broken = _ask("select count(*) from pragma_integrity_check where integrity_check <> 'ok'") + _ask(
        "select count(*) from pragma_foreign_key_check"
    )
    half = _ask(HALF_DONE)
    return [
        Row("kills", kills, ""),
        Row("deeds told to clerks and there", sum(told), ""),
        Row("told and lost", lost, "", bar="0", met=lost == 0),
        Row("done and not told", more, "", bar=f"≤ {kills * CLERKS}", met=more <= kills * CLERKS),
        Row("half done or broken", half + broken, "", bar="0", met=half + broken == 0),
    ]


def _killed(chance: random.Random) -> list[int]:
    """Let the clerks work until the plug is pulled; how many deeds each was told of."""
    connections.close_all()
    lines = [os.pipe() for _ in range(CLERKS)]
    clerks = [_begin(number, lines) for number in range(CLERKS)]
    for _reader, writer in lines:
        os.close(writer)
    select.select([reader for reader, _writer in lines], [], [], FIRST_WORD)
    time.sleep(chance.uniform(0, LONGEST_WORK))
    for clerk in clerks:
        os.kill(clerk, signal.SIGKILL)
    for clerk in clerks:
        os.waitpid(clerk, 0)
    return [_heard(reader) for reader, _writer in lines]


def _begin(number: int, lines: list[tuple[int, int]]) -> int:
    if process := os.fork():
        return process
    try:
        _work(number, lines[number][1])
    finally:
        os._exit(1)  # only a fault comes here: the work has no end


def _work(number: int, writer: int) -> None:
    """Lend the clerk's item and take it back, for ever; a byte is written for each deed that is done."""
    item, member = Item.objects.get(barcode=f"B{number}"), Member.objects.get(barcode=f"K{number}")
    branch, by = Branch.objects.get(), User.objects.get(username="petugas")
    if check_in(item, at=branch, by=by).loan is not None:
        os.write(writer, b".")
    while True:
        check_out(item, to=member, at=branch, by=by)
        os.write(writer, b".")
        check_in(item, at=branch, by=by)
        os.write(writer, b".")


def _heard(reader: int) -> int:
    with os.fdopen(reader, "rb") as told:
        return len(told.read())


def _done() -> list[int]:
    """Beginnings and ends of loans of each clerk's item."""
    count = "select count(*) + count(returned_at) from circulation_loan join catalogue_item item on item.id = item_id where barcode = ?"
    return [_ask(count, f"B{number}") for number in range(CLERKS)]


def _ask(question: str, *given: str) -> int:
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database:
        return int(database.execute(question, given).fetchone()[0])
