"""Why is this title in this place? For librarians: every hypothesis of the ranking, beside the title's neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lumbung.catalogue.permissions import SEE
from lumbung.discovery import permissions
from lumbung.discovery.addresses import Question, asked, chips, parameters
from lumbung.discovery.queries import answer, rows_of
from lumbung.discovery.queries.facets import label_of
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import needs
from lumbung.organization.queries import branches
from lumbung.search.documents import Query, Sort
from lumbung.search.explaining import Placed, Tested
from lumbung.search.queries import NotReady, explain
from lumbung.search.unready import unanswered

WHOLE: Mapping[str, str | Promise] = {
    "whole_title": gettext_lazy("Pertanyaan adalah judulnya"),
    "title_phrase": gettext_lazy("Semua kata berurutan di judul"),
    "title_pair": gettext_lazy("Dua kata berurutan di judul"),
    "title_words": gettext_lazy("Semua kata ada di judul"),
    "whole_name": gettext_lazy("Semua kata ada di nama pengarang"),
    "series_phrase": gettext_lazy("Semua kata berurutan di seri"),
    "subject_phrase": gettext_lazy("Semua kata berurutan di subjek"),
    "identifier": gettext_lazy("Nomor"),
    "class": gettext_lazy("Kelas"),
    "preferred": gettext_lazy("Ada di ruas yang disebut"),
    "rarity": gettext_lazy("Kata yang jarang di koleksi"),
}
FIELDS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("Judul"),
    "creator": gettext_lazy("Pengarang"),
    "subject": gettext_lazy("Subjek"),
    "series": gettext_lazy("Seri"),
    "identifier": gettext_lazy("Nomor"),
    "class": gettext_lazy("Kelas"),
    "note": gettext_lazy("Abstrak dan catatan"),
}
FORMS: Mapping[str, str | Promise] = {
    "exact": gettext_lazy("persis"),
    "folded": gettext_lazy("tanpa tanda"),
    "variant": gettext_lazy("tulisan lain"),
    "root": gettext_lazy("kata sekeluarga"),
    "name": gettext_lazy("ejaan nama lain"),
    "heard": gettext_lazy("nama yang terdengar sama"),
    "synonym": gettext_lazy("sinonim"),
    "near": gettext_lazy("ejaan mirip"),
    "prefix": gettext_lazy("awal kata"),
    "phrase": gettext_lazy("frasa"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the table: a title at its place."""

    placed: Placed
    title: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a hypothesis, and for each place whether it holds."""

    label: str
    words: str
    score: float
    holds: list[bool]


@needs(permissions.SEARCHES)
@require_safe
def explanation(request: HttpRequest) -> HttpResponse:
    question = replace(asked(request.GET), hidden=may(request.user, SEE))
    wanted = request.GET.get("record", "")
    key = int(wanted[:12]) if wanted.isascii() and wanted.isdigit() else None
    facts: dict[str, Any] = {"q": question.words, "record": key, **_narrowed(question, question)}
    if question.words:
        try:
            read = answer(question, this_year=timezone.localdate(clock.now()).year, plain=question.plain).query
            told = explain(read, key=key)
            facts |= _narrowed(question, read)
        except NotReady:
            return unanswered(request, render(request, "discovery/explanation.html", {**facts, "not_ready": True}))
        titles = {row.pk: row.title for row in rows_of([each.key for each in told.placed], request.user)}
        places = [Place(each, titles.get(each.key, ""), each.key == key) for each in told.placed]
        lines = [_line(each, told.placed) for each in sorted(told.tested, key=lambda each: -each.score)]
        facts |= {"told": told, "places": places, "lines": lines}
    return render(request, "discovery/explanation.html", facts)


def _narrowed(question: Question, read: Query) -> dict[str, Any]:
    """The filters of the question as it was ``read``, in words; and those that came with it and its order, as the form carries them on."""
    names = {str(branch.pk): branch.name for branch in branches()} if "branch" in question.chosen else {}
    labels = {
        (name, value): (names.get(value) if name == "branch" else None) or label_of(name, value)
        for name, values in read.chosen.items()
        for value in values
    }
    return {
        "chips": chips(read, labels),
        "carried": parse_qsl(parameters(question, q=None, page=None)[1:]),
        "is_in_another_order": read.sort is not Sort.RELEVANCE,
    }


def _line(tested: Tested, placed: Sequence[Placed]) -> Line:
    return Line(_label(tested.why), tested.words, tested.score, [each.key in tested.holds_for for each in placed])


def _label(why: str) -> str:
    if why in WHOLE:
        return str(WHOLE[why])
    field, _dot, form = why.partition(".")
    return _("%(field)s, %(form)s") % {"field": FIELDS[field], "form": FORMS[form]}
