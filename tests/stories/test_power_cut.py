"""The plug is pulled while four clerks lend and take back: nothing they were told is lost, nothing is half done."""

import json
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.installation import PATIENCE, Installation

CLERKS = 4
ENOUGH = 60

DESKS = """
import json
from lumbung.accounts.domain.tokens import issue_token
from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.circulation.queries import blocks_to_check_out
from lumbung.members.models import Member
from lumbung.organization.models import Branch

branch = Branch.objects.first()
items = list(Item.objects.filter(loans=None))
desks = []
for member in Member.objects.all():
    item = next((item for item in items if not blocks_to_check_out(item, member, at=branch)), None)
    if item and len(desks) < {clerks}:
        items.remove(item)
        desks.append([item.barcode, member.barcode])
key = issue_token(User.objects.get(username="{librarian}"), name="desk", scopes=["loans:write", "loans:read"], by=None)[1]
print(json.dumps({{"key": key, "branch": branch.code, "desks": desks}}))
"""


@dataclass
class Clerk:
    """Lends one item to one member and takes it back, again and again; notes what was acknowledged."""

    library: Installation
    key: str
    branch: str
    item: str
    member: str
    lent: int = 0
    returned: int = 0
    faults: list[str] = field(default_factory=list)

    def work(self) -> None:
        try:
            while True:
                self._tell("/api/v1/loans", {"item": self.item, "member": self.member, "branch": self.branch}, 201)
                self.lent += 1
                self._tell(f"/api/v1/items/{self.item}/return", {"branch": self.branch}, 200)
                self.returned += 1
        except OSError:
            return  # the plug is out

    def _tell(self, path: str, body: dict[str, str], expected: int) -> None:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        answer = self.library.ask("POST", path, body=json.dumps(body), headers=headers)
        if answer.status != expected:
            self.faults.append(f"{path}: {answer.status} {answer.text}")
            raise ConnectionError


def desks_of(library: Installation) -> list[Clerk]:
    assert library.run("demo").returncode == 0
    librarian = (library.data / "first-librarian.txt").read_text().split("\n")[0]
    told = library.run("shell", "-v0", "-c", DESKS.format(clerks=CLERKS, librarian=librarian))
    assert told.returncode == 0, told.stderr
    facts = json.loads(told.stdout)
    return [Clerk(library, facts["key"], facts["branch"], item, member) for item, member in facts["desks"]]


def test_a_power_cut_in_the_middle_of_loans_loses_nothing_that_was_acknowledged(installation: Installation, laid: Path):
    installation.take(laid)
    clerks = desks_of(installation)
    installation.start("up", "--empty")
    threads = [threading.Thread(target=clerk.work) for clerk in clerks]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + PATIENCE
    while sum(clerk.lent for clerk in clerks) < ENOUGH and time.monotonic() < deadline:
        time.sleep(0.01)
    installation.kill()
    for thread in threads:
        thread.join()

    assert [clerk.faults for clerk in clerks] == [[]] * CLERKS
    assert sum(clerk.lent for clerk in clerks) >= ENOUGH
    with closing(sqlite3.connect(installation.data / "lumbung.sqlite3")) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []
        for clerk in clerks:
            lent, returned = loans_of(database, clerk)
            # At most the one request that was on its way may have been done without anyone hearing of it.
            assert (lent - clerk.lent) + (returned - clerk.returned) in {0, 1}
            assert lent - returned in {0, 1}
        assert half_done(database) == []

    installation.start("up", "--empty")
    for clerk in clerks:
        headers = {"Authorization": f"Bearer {clerk.key}", "Content-Type": "application/json"}
        back = installation.ask(
            "POST", f"/api/v1/items/{clerk.item}/return", body=json.dumps({"branch": clerk.branch}), headers=headers
        )
        assert back.status == 200


def loans_of(database: sqlite3.Connection, clerk: Clerk) -> tuple[int, int]:
    """How many loans of this item to this member there are, and how many of them ended."""
    return database.execute(
        "select count(*), count(returned_at) from circulation_loan"
        " join catalogue_item on catalogue_item.id = item_id join members_member on members_member.id = member_id"
        " where catalogue_item.barcode = ? and members_member.barcode = ?",
        (clerk.item, clerk.member),
    ).fetchone()


def half_done(database: sqlite3.Connection) -> list[tuple[int, str]]:
    """Loans without exactly one entry in the journal for their beginning, and for their end if they ended; and the other way round."""
    return database.execute(
        "select loan.id, entry.name from circulation_loan loan cross join (select 'CheckedOut' name union select 'CheckedIn') entry"
        " where (select count(*) from kernel_journalentry where name = entry.name and json_extract(data, '$.loan') = loan.id)"
        " <> (entry.name = 'CheckedOut' or loan.returned_at is not null)"
        " union all select json_extract(data, '$.loan'), name from kernel_journalentry where name in ('CheckedOut', 'CheckedIn')"
        " and json_extract(data, '$.loan') not in (select id from circulation_loan)"
    ).fetchall()
