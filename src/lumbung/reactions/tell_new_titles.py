"""Every night: tell who keeps a search what came in that answers it."""

from django.conf import settings

from lumbung.discovery.domain.alerts import write_digests


def tell_new_titles() -> int:
    return write_digests(base=settings.SITE_URL)
