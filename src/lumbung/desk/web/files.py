"""Files that came with what was said."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lumbung.desk.web.guard import at_the_desk, seen
from lumbung.kernel import uploads
from lumbung.messaging.models import Attachment, Delivery


@at_the_desk
@require_safe
def picture(request: HttpRequest, pk: int, turn: int) -> HttpResponseBase:
    """A picture that went with an answer, as long as it is kept."""
    rows = Delivery.objects.exclude(picture="")
    sent = get_object_or_404(rows, turn=turn, turn__conversation=seen(request, pk))
    kind = sent.content.get("picture_kind", "png")
    return uploads.shown(sent.picture, kind=kind, name=f"{turn}.{kind}", inline=True)


@at_the_desk
@require_safe
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """The file, for those who may see the conversation; it never acts in the browser."""
    rows = Attachment.objects.exclude(stored_file="")
    found = get_object_or_404(rows, pk=file, incoming__turn__conversation=seen(request, pk))
    name = found.name or f"{found.pk}.{uploads.ENDINGS[found.kind]}"
    return uploads.shown(found.stored_file, kind=found.kind, name=name, inline=found.kind != "pdf")
