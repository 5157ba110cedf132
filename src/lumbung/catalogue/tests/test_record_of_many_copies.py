"""The page of a title that came with thousands of copies, each of which is a field of its MARC."""

import pytest
from django.urls import reverse

from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import an_import, copy_field, marc_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("copies", "more"), [(100, ""), (1500, "1.302 ruas lagi ada di lembar cetak.")])
def test_its_page_stays_small_and_says_where_the_other_fields_are(client, sari, signed_in, copies, more):
    an_import([marc_of("Bumi manusia", *(copy_field(f"B-{n:05}") for n in range(copies)))])
    desk, key = signed_in(client, sari), Record.objects.get().pk
    page = desk.get(reverse("catalogue:record", args=[key])).content.decode()
    assert len(page) < 120_000
    assert ("ruas lagi" in page) is bool(more)
    assert more in page
    assert f"B-{copies - 1:05}" in desk.get(reverse("catalogue:marc_print", args=[key])).content.decode()
