"""Labels and cards: spine, barcode, pocket, catalogue card, on sheets that shops sell."""

from lumbung.catalogue.domain.labels.papers import PAPERS, Paper
from lumbung.catalogue.domain.labels.printing import mark_printed
from lumbung.catalogue.domain.labels.runs import forget_labels, items_in_order, run_labels, start_labels, take_labels
from lumbung.catalogue.domain.labels.sheets import Kind, Layout, as_pdf, as_pictures, sheet_count
from lumbung.kernel.ui.bars import Bars

__all__ = [
    "PAPERS",
    "Bars",
    "Kind",
    "Layout",
    "Paper",
    "as_pdf",
    "as_pictures",
    "forget_labels",
    "items_in_order",
    "mark_printed",
    "run_labels",
    "sheet_count",
    "start_labels",
    "take_labels",
]
