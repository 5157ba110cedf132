"""Paging through lists of rows."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(rows: "QuerySet[Any] | list[Any]", request: HttpRequest, size: int = 50) -> "Page[Any]":
    """The page that ``?page=`` asks for; the nearest one when there is no such page. Draw it with ``kernel/pager.html``."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
