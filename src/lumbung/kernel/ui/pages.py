"""Paging through lists of rows."""

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(rows: "QuerySet[Any] | list[Any]", request: HttpRequest, size: int = 50) -> "Page[Any]":
    """The page that ``?page=`` asks for; the nearest one when there is no such page. Draw it with ``kernel/pager.html``."""
    return nearest_page(rows, request.GET.get("page"), size)


def page_of_few(rows: "QuerySet[Any]", request: HttpRequest, size: int = 50) -> "Page[Any]":
    """The same for a list that has room on one page as a rule: then it need not be counted."""
    found = list(rows[: size + 1])
    return page_of(found if len(found) <= size else rows, request, size)


def nearest_page(rows: Any, wanted: str | int | None, size: int) -> "Page[Any]":
    """The page with this number; the first for what is no number or below it, the last for what is beyond."""
    pages = Paginator(rows, size)
    try:
        return pages.page(wanted or 1)
    except PageNotAnInteger:
        return pages.page(1)
    except EmptyPage:
        return pages.page(1 if int(wanted or 1) < 1 else pages.num_pages)
