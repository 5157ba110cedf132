"""What the portal keeps of a member who works in the library: the projects they are in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.knowledge.models import Board
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member


def _boards(member: Member) -> list[Board]:
    return list(Board.objects.filter(members=member.user_id).order_by("pk")) if member.user_id else []


def _told(member: Member) -> Mapping[str, Any]:
    return {"projects": [{"title": board.title, "began_at": board.began_at} for board in _boards(member)]}


def _erase(member: Member) -> None:
    """They leave their projects; what was done there is work of the library."""
    if member.user is not None:
        for board in _boards(member):
            board.members.remove(member.user)


HOLDING = Holding(
    code="knowledge",
    name=gettext_lazy("Portal pengetahuan"),
    told=_told,
    erase=_erase,
    words={
        "projects": gettext_lazy("proyek"),
        "began_at": gettext_lazy("mulai"),
    },
    models=("knowledge.Board",),
)
