"""How applications stand: condition by condition, for one or for thousands at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.members.domain.clearance.checks import check_called
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, ClearanceCondition
from lumbung.members.queries import lineage

Kinds, Answers = ClearanceCondition.Kinds, ClearanceAnswer.States


@dataclass(frozen=True)
class Standing:
    """One condition of one application. ``state`` is met, unmet, waiting (somebody must look) or refused."""

    condition: ClearanceCondition
    state: str
    because: Sequence[str]
    way: str
    page: str
    answer: ClearanceAnswer | None

    @property
    def met(self) -> bool:
        return self.state == "met"


def standings(applications: Collection[ClearanceApplication]) -> dict[int, list[Standing]]:
    """By application: every condition that binds the member, in order. The applications come with member and its programme.

    The number of questions to the database depends on the purposes and the checks, not on how many applications there are.
    """
    conditions = conditions_of({each.purpose_id for each in applications})
    members = {each.member_id for each in applications}
    codes = {each.check_code for of_purpose in conditions.values() for each in of_purpose if each.check_code}
    against = {code: check.against(members) for code in codes if (check := check_called(code))}
    answers = _answers([each.pk for each in applications])
    return {
        each.pk: [
            _standing(condition, each, against, answers.get((each.pk, condition.pk)))
            for condition in conditions[each.purpose_id]
            if condition.binds(each.member, lineage(each.member.category_id))
        ]
        for each in applications
    }


def standings_of(application: ClearanceApplication) -> list[Standing]:
    """The same for one application."""
    return standings([application])[application.pk]


def conditions_of(purposes: Collection[int]) -> dict[int, list[ClearanceCondition]]:
    """By purpose: its conditions, with whom they bind and who verifies them."""
    found: dict[int, list[ClearanceCondition]] = defaultdict(list)
    rows = ClearanceCondition.objects.filter(purpose__in=purposes)
    for each in rows.prefetch_related("categories", "programmes", "verifiers"):
        found[each.purpose_id].append(each)
    return found


def _answers(applications: list[int]) -> dict[tuple[int, int], ClearanceAnswer]:
    rows = ClearanceAnswer.objects.filter(application__in=applications).select_related("decided_by")
    return {(each.application_id, each.condition_id): each for each in rows}


def _standing(
    condition: ClearanceCondition,
    application: ClearanceApplication,
    against: Mapping[str, Mapping[int, Sequence[str]]],
    answer: ClearanceAnswer | None,
) -> Standing:
    if condition.kind == Kinds.AUTOMATIC:
        check = check_called(condition.check_code)
        if check is None:
            told = [_("Pemeriksaan ini tidak tersedia lagi. Perpustakaan perlu mengganti syaratnya.")]
            return Standing(condition, "unmet", told, condition.way, "", None)
        because = against[condition.check_code].get(application.member_id, ())
        way = condition.way or str(check.way)
        return Standing(condition, "unmet" if because else "met", because, way, check.page, None)
    state = _state_of(condition, answer)
    because = [answer.reason] if answer is not None and answer.state == Answers.REFUSED else []
    return Standing(condition, state, because, condition.way, "", answer)


def _state_of(condition: ClearanceCondition, answer: ClearanceAnswer | None) -> str:
    if answer is None:
        return "unmet" if condition.kind == Kinds.UPLOAD else "waiting"
    return {Answers.ACCEPTED: "met", Answers.REFUSED: "refused", Answers.WAITING: "waiting"}[Answers(answer.state)]
