"""What every form of export may be told."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lumbung.catalogue.models import Record


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a form may be told: whether copies go along, where our record pages begin (``https://perpus.example/records/``), and whom to
    tell of a record that does not fit."""

    copies: bool = True
    pages: str = ""
    too_long: Callable[[Record, str], None] = field(default=lambda record, why: None)
