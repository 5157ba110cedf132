"""Whoever brings a workbook is told of the sheets in it that are not read."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lumbung.kernel.sheets import unread_sheets


def tell_unread_sheets(request: HttpRequest, content: bytes) -> None:
    """Say it on the next page. Only for a table that could be read."""
    if unread := unread_sheets(content):
        told = {"sheets": ", ".join(unread)}
        messages.warning(
            request,
            _("Hanya satu lembar dibaca. Belum dibaca: %(sheets)s. Unggah lembar itu sebagai berkas sendiri.") % told,
        )
