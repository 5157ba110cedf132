"""Numbers of letters: by the library's pattern, from one again every year, without gaps however many desks issue at once."""

import re
from datetime import date

from lumbung.kernel.refusals import Reason
from lumbung.members.models import ClearanceLetter, LetterCounter
from lumbung.members.refusals import NUMBER_MISSING, NUMBER_TOKEN_UNKNOWN, NUMBER_YEAR_MISSING

NUMBER, YEAR, MONTH = "{nomor}", "{tahun}", "{bulan}"
TOKENS = frozenset({NUMBER, YEAR, MONTH})
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DIGITS = 3


def next_number(pattern: str, dated: date) -> str:
    """The next number of the year of ``dated``. To be called in the transaction that keeps it: until its end the series is locked,
    and a number that is not kept is given again. Numbers that letters have already are passed over."""
    series = pattern.replace(YEAR, str(dated.year))
    LetterCounter.objects.get_or_create(series=series)
    counter = LetterCounter.objects.select_for_update().get(series=series)
    while True:
        counter.last += 1
        number = filled(pattern, counter.last, dated)
        if not ClearanceLetter.objects.filter(number=number).exists():
            break
    counter.save(update_fields=["last"])
    return number


def example(pattern: str, dated: date) -> str:
    """What the pattern makes, for the person who writes it."""
    return filled(pattern, 1, dated)


def faults_of_pattern(pattern: str) -> list[Reason]:
    """What is wrong with a pattern, if anything."""
    used = set(re.findall(r"\{[^}]*\}?", pattern))
    reasons = [NUMBER_TOKEN_UNKNOWN(token=each) for each in sorted(used - TOKENS)]
    if NUMBER not in used:
        reasons.append(NUMBER_MISSING())
    if YEAR not in used:
        reasons.append(NUMBER_YEAR_MISSING())
    return reasons


def filled(pattern: str, number: int, dated: date) -> str:
    """The pattern with this number, the month in Roman figures, and the year."""
    told = {NUMBER: f"{number:0{DIGITS}d}", YEAR: str(dated.year), MONTH: ROMAN[dated.month - 1]}
    return re.sub(r"\{\w+\}", lambda found: told.get(found.group(), found.group()), pattern)
