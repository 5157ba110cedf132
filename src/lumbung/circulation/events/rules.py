"""The rules that loans follow."""

from lumbung.kernel.events import Event, event


@event
class LoanRuleAdded(Event):
    rule: int


@event
class LoanRuleChanged(Event):
    rule: int
    fields: list[str]


@event
class LoanRuleRemoved(Event):
    rule: int


@event
class RuleWeightsSet(Event):
    """``fields`` are the criteria that no longer weigh what they weigh from the start."""

    fields: list[str]


@event
class TermPackageAdded(Event):
    package: int


@event
class TermPackageChanged(Event):
    """What rules that name it say from now on."""

    package: int
    fields: list[str]


@event
class TermPackageRemoved(Event):
    package: int


@event
class PersonalRuleAdded(Event):
    personal_rule: int
    member: int


@event
class PersonalRuleChanged(Event):
    personal_rule: int
    member: int
    fields: list[str]


@event
class PersonalRuleRemoved(Event):
    personal_rule: int
    member: int


@event
class LimitSetAdded(Event):
    limit_set: int


@event
class LimitSetChanged(Event):
    limit_set: int
    fields: list[str]


@event
class LimitSetRemoved(Event):
    limit_set: int
