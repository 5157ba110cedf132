"""What single members may borrow by rules of their own."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.personal_rules import add_personal_rule, change_personal_rule
from lumbung.circulation.events import PersonalRuleChanged
from lumbung.circulation.models import PersonalRule
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.moving.domain.options import Places
from lumbung.moving.domain.plain import Permitted
from lumbung.moving.domain.stages.of_members import StageOfMembers
from lumbung.moving.domain.stages.stage import DOOR
from lumbung.moving.refusals import PERMIT_REASON
from lumbung.organization.models import Branch, Location


class PermittedStage(StageOfMembers[Permitted]):
    kind = Permitted

    def give(self, row: Permitted, member: Member) -> None:
        try:
            made = add_personal_rule(member, reason=str(PERMIT_REASON()), by=self.work.by, **self._said(row))
        except Refused as refused:
            self.work.reject(row, *refused.reasons)
            return
        self.came(row, made.pk)

    def _said(self, row: Permitted) -> dict[str, Any]:
        keys = self.work.origins.key
        types = ItemType.objects.filter(pk__in=filter(None, [keys("copy_type", each) for each in row.copy_types]))
        places = [key for each in row.places if (key := keys("place", each)) is not None]
        as_branches = self.work.options.places is Places.BRANCHES
        return {
            "kind": PersonalRule.Kinds.ONLY if row.is_only else PersonalRule.Kinds.ALLOWED,
            "loan_days": row.loan_days,
            "item_types": types,
            "branches": Branch.objects.filter(pk__in=places if as_branches else []),
            "locations": Location.objects.filter(pk__in=[] if as_branches else places),
        }

    def change(self, row: Permitted, key: int) -> dict[str, Any] | None:
        rule = PersonalRule.objects.filter(pk=key).first()
        if rule is None:
            return None
        before = {name: [each.pk for each in getattr(rule, name).all()] for name in ("item_types", "branches", "locations")}
        told = {"kind": rule.kind, "loan_days": rule.loan_days, **before}
        change_personal_rule(rule, by=self.work.by, **self._said(row))
        return told

    def touched(self, keys: Sequence[int]) -> set[int]:
        told = JournalEntry.objects.filter(name=PersonalRuleChanged.__name__, data__personal_rule__in=keys).exclude(
            channel=DOOR
        )
        return set(told.values_list("data__personal_rule", flat=True))

    def restore(self, key: int, before: dict[str, Any]) -> None:
        if rule := PersonalRule.objects.filter(pk=key).first():
            models: dict[str, Any] = {"item_types": ItemType, "branches": Branch, "locations": Location}
            named = {name: model.objects.filter(pk__in=before[name]) for name, model in models.items()}
            change_personal_rule(rule, by=self.work.by, **{**before, **named})

    def ours(self) -> QuerySet[Any]:
        return PersonalRule.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        rows = PersonalRule.objects.filter(pk__in=keys).select_related("member").prefetch_related("item_types")
        return {
            each.pk: {"member": each.member.barcode, "types": ", ".join(sorted(one.name for one in each.item_types.all()))}
            for each in rows
        }
