"""QR codes (ISO/IEC 18004)."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode


def qr_code(text: str) -> "QRCode":
    """The text as a QR code that still reads with a seventh of it soiled."""
    import segno  # noqa: PLC0415 -- it is large; it is loaded by the first code that is drawn

    return segno.make(text, error="m", micro=False)


def drawn(text: str) -> str:
    """The code as SVG, for paper."""
    svg = io.BytesIO()
    qr_code(text).save(svg, kind="svg", xmldecl=False, border=2)
    return svg.getvalue().decode()
