"""COUNTER Release 5.1: from uses to counts (``counting``), from counts to reports (``reports``) and their tables (``tables``). Pure."""

from lumbung.formats.counter.counting import Item, Tally, Use, counted
from lumbung.formats.counter.reports import REPORTS, Asked, Header, report

__all__ = ["REPORTS", "Asked", "Header", "Item", "Tally", "Use", "counted", "report"]
