"""Whole links begin with the address the library says is its own, else with the one that was asked."""

import pytest

from lumbung.kernel.ui.addresses import root


@pytest.mark.parametrize(("said", "begins"), [("", "http://testserver"), ("https://perpus.example", "https://perpus.example")])
def test_links_begin_with_our_own_address_without_a_slash(rf, settings, said, begins):
    settings.SITE_URL = said
    assert root(rf.get("/staff/users/")) == begins
