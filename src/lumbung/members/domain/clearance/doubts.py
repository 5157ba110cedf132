"""Letters that were true when they were issued, and are not now: a loan or a fee appeared since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from lumbung.kernel import clock
from lumbung.members.domain.clearance.checks import check_called
from lumbung.members.domain.clearance.standing import conditions_of
from lumbung.members.models import ClearanceCondition, ClearanceLetter
from lumbung.members.queries.clearance import valid_letters

WATCHED = timedelta(days=400)
STRETCH = 1000


@dataclass(frozen=True)
class Doubt:
    """A valid letter, and by condition what stands against its holder now."""

    letter: ClearanceLetter
    because: Sequence[tuple[ClearanceCondition, Sequence[str]]]


def letters_in_doubt() -> list[Doubt]:
    """Valid letters of the last 400 days whose automatic conditions no longer hold, latest first, each with what appeared."""
    letters = list(
        valid_letters()
        .filter(issued_at__gte=clock.now() - WATCHED)
        .select_related("application__member", "application__purpose")
    )
    conditions = conditions_of({each.application.purpose_id for each in letters})
    found: list[Doubt] = []
    for first in range(0, len(letters), STRETCH):
        found += _of(letters[first : first + STRETCH], conditions)
    return found


def _of(letters: list[ClearanceLetter], conditions: dict[int, list[ClearanceCondition]]) -> list[Doubt]:
    members = {each.application.member_id for each in letters}
    codes = {each.check_code for of_purpose in conditions.values() for each in of_purpose if each.check_code}
    against = {code: check.against(members) for code in codes if (check := check_called(code))}
    found = []
    for letter in letters:
        asked = conditions[letter.application.purpose_id]
        told = [(each, against.get(each.check_code, {}).get(letter.application.member_id, ())) for each in asked]
        if because := [(condition, said) for condition, said in told if said]:
            found.append(Doubt(letter, because))
    return found
