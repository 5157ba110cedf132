"""The frame around every page: whose library it is, and the menu of the staff."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.kernel.ui import navigation
from lumbung.organization import queries as organization


def declare_sections() -> None:
    """The sections of the staff menu, in order."""
    navigation.declare_section("desk", _("Sirkulasi"))
    navigation.declare_section("questions", _("Tanya pustakawan"))
    navigation.declare_section("collection", _("Koleksi"))
    navigation.declare_section("finding", _("Temu kembali"))
    navigation.declare_section("members", pgettext_lazy("many", "Anggota"))
    navigation.declare_section("knowledge", _("Pengetahuan"))
    navigation.declare_section("library", _("Perpustakaan"))
    navigation.declare_section("system", _("Sistem"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """``library`` and ``staff_menu`` for every template, read only where a template asks."""
    return {
        "library": SimpleLazyObject(organization.library),
        "staff_menu": SimpleLazyObject(lambda: navigation.menu(getattr(request, "user", None), request.path)),
    }
