"""What is counted of telling readers of new titles: one for each letter or message that told of some."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.organization.domain.measures import Measure, happened, happened_last


def news(first: datetime, last: datetime) -> int:
    return happened("MessageQueued", first, last, code="search_digest")


MEASURE = Measure(
    "discovery.news",
    _("Kabar judul baru yang dikirim"),
    news,
    lambda until: happened_last("MessageQueued", until, code="search_digest"),
)
