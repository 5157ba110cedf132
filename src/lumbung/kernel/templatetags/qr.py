"""``{% load qr %}{% qr text %}``: a QR code drawn into the page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from lumbung.kernel.ui.qr_codes import qr_code

register = template.Library()


@register.simple_tag
def qr(text: str) -> SafeString:
    """The text as a QR code (ISO/IEC 18004), dark on white in any colour scheme, with its quiet zone."""
    drawn = qr_code(text).svg_inline(border=4, dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 -- segno draws squares only, the text itself is not in it
