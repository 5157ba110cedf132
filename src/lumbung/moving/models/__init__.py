from lumbung.moving.models.move import Finding, KeptTable, Move
from lumbung.moving.models.origin import Change, Origin

__all__ = ["Change", "Finding", "KeptTable", "Move", "Origin"]
