"""Two services take our records at the same time, each with a client and in a process of its own, while the library goes on working."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from lumbung.catalogue.domain.records import change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.models import SharedRecord
from lumbung.cooperation.tests import foreign_harvester
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.remembered import forget_everything

PAGE = 10


class Harvester:
    """A foreign client, and what it has gathered: a title for each identifier, None where it was told that the record went."""

    def __init__(self, client: str, address: str) -> None:
        command = [sys.executable, foreign_harvester.__file__, client, address]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.gathered: dict[str, str | None] = {}
        self.until: str | None = None

    def begin(self, *, halt_after: int = 0) -> None:
        """Take what is new since the last harvest, all of it the first time; stop in the middle after so many."""
        self.write({"from": self.until, "halt_after": halt_after})

    def write(self, told: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps(told)}\n")
        self.process.stdin.flush()

    def read(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def end(self) -> dict[str, str | None]:
        """What this harvest brought."""
        found = self.read()
        self.until = found["until"]
        self.gathered |= found["told"]
        told: dict[str, str | None] = found["told"]
        return told


@pytest.fixture
def both(transactional_db: None, live_server: Any) -> Iterator[list[Harvester]]:
    change_sharing_rules(page_size=PAGE, by=None)
    running = [Harvester(client, f"{live_server.url}/oai") for client in ("sickle", "scythe")]
    yield running
    for each in running:
        each.process.communicate()


def in_the_middle(both: list[Harvester], *, halt_after: int) -> None:
    """Both are under way, and wait there."""
    for each in both:
        each.begin(halt_after=halt_after)
    assert [each.read() for each in both] == ["half", "half"]


def to_the_end(both: list[Harvester]) -> list[dict[str, str | None]]:
    for each in both:
        each.write("on")
    return [each.end() for each in both]


def name(key: int) -> str:
    return f"oai:lumbung.localdomain:{key}"


def here() -> dict[str, str | None]:
    """What the public may see, and what was seen once."""
    titles = dict(Record.objects.shown_to_public().values_list("pk", "title"))
    return {name(key): titles.get(key) for key in SharedRecord.objects.values_list("record", flat=True)}


def renamed(record: Record, title: str) -> None:
    change_record(record, marc_of(title), version=record.version, by=None)


def test_two_foreign_clients_miss_nothing_while_records_change_and_go(both: list[Harvester]) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=1)):
        records = [a_record(f"Judul {at:02}") for at in range(45)]
        work_off()
    forget_everything()
    keys = [each.pk for each in records]

    in_the_middle(both, halt_after=PAGE + 5)
    renamed(records[2], "Judul lama sekali")
    renamed(records[40], "Judul yang belum sampai")
    remove_record(records[3], by=None)
    remove_record(records[41], by=None)
    set_suppressed(records[42], value=True, by=None)
    added = a_record("Judul yang datang di tengah")
    work_off()
    to_the_end(both)
    for each in both:
        assert each.gathered == here()
        assert [key for key in keys if each.gathered[name(key)] is None] == [keys[3], keys[41], keys[42]]
        assert each.gathered[name(added.pk)] == "Judul yang datang di tengah"

    for at in range(10, 35):
        renamed(records[at], f"Judul {at:02}, edisi kedua")
    remove_record(records[9], by=None)
    work_off()
    in_the_middle(both, halt_after=PAGE + 5)
    remove_record(records[12], by=None)
    set_suppressed(records[33], value=True, by=None)
    set_suppressed(Record.objects.get(pk=keys[42]), value=False, by=None)
    work_off()
    for later in to_the_end(both):
        assert [later[name(key)] for key in (keys[9], keys[12], keys[33])] == [None, None, None]
        assert later[name(keys[42])] == "Judul 42"
        assert not {name(key) for key in (*keys[:2], *keys[4:9])} & set(later), "what did not change is not taken again"
    for each in both:
        each.begin()
        each.end()
        assert each.gathered == here()
        assert each.gathered[name(keys[10])] == "Judul 10, edisi kedua"
