"""Addresses that stand on paper and in messages, whole."""

from django.http import HttpRequest
from django.urls import reverse

from lumbung.kernel.ui.addresses import root


def verification(request: HttpRequest) -> str:
    """Where a letter is checked, without its code."""
    return root(request) + reverse("membership:verify")
