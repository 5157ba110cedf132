"""Search titles, with facets."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from lumbung.accounts.domain.api_access import ApiRequest, Public
from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import RECORDS_READ, SEE
from lumbung.discovery.queries import AS_TYPED, Results, Row, search_records
from lumbung.formats.cql import LONGEST_QUERY, Diagnostic
from lumbung.kernel.api.problems import problem
from lumbung.kernel.api.shapes import PageNumber, PageSize, Word
from lumbung.search import documents
from lumbung.search.contextual import asked_in_cql
from lumbung.search.unready import RETRY_AFTER, why_unready

router = Router()

Year = Annotated[int, Field(ge=-9999, le=9999)]
Values = Annotated[list[Word], Field(default_factory=list, max_length=50)]


class Search(Schema):
    """``q`` takes words, "phrases", prefix* and fields (``title:``, ``creator:``, ``subject:``, ``identifier:``, ``note:``).

    ``cql`` takes a query in CQL 1.2 in place of ``q``, with the context sets cql, dc, bib, bath and rec. It is answered as it is
    written, and its ``sortby`` goes before ``sort``.

    Each facet may be given several times: a title need have only one of its values.
    """

    q: Annotated[str, Field(max_length=500)] = ""
    cql: Annotated[str, Field(max_length=LONGEST_QUERY)] = ""
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
    """Titles by words and facets, best first. 503 while the index is being built.

    400, with SRU's diagnostic, for a query in CQL that cannot be answered.
    """
    user = request.auth.user if request.auth.may(RECORDS_READ, SEE) else None
    try:
        query = _query(asked)
    except Diagnostic as fault:
        return problem(400, str(fault), diagnostic=_diagnostic(fault))
    results = search_records(query, user, plain=AS_TYPED)
    if not results.ready:
        return problem(503, why_unready(), headers={"Retry-After": str(RETRY_AFTER)})
    return _told(results)


def _query(asked: Search) -> documents.Query:
    chosen = {name: values for name in documents.FACET_FIELDS if (values := getattr(asked, name))}
    contextual = asked_in_cql(asked.cql) if asked.cql.strip() else None
    return documents.Query(
        words="" if contextual else asked.q,
        exactly=contextual.node if contextual else None,
        chosen=chosen,
        year_from=asked.year_from,
        year_to=asked.year_to,
        sort=(contextual and contextual.sort) or asked.sort,
        page=asked.page,
        size=asked.size,
    )


def _diagnostic(fault: Diagnostic) -> dict[str, Any]:
    return {
        "uri": fault.problem.uri,
        "number": fault.problem.value,
        "message": fault.problem.sentence,
        "details": fault.details,
    }


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
