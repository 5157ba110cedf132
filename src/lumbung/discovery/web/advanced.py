"""The advanced form: rows of field, words and operator, made into one query in the query language. It needs no script."""

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lumbung.catalogue.models import Material
from lumbung.discovery.addresses import Question, asked, parameters
from lumbung.discovery.languages import NAMES
from lumbung.organization.queries import public_branches

ROWS, SHOWN = 4, 2
LONGEST = 100
FIELDS = [
    ("", _("Di mana saja")),
    ("judul", _("Judul")),
    ("pengarang", _("Pengarang")),
    ("subjek", _("Subjek")),
    ("seri", _("Seri")),
    ("isbn", _("ISBN, ISSN, atau nomor")),
    ("kelas", _("Nomor kelas")),
    ("catatan", _("Abstrak dan catatan")),
]
MATCHES = [("words", _("semua kata")), ("phrase", _("persis berurutan")), ("any", _("salah satu kata"))]
OPERATORS = [("AND", _("dan")), ("OR", _("atau")), ("NOT", _("bukan"))]


@require_safe
def advanced(request: HttpRequest) -> HttpResponse:
    """The empty form; with ``go``, the search it makes."""
    if "go" in request.GET:
        question = asked(request.GET)
        made = Question(query_of(request.GET), question.chosen, question.year_from, question.year_to, by_work=True)
        return redirect("/search" + parameters(made))
    facts = {
        "rows": range(1, SHOWN + 1),
        "more_rows": range(SHOWN + 1, ROWS + 1),
        "q": request.GET.get("q", "")[:LONGEST],
        "fields": FIELDS,
        "matches": MATCHES,
        "operators": OPERATORS,
        "materials": Material.choices,
        "languages": _languages(),
        "branches": public_branches(),
    }
    return render(request, "discovery/advanced.html", facts)


def _languages() -> list[tuple[str, str]]:
    """By name, each name once: some languages have two codes, of which the first is the one libraries write."""
    codes = {str(name): code for code, name in reversed(NAMES.items())}
    return [(code, name) for name, code in sorted(codes.items())]


def query_of(given: QueryDict) -> str:
    """The rows as one query: rows joined by OR are alternatives to all that stands before them."""
    query = ""
    for operator, row in _rows(given):
        if not query:
            query = f"NOT {row}" if operator == "NOT" else row
        elif operator == "OR":
            query = f"({query}) OR {row}" if " AND " in query or " NOT " in query else f"{query} OR {row}"
        else:
            query = f"({query}) {operator} {row}" if " OR " in query else f"{query} {operator} {row}"
    return query


def _rows(given: QueryDict) -> Iterator[tuple[str, str]]:
    known = {name for name, _label in FIELDS}
    for number in range(1, ROWS + 1):
        words = " ".join(given.get(f"words{number}", "").replace('"', " ").replace("(", " ").replace(")", " ").split())[
            :LONGEST
        ]
        field = given.get(f"field{number}", "")
        if words:
            operator = given.get(f"operator{number}", "AND")
            yield operator if operator in {"OR", "NOT"} else "AND", _row(words, field if field in known else "", given, number)


def _row(words: str, field: str, given: QueryDict, number: int) -> str:
    ways: Mapping[str, str] = {"phrase": f'"{words}"', "any": "(" + " OR ".join(words.split()) + ")"}
    match = given.get(f"match{number}", "words")
    whole = ways.get(match, words if " " not in words else f"({words})")
    return f"{field}:{whole}" if field else whole
