"""A year in which the demonstration's files were read: little at first, more every month, most before examinations, hardly in holidays."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from lumbung.accounts.models import User
from lumbung.digital.domain.lending import borrow, return_early, set_lending
from lumbung.digital.domain.uses import count_use, note_search, write_searches
from lumbung.digital.models import File, FileUse, Levels
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.queries import library
from lumbung.project.demonstration.deposits import SAMPLE

DAYS = 330
AT_FIRST, AT_LAST = 0.5, 2.4
"""Uses a day, a year ago and now."""
SEASON = {1: 0.6, 2: 0.4, 3: 1.0, 4: 1.1, 5: 1.3, 6: 1.5, 7: 0.4, 8: 0.5, 9: 1.0, 10: 1.1, 11: 1.3, 12: 1.4}
KINDS = {FileUse.Kinds.OPENED: 55, FileUse.Kinds.REQUESTED: 25, FileUse.Kinds.VIEWED: 14, FileUse.Kinds.DENIED: 6}
WORDS = ("minat baca", "keperawatan", "akar kata", "literasi informasi", "metode penelitian", "sastra bali")
HOURS = (8, 10, 11, 13, 14, 16, 19, 20, 21, 22)
E_LOANS = 14


def read_online(chance: Random, members: Sequence[Member], today: date, *, by: User) -> None:
    """Openings, downloads, refusals and searches of the last eleven months, and a file that was lent now and then."""
    files = list(File.objects.order_by("pk"))
    for moment in _moments(chance, today):
        with clock.stopped_at(moment):
            _one_use(chance, files, f"member {chance.choice(members).pk}")
    write_searches()
    _lend(chance, next(each for each in files if (each.name, each.level) == (SAMPLE, Levels.MEMBERS)), members, today, by)


def _moments(chance: Random, today: date) -> Iterator[datetime]:
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        wanted = (AT_FIRST + (AT_LAST - AT_FIRST) * (DAYS - back) / DAYS) * SEASON[day.month]
        for _ in range(int(wanted + chance.random())):
            yield datetime.combine(day, time(chance.choice(HOURS), chance.randrange(60)), library().zone)


def _one_use(chance: Random, files: Sequence[File], who: str) -> None:
    kind = chance.choices(list(KINDS), weights=list(KINDS.values()))[0]
    reason = "e_loan_limit_reached" if kind == FileUse.Kinds.DENIED else ""
    count_use(chance.choice(files), kind, who=who, reason=reason)
    if chance.random() < 0.5:  # noqa: PLR2004 -- every other reader had searched for it
        note_search(chance.choice(WORDS), who=who, is_robot=False)


def _lend(chance: Random, file: File, readers: Sequence[Member], today: date, by: User) -> None:
    """One file with two places, lent about once in three weeks, and given back before its end; the last reader has it still."""
    with clock.stopped_at(clock.now() - timedelta(days=DAYS)):
        set_lending(file, owned=2, per_owned=1, days=14, renewals=1, offer_days=3, is_open=True, by=by)
    for number, reader in enumerate(chance.sample(list(readers), k=min(E_LOANS, len(readers)))):
        day = today - timedelta(days=(E_LOANS - 1 - number) * 23 + 2)
        moment = datetime.combine(day, time(20, chance.randrange(60)), library().zone)
        try:
            with clock.stopped_at(moment):
                borrow(file, to=reader, by=reader.user)
        except Refused:
            continue  # a membership that was not valid then
        if number < E_LOANS - 1:
            with clock.stopped_at(moment + timedelta(days=chance.randint(2, 12))):
                return_early(file, of=reader, by=reader.user)
