"""Asking back what is lent: when it would be due, and what a member who waits may ask."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbung.catalogue.models import Item
from lumbung.catalogue.models.titles_of_copies import titles_of
from lumbung.circulation.models import Hold, Loan, Policy, Recall
from lumbung.circulation.queries.blocks import blocks_of_member, day_of
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.due_dates import END_OF_DAY
from lumbung.circulation.queries.hold_scopes import decision_for, know_members, may_go_to
from lumbung.circulation.queries.holds import free_items
from lumbung.circulation.queries.personal_rules import lent_to
from lumbung.circulation.queries.rules import Decision
from lumbung.circulation.queries.urgency import urgency
from lumbung.circulation.refusals import (
    HOLD_NOT_WAITING,
    HOLD_RECALLED,
    NOT_RECALLED_BY_RULE,
    NOTHING_TO_RECALL,
    RECALL_LIMIT_REACHED,
    RECALL_ON_SHELF,
    RECALLS_PER_RECORD_REACHED,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.organization.queries import branch_of, next_open_day, open_day_after


def recalled_until(loan: Loan, now: datetime) -> datetime:
    """When a loan recalled ``now`` would be due: some open days from now, and not before the borrower had it as long as promised, on a
    day when it can be brought back. The terms of the loan say it, else the library's settings."""
    at, terms, usual = branch_of(loan.lent_from_id), loan.terms, urgency()
    left = usual.return_days if terms.recall_days is None else terms.recall_days
    kept = usual.kept_days if terms.recall_kept_days is None else terms.recall_kept_days
    soon = open_day_after(at, now.astimezone(at.zone).date(), count=left)
    promised = loan.lent_at.astimezone(at.zone).date() + timedelta(days=kept)
    return datetime.combine(max(soon, next_open_day(at, promised)), END_OF_DAY, at.zone)


@dataclass(frozen=True)
class RecallOffer:
    """What a member who waits may ask: the ``loan`` that would come back first, when it would then be ``due_at``, and what stands
    ``against`` asking."""

    loan: Loan | None
    due_at: datetime | None
    against: Sequence[Reason]

    @property
    def is_open(self) -> bool:
        return not self.against

    @property
    def is_asked(self) -> bool:
        """Whether a copy was asked back for this hold already."""
        return any(reason.code == HOLD_RECALLED.code for reason in self.against)


def recall_offer(hold: Hold) -> RecallOffer:
    """What may be asked back for this hold; its title and member are read."""
    return recall_offers([hold])[hold.pk]


def recall_offers(holds: Collection[Hold]) -> dict[int, RecallOffer]:
    """The same for each of these holds (by key), in three statements however many there are, and more where titles are bound together."""
    if not holds:
        return {}
    know_members(holds)
    records = {hold.record_id for hold in holds}
    loans = (
        Loan.objects.running()
        .filter(item__in=Item.objects.holding(records))
        .select_related("item__item_type", "lent_from", "recall")
    )
    lent = _by_title([loan.item for loan in loans])
    of_item = {loan.item_id: loan for loan in loans}
    free = _by_title(list(free_items(lent_to()).holding(records).select_related("item_type")))
    recalls: dict[int | None, list[Recall]] = defaultdict(list)
    members = {hold.member_id for hold in holds}
    for recall in Recall.objects.standing().filter(hold__member__in=members).select_related("hold", "loan__lent_from"):
        recalls[recall.hold.member_id if recall.hold else None].append(recall)
    return {
        hold.pk: _offer(
            hold, [of_item[item.pk] for item in lent[hold.record_id]], free[hold.record_id], recalls[hold.member_id]
        )
        for hold in holds
    }


def _by_title(items: list[Item]) -> Mapping[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    titles = titles_of(items)
    for item in items:
        for title in titles[item.pk]:
            found[title].append(item)
    return found


def _offer(hold: Hold, lent: Sequence[Loan], free: Sequence[Item], recalls: Sequence[Recall]) -> RecallOffer:
    if hold.state != Hold.States.WAITING or hold.is_suspended:
        return RecallOffer(None, None, [HOLD_NOT_WAITING()])
    now, pickup = clock.now(), branch_of(hold.pickup_branch_id)
    others = [loan for loan in lent if loan.member_id != hold.member_id and may_go_to(hold, loan.item)]
    dues = [(recalled_until(each, now), each.pk, each) for each in others if not was_recalled(each)]
    sooner = {loan.pk: due for due, _, loan in sorted(told for told in dues if told[0] < told[2].due_at)}
    by_key = {loan.pk: loan for loan in others}
    judged = [
        (by_key[key], _blocks_of_rule(hold, decision_for(hold, by_key[key].item, pickup), free, recalls))
        for key in list(sooner) or list(by_key)[:1]
    ]
    about, against = next((told for told in judged if not told[1]), judged[0] if judged else (None, []))
    loan, due = (about, sooner[about.pk]) if about is not None and sooner else (None, None)
    reasons = [*blocks_of_member(hold.holder, pickup, now), *against]
    if mine := next((each for each in recalls if each.hold_id == hold.pk), None):
        reasons.append(HOLD_RECALLED(due=day_of(mine.loan.due_at, branch_of(mine.loan.lent_from_id))))
    elif loan is None:
        reasons.append(NOTHING_TO_RECALL())
    return RecallOffer(loan, due, reasons)


def was_recalled(loan: Loan) -> bool:
    return hasattr(loan, "recall")


def _blocks_of_rule(hold: Hold, found: Decision | None, free: Sequence[Item], recalls: Sequence[Recall]) -> list[Reason]:
    """What the rules have against asking; where none fits, members ask nothing back. What staff asked back for them does not count."""
    policy, reasons = found.policy if found else Policy(), list[Reason]()
    own = [recall for recall in recalls if recall.recalled_by_id == hold.holder.user_id]
    if not policy.recall_limit or policy.recalls_per_record == 0:
        return [
            NOT_RECALLED_BY_RULE(rule=by_decision(found, "recall_limit" if not policy.recall_limit else "recalls_per_record"))
        ]
    if len(own) >= policy.recall_limit:
        reasons.append(RECALL_LIMIT_REACHED(limit=policy.recall_limit, rule=by_decision(found, "recall_limit")))
    on_it = sum(recall.hold is not None and recall.hold.record_id == hold.record_id for recall in own)
    if policy.recalls_per_record is not None and on_it >= policy.recalls_per_record:
        rule = by_decision(found, "recalls_per_record")
        reasons.append(RECALLS_PER_RECORD_REACHED(limit=policy.recalls_per_record, rule=rule))
    if not policy.recall_on_shelf and any(may_go_to(hold, item) for item in free):
        reasons.append(RECALL_ON_SHELF(rule=by_decision(found, "recall_on_shelf")))
    return reasons
