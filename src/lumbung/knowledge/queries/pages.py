"""The screens of the staff, by the name of their address and the words of the menu."""

from collections.abc import Sequence

from django.utils.functional import Promise

from lumbung.kernel.ui import navigation


def known_pages() -> Sequence[tuple[str, str | Promise]]:
    """Every screen in the menu: what its address is called, and what people call it."""
    return [(each.url_name, each.label) for each in navigation.entries()]


def label_of(page: str) -> str:
    """What people call this screen; its address's name when the menu has it no longer."""
    return next((str(label) for name, label in known_pages() if name == page), page)
