"""Holdings statements in the language of the screen."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.formats.holdings import Words


def holdings_words() -> Words:
    """Months, seasons and what goes before a list of gaps, in the language now active."""
    months = [date_format(date(2000, month, 1), "M") for month in range(1, 13)]
    seasons = (("21", _("musim semi")), ("22", _("musim panas")), ("23", _("musim gugur")), ("24", _("musim dingin")))
    return Words(months=months, seasons=seasons, missing=_("kurang"))
