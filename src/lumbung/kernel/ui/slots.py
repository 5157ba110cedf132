"""Panel slots: a page leaves a named place, other parts fill it. So a page shows facts of parts it does not know.

``fill("member.page", "circulation.loans", renderer)`` at start-up; ``{% slot "member.page" member=member %}`` in the template.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from lumbung.kernel import rooms

Renderer = Callable[..., SafeString]
_panels: dict[str, list[tuple[int, str, Renderer]]] = {}


def fill(slot: str, panel: str, renderer: Renderer, *, order: int = 100) -> None:
    """Let ``renderer(request, **context)`` draw the panel in the slot; low ``order`` stands first.

    A name begins with that of the part whose panel it is, and serves once.
    """
    panels = _panels.setdefault(slot, [])
    if any(name == panel for _, name, _ in panels):
        raise ValueError(f"{slot} already has a panel called {panel}")
    panels.append((order, panel, renderer))
    panels.sort(key=lambda each: each[:2])


def render(slot: str, request: HttpRequest, **context: Any) -> SafeString:
    """Everything that fills the slot, in order; a renderer may return nothing."""
    shown = (renderer for _, panel, renderer in _panels.get(slot, []) if rooms.is_open(panel.partition(".")[0]))
    drawn = "".join(renderer(request, **context) for renderer in shown)
    return mark_safe(drawn)  # noqa: S308 -- every renderer returns safe HTML
