"""The rules that loans follow."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LoanRuleAdded(Event):
    rule: int


@dataclass(frozen=True, kw_only=True)
class LoanRuleChanged(Event):
    rule: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class LoanRuleRemoved(Event):
    rule: int


@dataclass(frozen=True, kw_only=True)
class RuleWeightsSet(Event):
    """``fields`` are the criteria that no longer weigh what they weigh from the start."""

    fields: list[str]
