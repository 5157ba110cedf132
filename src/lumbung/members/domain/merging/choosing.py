"""Which of two values stays, field by field, when two registrations become one."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.whole_rows import ExactEncoder, row_of
from lumbung.members.models import Member

FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "barcode": ("barcode",),
    "user": ("user_id",),
    "category": ("category_id",),
    "branch": ("branch_id",),
    "programme": ("programme_id",),
    "intake": ("intake",),
    "unit": ("unit",),
    "email": ("email",),
    "phone": ("phone",),
    "born_on": ("born_on",),
    "joined_on": ("joined_on",),
    "expires_on": ("expires_on",),
    "blocked_because": ("blocked_because", "blocked_until"),
    "guarantor": ("guarantor", "guarantor_contact"),
    "photo": ("photo",),
    "note": ("note",),
    "keeps_history": ("keeps_history",),
    "gathers_notices": ("gathers_notices",),
}
"""What is chosen together, by the name under which it is shown."""
COLUMNS = tuple(column for columns in FIELDS.values() for column in columns)
NAMES: dict[str, str | Promise] = {"user": _("akun masuk"), "photo": _("foto")}


@dataclass(frozen=True)
class Choice:
    """One field of the two side by side; ``takes`` says that the value of the one who goes is usually taken."""

    field: str
    name: str | Promise
    kept: Any
    gone: Any
    same: bool
    takes: bool


def choices(gone: Member, kept: Member) -> list[Choice]:
    """Every field in which either says something, with what is usual: what is missing is taken over, the longer membership, and a block."""
    told, fields = [], {field.name: field.verbose_name for field in Member._meta.concrete_fields}
    for name in FIELDS:
        ours, theirs = _shown(kept, name), _shown(gone, name)
        if ours or theirs:
            label = NAMES.get(name) or fields[name]
            told.append(Choice(name, label, ours, theirs, _values(kept, name) == _values(gone, name), _takes(gone, kept, name)))
    return told


def usual(gone: Member, kept: Member) -> frozenset[str]:
    """The fields that are usually taken from the one who goes."""
    return frozenset(each.field for each in choices(gone, kept) if each.takes and not each.same)


def chosen(gone: Member, kept: Member, taken: Collection[str]) -> dict[str, Any]:
    """What the columns of the one who stays say afterwards, with the fields of ``taken`` from the one who goes."""
    return {column: getattr(gone if name in taken else kept, column) for name, columns in FIELDS.items() for column in columns}


def seen(gone: Member, kept: Member) -> str:
    """A sign of both as they were looked at."""
    rows = dumps([row_of(gone), row_of(kept)], cls=ExactEncoder, sort_keys=True)
    return sha256(rows.encode()).hexdigest()[:20]


def _takes(gone: Member, kept: Member, name: str) -> bool:
    match name:
        case "joined_on":
            return gone.joined_on < kept.joined_on
        case "expires_on":
            return gone.expires_on > kept.expires_on
        case "user":
            return kept.user_id is None or (_is_staff(gone) and not _is_staff(kept))
        case "keeps_history" | "gathers_notices":
            return False
        case _other:
            return not any(_values(kept, name)) and any(_values(gone, name))


def _is_staff(member: Member) -> bool:
    return member.user is not None and bool(member.user.roles - {"member"})


def _values(member: Member, name: str) -> tuple[Any, ...]:
    return tuple(getattr(member, column) for column in FIELDS[name])


def _shown(member: Member, name: str) -> Any:
    match name:
        case "user":
            return member.user.username if member.user is not None else ""
        case "blocked_because" | "guarantor":
            return " · ".join(str(each) for each in _values(member, name) if each)
        case "keeps_history" | "gathers_notices":
            return _("ya") if getattr(member, name) else _("tidak")
        case _other:
            return getattr(member, name)
