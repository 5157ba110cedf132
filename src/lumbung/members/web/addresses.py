"""Addresses that stand on paper and in messages, whole."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def verification(request: HttpRequest) -> str:
    """Where a letter is checked, without its code."""
    return root(request) + reverse("membership:verify")


def root(request: HttpRequest) -> str:
    """Our own address, without a slash at its end."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
