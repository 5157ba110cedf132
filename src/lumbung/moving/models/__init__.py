from lumbung.moving.models.column_memory import ColumnMemory
from lumbung.moving.models.departure import Departure
from lumbung.moving.models.move import Finding, KeptTable, Move
from lumbung.moving.models.origin import Change, Origin

__all__ = ["Change", "ColumnMemory", "Departure", "Finding", "KeptTable", "Move", "Origin"]
