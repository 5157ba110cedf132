"""What stands on a member and goes along when two registrations of one person become one. Parts tell here how their own things follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import capfirst

from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.kernel.whole_rows import row_again, row_of
from lumbung.members.models import Member


@dataclass(frozen=True)
class Pair:
    """The member that goes and the one that stays; ``ended`` is the account that ends where both have one, and ``account`` the one
    that its owner signs in with afterwards."""

    gone: Member
    kept: Member
    ended: int | None = None
    account: int | None = None


def _nothing(_pair: Pair) -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class Follower:
    """Something that stands on members or their accounts. Its verbs run inside the transaction of the merger, both members locked.

    ``told(pair)`` says beforehand in sentences what comes along, ``against(pair)`` why it cannot. ``move(pair, by)`` moves it and returns,
    as plain JSON, what ``give_back(moved, pair, by)`` needs to undo it; what people changed meanwhile stays theirs. ``models`` are
    those that have a foreign key to members: a test asks that each has a follower.
    """

    name: str
    models: tuple[type[Model], ...]
    move: Callable[[Pair, events.Actor | None], Any]
    give_back: Callable[[Any, Pair, events.Actor | None], None]
    told: Callable[[Pair], Sequence[str]] = _nothing
    against: Callable[[Pair], Sequence[Reason]] = _nothing


@dataclass(frozen=True)
class Column:
    """Rows of a model that name the member in ``column``, or with ``of_account`` the account, and simply name the other afterwards.

    ``where`` narrows them. ``apart`` names fields in which no two rows of one person may agree: a row of an ended account that agrees
    with one of the account that stays is left where it is.
    """

    model: type[Model]
    column: str = "member"
    of_account: bool = False
    where: Mapping[str, Any] = field(default_factory=dict)
    apart: tuple[str, ...] = ()

    def moving(self, pair: Pair) -> QuerySet[Model]:
        """The rows that follow."""
        old, new = self._ends(pair)
        if old is None or new is None:
            return self._all().none()
        rows = self._all().filter(**{self.column: old}, **self.where)
        if self.apart:
            there = self._all().filter(**{self.column: new}, **self.where).values_list(*self.apart)
            taken = set(there)
            clashing = [key for key, *said in rows.values_list("pk", *self.apart) if tuple(said) in taken]
            rows = rows.exclude(pk__in=clashing)
        return rows

    def move(self, pair: Pair) -> list[int]:
        keys = list(self.moving(pair).order_by("pk").values_list("pk", flat=True))
        self._all().filter(pk__in=keys).update(**{self.column: self._ends(pair)[1]})
        return keys

    def give_back(self, keys: Iterable[int], pair: Pair) -> None:
        old, new = self._ends(pair)
        self._all().filter(pk__in=list(keys), **{self.column: new}).update(**{self.column: old})

    def _all(self) -> QuerySet[Model]:
        return self.model._default_manager.all()  # noqa: SLF001 -- Django's documented name

    def _ends(self, pair: Pair) -> tuple[int | None, int | None]:
        return (pair.ended, pair.account if pair.ended else None) if self.of_account else (pair.gone.pk, pair.kept.pk)


def following(name: str, *columns: Column, against: Callable[[Pair], Sequence[Reason]] = _nothing) -> Follower:
    """A follower for rows that need nothing but to name the other member."""

    def told(pair: Pair) -> Sequence[str]:
        counted = [(each.model, each.moving(pair).count()) for each in columns]
        return [f"{capfirst(str(model._meta.verbose_name))}: {count}" for model, count in counted if count]

    def move(pair: Pair, _by: events.Actor | None) -> list[list[int]]:
        return [each.move(pair) for each in columns]

    def give_back(moved: list[list[int]], pair: Pair, _by: events.Actor | None) -> None:
        for each, keys in zip(columns, moved, strict=True):
            each.give_back(keys, pair)

    return Follower(name, tuple(each.model for each in columns), move, give_back, told, against)


def only_one(name: str, model: type[Model]) -> Follower:
    """A follower for what a member has once, in a column ``member``: that of who stays stays, and without one the other's serves."""
    rows = model._default_manager  # noqa: SLF001 -- Django's documented name

    def move(pair: Pair, _by: events.Actor | None) -> dict[str, Any] | None:
        found = rows.filter(member=pair.gone.pk).first()
        if found is None:
            return None
        told = {"row": row_of(found), "serves": not rows.filter(member=pair.kept.pk).exists()}
        if told["serves"]:
            rows.filter(pk=found.pk).update(member=pair.kept)
        else:
            found.delete()
        return told

    def give_back(moved: dict[str, Any] | None, pair: Pair, _by: events.Actor | None) -> None:
        if moved is None:
            return
        if not moved["serves"]:
            row_again(model, moved["row"])
        else:
            rows.filter(pk=moved["row"][model._meta.pk.attname], member=pair.kept.pk).update(member=pair.gone)

    return Follower(name, (model,), move, give_back)


_followers: dict[str, Follower] = {}


def follow(follower: Follower) -> None:
    """Let it be asked at every merger. A name serves once."""
    if follower.name in _followers:
        raise ValueError(f"two followers are called {follower.name}")
    _followers[follower.name] = follower


def followers() -> list[Follower]:
    """Every follower, in the order in which they came."""
    return list(_followers.values())
