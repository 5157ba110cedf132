"""Who looks at what a form would do holds up nobody who writes: only what is carried out is taken in by ``once``."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lumbung.organization.models import Library

pytestmark = pytest.mark.django_db
CLOSING = {
    "first_day": "2026-03-10",
    "last_day": "2026-03-12",
    "reason": "Abu vulkanik",
    "note": "Cari dan perpanjang dari rumah.",
}


@pytest.mark.parametrize(
    ("name", "sent", "button"),
    [
        ("discovery:word-new", {"kind": "synonym", "terms": "sawah\nladang"}, "save"),
        ("circulation:close_doors", CLOSING, "sure"),
        ("circulation:new_rule", {}, "seen"),
        ("members:new_run", {"kind": "extend", "until": "2027-08-31"}, "sure"),
    ],
)
def test_only_the_button_that_carries_out_is_taken_in(client, sari, signed_in, name, sent, button):
    Library.objects.get_or_create(pk=1)
    signed_in(client, sari)
    for more, takes in (({}, False), ({button: "1"}, True)):
        with CaptureQueriesContext(connection) as asked:
            client.post(reverse(name), {"csrfmiddlewaretoken": "a" * 64, **sent, **more})
        assert any("sentform" in each["sql"] for each in asked) is takes
