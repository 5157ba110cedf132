"""Refusals: what a verb says when it will not do what was asked, with every reason at once.

A part declares its refusals in ``refusals.py``; a verb raises ``Refused`` with all that stand; each edge (page, API, SIP2, chat)
translates them in one place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """A kind of refusal: a stable code, a translatable sentence with ``%(name)s`` places, and whether staff may set it aside."""

    code: str
    sentence: str | Promise
    waivable: bool = False

    def __call__(self, **facts: Any) -> "Reason":
        return Reason(self, facts)


@dataclass(frozen=True)
class Reason:
    """One standing reason: a refusal with the facts of this case."""

    refusal: Refusal
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.refusal.code

    @property
    def waivable(self) -> bool:
        return self.refusal.waivable

    def __str__(self) -> str:
        return str(self.refusal.sentence) % self.facts


class Refused(Exception):
    """Raised by a verb that will not act; nothing has changed. ``reasons`` holds every reason, never only the first."""

    def __init__(self, reasons: Iterable[Reason] | Reason) -> None:
        self.reasons: tuple[Reason, ...] = (reasons,) if isinstance(reasons, Reason) else tuple(reasons)
        if not self.reasons:
            raise ValueError("a refusal needs a reason")
        super().__init__("; ".join(reason.code for reason in self.reasons))

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]


class Gone(Refused):
    """What was to be changed is there no longer: its own page is no place to lead back to."""
