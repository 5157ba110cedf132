"""The picture of a message that goes out, read from where it is kept."""

from django.core.files.storage import default_storage

from lumbung.kernel.uploads import ENDINGS, MEDIA_TYPES
from lumbung.messaging.models import Delivery


def picture_of(delivery: Delivery) -> tuple[bytes, str, str]:
    """Its bytes, a name for it and its media type."""
    kind = delivery.content.get("picture_kind", "png")
    with default_storage.open(delivery.picture) as file:
        return file.read(), f"picture.{ENDINGS[kind]}", MEDIA_TYPES[kind]
