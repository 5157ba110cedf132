"""Addresses that stand on paper and in messages, whole."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def verification(request: HttpRequest) -> str:
    """Where a letter is checked, without its code."""
    path = reverse("membership:verify")
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
