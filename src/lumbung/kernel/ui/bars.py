"""The code that a scanner reads, as a picture for the typesetter."""

from enum import StrEnum

from lumbung.formats.linear_barcodes import QUIET, code_39, code_128, svg
from lumbung.kernel.ui.qr_codes import qr_code


class Bars(StrEnum):
    CODE_128 = "code128"
    CODE_39 = "code39"
    QR = "qr"


def picture(text: str, bars: Bars) -> dict[str, object]:
    """The text in the wanted code; where that code has no such letters, in the next that has: Code 39, Code 128, QR."""
    if bars is Bars.CODE_39:
        try:
            return _linear(code_39(text))
        except ValueError:
            bars = Bars.CODE_128
    if bars is Bars.CODE_128:
        try:
            return _linear(code_128(text))
        except ValueError:
            bars = Bars.QR
    return {"kind": "qr", "svg": _qr(text), "modules": 0}


def _linear(widths: list[int]) -> dict[str, object]:
    return {"kind": "bars", "svg": svg(widths), "modules": sum(widths) + 2 * QUIET}


def _qr(text: str) -> str:
    rows = [list(row) for row in qr_code(text).matrix_iter(border=2)]
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
        f'<path d="{dots}" shape-rendering="crispEdges"/></svg>'
    )
