"""One stage for each kind of row: it checks, stores, changes and tells again what is stored."""

from typing import Any

from lumbung.moving.domain.stages.articles import WantedStage
from lumbung.moving.domain.stages.beside import AttachedStage, CoverStage, PhotoStage, VisitingStage
from lumbung.moving.domain.stages.counting import CountedCopyStage, CountStage
from lumbung.moving.domain.stages.houses import CategoryStage, ClosedDayStage, CopyTypeStage, PlaceStage, RoomStage, RuleStage
from lumbung.moving.domain.stages.lending import LendingStage, OwedStage, PromisedStage, WaitingStage
from lumbung.moving.domain.stages.people import PersonStage, StaffStage
from lumbung.moving.domain.stages.permits import PermittedStage
from lumbung.moving.domain.stages.stage import DOOR, Stage
from lumbung.moving.domain.stages.titles import BoundStage, CopyStage, TitleStage
from lumbung.moving.domain.work import Work

STAGES: tuple[type[Stage[Any]], ...] = (
    PlaceStage,
    RoomStage,
    CopyTypeStage,
    CategoryStage,
    RuleStage,
    ClosedDayStage,
    StaffStage,
    TitleStage,
    BoundStage,
    PersonStage,
    PermittedStage,
    LendingStage,
    WaitingStage,
    WantedStage,
    PromisedStage,
    OwedStage,
    VisitingStage,
    CountStage,
    CountedCopyStage,
    AttachedStage,
    CoverStage,
    PhotoStage,
)
"""In the order in which rows come in: what others refer to goes before them. Copies come with their titles."""

__all__ = ["DOOR", "STAGES", "CopyStage", "Stage", "TitleStage", "Work", "stage_for"]


def stage_for(entity: str, work: Work) -> Stage[Any]:
    """The stage of a kind, copies included."""
    own: tuple[type[Stage[Any]], ...] = (*STAGES, CopyStage)
    return {each.kind.entity: each for each in own}[entity](work)
