"""The picture of the four stages: ``{% load seci %}{% seci thing %}``."""

from typing import Any

from django import template

from lumbung.knowledge.tracing import Stages, Thing

register = template.Library()


@register.inclusion_tag("knowledge/seci.html")
def seci(thing: Thing | None = None, *, on_trace: bool = False) -> dict[str, Any]:
    """The four stages in a ring, the one where ``thing`` stands filled, and its next step; without a thing the picture alone.

    The page of its trace offers no way to itself.
    """
    return {"stages": list(Stages), "thing": thing, "on_trace": on_trace}
