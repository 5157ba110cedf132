"""Sari sets the library up on her telephone, in English, and mistypes her password."""

from typing import Any

import pytest

from lumbung.project.first_run import code

LINES = """() => [...document.querySelectorAll('.week-hours th[scope="row"]')].map((day) => {
  const text = document.createRange();
  text.selectNodeContents(day);
  return new Set([...text.getClientRects()].map((each) => each.top)).size;
})"""
"""On how many lines each day of the week stands."""


@pytest.mark.django_db(transaction=True)
def test_each_day_stands_on_one_line_and_a_fault_far_down_is_gone_to(phone: Any) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415 -- slow to import, and most runs need no browser

    typed = code.issue_code()
    phone.goto("/")
    phone.locator('form[action="/language"] button[value="en"]').first.click()
    phone.wait_for_selector("text=Welcome to Lumbung")
    assert phone.evaluate(LINES) == [1] * 7
    for name, word in {
        "code": typed, "library_name": "Nusa", "branch_name": "Pusat", "person": "Sari", "username": "sari",
        "password": "lumbung-padi-1908", "password_again": "lumbung-padi-1980",
    }.items():  # fmt: skip
        phone.fill(f'[name="{name}"]', word)
    phone.locator(".first-run .form-foot button").click()
    phone.wait_for_selector(".field.wrong")
    at_fault = phone.locator('[name="password_again"]')
    expect(at_fault).to_be_focused()
    expect(at_fault).to_be_in_viewport()
