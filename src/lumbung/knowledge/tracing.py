"""The four stages knowledge goes through, and how each kind of object says where it stands and what comes next.

A part of the portal registers its kinds at start-up: ``register(Kind("session", _("Sesi"), "calendar", describe))``. The picture, the
trace view and the figures ask only this registry, so an object of another part needs nothing but a registered kind.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stages(TextChoices):
    """Nonaka's spiral: talked about, written down, put together, learnt; and round again."""

    SOCIALISATION = "S", _("Sosialisasi")
    EXTERNALISATION = "E", _("Eksternalisasi")
    COMBINATION = "C", _("Kombinasi")
    INTERNALISATION = "I", _("Internalisasi")


class Links(TextChoices):
    """How one object comes from another. Each has the stage it brings the knowledge to: ``STAGE_OF``."""

    DISCUSSED = "discussed", _("dibahas dalam")
    RECORDED = "recorded", _("dicatat dalam")
    DECIDED = "decided", _("diputuskan menjadi")
    COMPILED = "compiled", _("disusun menjadi")
    USED = "used", _("dipakai dalam")
    RETURNED = "returned", _("kembali dibahas dalam")


STAGE_OF: dict[str, Stages] = {
    Links.DISCUSSED: Stages.SOCIALISATION,
    Links.RECORDED: Stages.EXTERNALISATION,
    Links.DECIDED: Stages.EXTERNALISATION,
    Links.COMPILED: Stages.COMBINATION,
    Links.USED: Stages.INTERNALISATION,
    Links.RETURNED: Stages.SOCIALISATION,
}


class Traceable(Protocol):
    """Whatever can stand in a trace: a row whose model says its kind, or a ``Ref``."""

    @property
    def trace_kind(self) -> str: ...

    @property
    def pk(self) -> Any: ...


@dataclass(frozen=True)
class Ref:
    """An object by kind and key, for what belongs to another part."""

    trace_kind: str
    pk: int


@dataclass(frozen=True)
class Step:
    """The one thing to do next: what it is called and where it is done. ``url`` is "" when others must act first."""

    label: str | Promise
    url: str = ""


@dataclass(frozen=True)
class Thing:
    """An object as the picture and the trace show it."""

    kind: str
    key: int
    title: str
    url: str
    stage: Stages
    at: datetime | None = None
    step: Step | None = None


Describe = Callable[[Collection[int], Any], Mapping[int, Thing]]


@dataclass(frozen=True)
class Kind:
    """``describe(keys, viewer)`` gives the things of these keys that the viewer may see, in a fixed number of queries."""

    name: str
    label: str | Promise
    icon: str
    describe: Describe


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of object known. A name serves once."""
    if kind.name in _kinds:
        raise ValueError(f"two kinds are called {kind.name}")
    _kinds[kind.name] = kind


def kind_called(name: str) -> Kind | None:
    """The kind of this name; None when no part here has such objects."""
    return _kinds.get(name)


def describe(refs: Collection[tuple[str, int]], viewer: Any) -> dict[tuple[str, int], Thing]:
    """The things behind these kinds and keys that the viewer may see."""
    by_kind: dict[str, set[int]] = {}
    for called, key in refs:
        by_kind.setdefault(called, set()).add(key)
    told = {name: kind.describe(keys, viewer) for name, keys in by_kind.items() if (kind := _kinds.get(name))}
    return {(name, key): thing for name, things in told.items() for key, thing in things.items()}
