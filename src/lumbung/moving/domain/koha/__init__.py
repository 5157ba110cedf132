"""Koha: a dump of its database (``koha-dump``), or a ZIP of MARC with 952, borrowers as CSV and a dump of the circulation tables."""

from lumbung.moving.domain.koha.source import Koha

__all__ = ["Koha"]
