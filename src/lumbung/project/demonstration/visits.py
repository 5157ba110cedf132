"""Two months of people coming and going: more in the middle of the day and of the week, classes now and then, guests."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import calendar_of
from lumbung.spaces.domain.gates import add_gate
from lumbung.spaces.domain.purposes import create_default_purposes
from lumbung.spaces.domain.visits import arrive_as_group, arrive_as_guest, arrive_as_member
from lumbung.spaces.models import Gate, VisitPurpose

DAYS = 60
BUSY = {8: 2, 9: 4, 10: 6, 11: 4, 12: 2, 13: 6, 14: 5, 15: 3, 16: 1}
GUESTS = ["SMA Negeri 1 Yogyakarta", "Universitas Gadjah Mada", "Dinas Perpustakaan DIY", "Masyarakat umum"]
CLASSES = [("Kelas Pengantar Ilmu Ekonomi", 32), ("Kunjungan SMP Taman Dewasa", 41), ("Kelas Metode Penelitian", 27)]


def come_and_go(chance: Random, members: Sequence[Member], today: date, *, by: User) -> None:
    """Count visits at a gate of each branch on the open days of the last two months; nobody comes later than now."""
    purposes = create_default_purposes(by=by)
    for branch in Branch.objects.order_by("code"):
        gate = add_gate(branch=branch, name="Pintu utama", asks_purpose=branch.code == "PUSAT", by=by)
        often = 9 if branch.code == "PUSAT" else 3
        for moment in _moments(chance, branch, today, often):
            with clock.stopped_at(moment):
                _one_visit(chance, gate, members, chance.choice(purposes))


def _moments(chance: Random, branch: Branch, today: date, often: int) -> Iterator[datetime]:
    now = clock.now()
    for day in (today - timedelta(days=n) for n in range(DAYS, -1, -1)):
        if calendar_of(branch).is_open_on(day):
            hours = chance.choices(list(BUSY), weights=list(BUSY.values()), k=chance.randint(often // 2, often))
            moments = (datetime.combine(day, time(hour, chance.randrange(60)), branch.zone).astimezone(UTC) for hour in hours)
            yield from (moment for moment in moments if moment < now)


def _one_visit(chance: Random, gate: Gate, members: Sequence[Member], purpose: VisitPurpose) -> None:
    kind = chance.random()
    if kind < 0.03:  # noqa: PLR2004 -- now and then a class
        name, people = chance.choice(CLASSES)
        arrive_as_group(gate=gate, name=name, people=people, purpose=purpose)
    elif kind < 0.13:  # noqa: PLR2004 -- a guest every tenth time
        arrive_as_guest(gate=gate, name="Tamu", institution=chance.choice(GUESTS), consents=True, purpose=purpose)
    else:
        arrive_as_member(chance.choice(members), gate=gate, purpose=purpose)
