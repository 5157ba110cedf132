from lumbung.moving.models.column_memory import ColumnMemory
from lumbung.moving.models.move import Finding, KeptTable, Move
from lumbung.moving.models.origin import Change, Origin

__all__ = ["Change", "ColumnMemory", "Finding", "KeptTable", "Move", "Origin"]
