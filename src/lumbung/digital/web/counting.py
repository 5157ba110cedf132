"""Counting uses as requests bring them."""

from django.http import HttpRequest

from lumbung.digital.domain.uses import count_use
from lumbung.digital.models import File, FileUse
from lumbung.digital.web.asking import asker_of
from lumbung.kernel.ui.programs import is_program


def count(request: HttpRequest, file: File, kind: FileUse.Kinds, *, reason: str = "") -> None:
    """Count what this visitor did with the file: read, took, was denied, or looked at its page. Programs that say so are told apart."""
    agent = request.headers.get("User-Agent", "")
    user = getattr(request.user, "pk", None)
    who = f"user {user}" if user else request.session.session_key or f"{asker_of(request).address} {agent}"
    count_use(file, kind, who=who, reason=reason, is_robot=is_program(request))
