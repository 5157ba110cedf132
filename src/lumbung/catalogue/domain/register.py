"""The accession register on paper."""

from collections.abc import Sequence
from importlib.resources import files

from django.utils.translation import get_language

from lumbung.kernel import typesetting
from lumbung.organization import queries as organization


def register_pdf(
    heading: str, period: str, *, header: Sequence[str], rows: Sequence[Sequence[str]], total: str, widths: Sequence[int]
) -> bytes:
    """The rows as a table on A4 lying down, its head on every page."""
    data = {
        "heading": heading,
        "period": period,
        "library": organization.library().name,
        "language": (get_language() or "id")[:2],
        "header": list(header),
        "rows": [list(row) for row in rows],
        "total": total,
        "widths": list(widths),
    }
    return typesetting.pdf(files(__package__).joinpath("register.typ").read_text(encoding="utf-8"), data)
