"""Words for digital files: ``{% load digital %}``."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumbung.digital.domain.kinds import name_of
from lumbung.digital.domain.licences import licence_called
from lumbung.digital.models import File

register = template.Library()
register.filter("kind_name", name_of)


@register.filter
def file_title(file: File) -> str:
    """What the file is called on pages: its own label, else what part of the work it is."""
    return file.label or str(file.get_part_display())


@register.filter
def licence_link(code: str) -> SafeString | str:
    """The licence by its name, leading to its text."""
    licence = licence_called(code)
    if licence is None or not licence.url:
        return str(licence.name) if licence else code
    return format_html('<a href="{}" rel="license noopener">{}</a>', licence.url, licence.name)


@register.filter
def unlocalized(number: float) -> str:
    """A number as programs read it, with a point."""
    return repr(float(number))
