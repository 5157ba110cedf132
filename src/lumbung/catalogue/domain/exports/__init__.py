"""Letting records out: as files that stream, or made in the background and fetched when they are ready."""

from lumbung.catalogue.domain.exports.forms import FORMS, Form
from lumbung.catalogue.domain.exports.marc_files import export_records
from lumbung.catalogue.domain.exports.runs import forget_exports, run_export, start_export
from lumbung.catalogue.domain.exports.told import Told
from lumbung.catalogue.domain.record_selection import RecordSelection

__all__ = [
    "FORMS",
    "Form",
    "RecordSelection",
    "Told",
    "export_records",
    "forget_exports",
    "run_export",
    "start_export",
]
