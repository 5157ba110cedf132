"""Shapes that requests and answers of the API share."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from lumbung.kernel.amounts import LARGEST_SUM
from lumbung.kernel.days import LATEST, OLDEST, is_within_reach

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)

MOST_ROWS = 100
FARTHEST_PAGE = 1_000


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise PydanticCustomError("not_text", "NUL and lone surrogates are not text")
    return text


def _within_reach(day: date) -> date:
    if not is_within_reach(day):
        told = {"oldest": OLDEST, "latest": LATEST}
        raise PydanticCustomError("out_of_reach", "A day lies between the years {oldest} and {latest}", told)
    return day


Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255), AfterValidator(_storable)]
"""A line of text that every database can hold."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_storable)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), AfterValidator(_storable)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""A primary key: no database holds a larger one."""
Day = Annotated[date, AfterValidator(_within_reach)]
"""A day that a library can have."""
Sum = Annotated[int, Field(le=LARGEST_SUM)]
"""Whole rupiah; how few they may be, the verb says."""
PageNumber = Annotated[int, Field(ge=1, le=FARTHEST_PAGE)]
PageSize = Annotated[int, Field(ge=1, le=MOST_ROWS)]


class Body(Schema):
    """The base of what is sent to us: a member nobody knows is an error, not a silent loss."""

    model_config = ConfigDict(extra="forbid")


class Listing(Schema, Generic[T]):
    """One page of a list; ``more`` says whether another follows."""

    rows: list[T]
    page: int
    more: bool


def listing(rows: QuerySet[Row], page: int, size: int, shape: Callable[[Row], Any]) -> dict[str, Any]:
    """The page of ``rows``, each put in ``shape``. Nothing is counted: one row more than asked tells whether there are more."""
    first = (page - 1) * size
    found = list(rows[first : first + size + 1])
    return {"rows": [shape(row) for row in found[:size]], "page": page, "more": len(found) > size}
