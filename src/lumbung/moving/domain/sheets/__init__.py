"""Tables from spreadsheet programs as a source: any columns, told apart by their names and what stands in them."""

from lumbung.moving.domain.sheets.source import Sheets

__all__ = ["Sheets"]
