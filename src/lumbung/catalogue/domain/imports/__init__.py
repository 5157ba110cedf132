"""Bringing a file of records in: in stretches, resumable to the byte, with a report for whatever could not be taken, and undoable."""

from lumbung.catalogue.domain.imports.beside import ReaderEnded
from lumbung.catalogue.domain.imports.copies import Profile
from lumbung.catalogue.domain.imports.custody import note_abandoned, undoings_left
from lumbung.catalogue.domain.imports.matching import Rule
from lumbung.catalogue.domain.imports.options import ImportOptions
from lumbung.catalogue.domain.imports.previews import preview_of
from lumbung.catalogue.domain.imports.rehearsals import follow_up, forget_rehearsals
from lumbung.catalogue.domain.imports.runs import ImportStoppedError, resume_import, run_import, start_import
from lumbung.catalogue.domain.imports.undoing import begin_undoing, reasons_against_undoing, undo_import

__all__ = [
    "ImportOptions",
    "ImportStoppedError",
    "Profile",
    "ReaderEnded",
    "Rule",
    "begin_undoing",
    "follow_up",
    "forget_rehearsals",
    "note_abandoned",
    "preview_of",
    "reasons_against_undoing",
    "resume_import",
    "run_import",
    "start_import",
    "undo_import",
    "undoings_left",
]
