"""The portal of the staff as a browser sees it: its addresses, and the words on its pages."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from lumbung.accounts.tests.factories import UserFactory

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)


def person(username: str, name: str, *roles: str) -> Any:
    return UserFactory(username=username, name=name, email=f"{username}@kampus.example", roles=roles)


def at(name: str, *keys: Any) -> str:
    return reverse(f"knowledge:{name}", args=keys)


def said(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))
