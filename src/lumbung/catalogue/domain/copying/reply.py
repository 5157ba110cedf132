"""What another catalogue answered."""

from dataclasses import dataclass, field

from lumbung.formats import marc


@dataclass(frozen=True, slots=True)
class Reply:
    """``total`` records answer, of which these came; ``trouble`` is what the server says it could not do, ``server`` what it is."""

    total: int
    records: list[marc.Record] = field(default_factory=list)
    trouble: str = ""
    server: str = ""
