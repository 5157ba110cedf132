"""What the tests of clearance share."""

from collections.abc import Collection, Iterator

import pytest

from lumbung.members.domain.clearance import checking, checks
from lumbung.members.domain.clearance.checks import Check


class Owing:
    """A check of a part above: ``owe(member, sentence)`` lets something stand against a member."""

    def __init__(self) -> None:
        self.owed: dict[int, list[str]] = {}
        self.asked = 0

    def owe(self, member: object, *sentences: str) -> None:
        self.owed[member.pk] = list(sentences)

    def against(self, members: Collection[int]) -> dict[int, list[str]]:
        self.asked += 1
        return {key: said for key, said in self.owed.items() if key in members and said}


@pytest.fixture
def owing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Owing]:
    """The only check there is: a part above that says who owes what."""
    told = Owing()
    check = Check("above.owing", "Tidak ada tanggungan", "Selesaikan di meja layanan.", told.against, "/my")
    monkeypatch.setattr(checks, "_checks", {check.code: check})
    return told


@pytest.fixture(autouse=True)
def _nothing_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test uses up what another may check in a minute."""
    allowance = checking._allowance
    monkeypatch.setattr(checking, "_allowance", type(allowance)(allowance.per_minute))
