"""Search titles, with facets."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Public
from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import RECORDS_READ, SEE
from lumbung.discovery.queries import AS_TYPED, Results, Row, search_records
from lumbung.kernel.api.problems import problem
from lumbung.kernel.api.shapes import PageNumber, PageSize, Word
from lumbung.search import documents

RETRY_AFTER = 30

router = Router()

Year = Annotated[int, Field(ge=-9999, le=9999)]
Values = Annotated[list[Word], Field(default_factory=list, max_length=50)]


class Search(Schema):
    """``q`` takes words, "phrases", prefix* and fields (``title:``, ``creator:``, ``subject:``, ``identifier:``, ``note:``).

    Each facet may be given several times: a title need have only one of its values.
    """

    q: Annotated[str, Field(max_length=500)] = ""
    material: Values
    language: Values
    access: Values
    classification: Values
    year: Values
    programme: Values
    subject: Values
    creator: Values
    branch: Values
    availability: Values
    year_from: Year | None = None
    year_to: Year | None = None
    sort: documents.Sort = documents.Sort.RELEVANCE
    page: PageNumber = 1
    size: PageSize = 20


class FacetValueOut(Schema):
    value: str
    label: str
    count: int
    chosen: bool


class FacetOut(Schema):
    name: str
    label: str
    values: list[FacetValueOut]


class HitOut(Schema):
    id: int
    material: Material
    title: str
    responsibility: str
    creator: str
    publication: str
    year: int | None
    language: str
    call_number: str
    state: str
    available: int
    total: int


class SearchOut(Schema):
    """``relaxed``: no title has all the words, so these have most. ``left_out``: words found nowhere."""

    rows: list[HitOut]
    total: int
    page: int
    pages: int
    facets: list[FacetOut]
    relaxed: bool
    left_out: list[str]


@router.get("", auth=Public(), response=SearchOut)
def search(request: ApiRequest, asked: Query[Search]) -> Any:
    """Titles by words and facets, best first. 503 while the index is being built."""
    user = request.auth.user if request.auth.may(RECORDS_READ, SEE) else None
    results = search_records(_query(asked), user, plain=AS_TYPED)
    if not results.ready:
        return problem(503, headers={"Retry-After": str(RETRY_AFTER)})
    return _told(results)


def _query(asked: Search) -> documents.Query:
    chosen = {name: values for name in documents.FACET_FIELDS if (values := getattr(asked, name))}
    return documents.Query(
        words=asked.q,
        chosen=chosen,
        year_from=asked.year_from,
        year_to=asked.year_to,
        sort=asked.sort,
        page=asked.page,
        size=asked.size,
    )


def _told(results: Results) -> dict[str, Any]:
    return {
        "rows": [_hit(row) for row in results.rows],
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "facets": results.facets,
        "relaxed": results.relaxed,
        "left_out": list(results.left_out),
    }


def _hit(row: Row) -> dict[str, Any]:
    names = (
        "material",
        "title",
        "responsibility",
        "creator",
        "publication",
        "year",
        "call_number",
        "state",
        "available",
        "total",
    )
    return {"id": row.pk, "language": row.record.language, **{name: getattr(row, name) for name in names}}
