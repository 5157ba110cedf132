"""Every address of the site: who is let in. Walks the URL conf, so that a page added tomorrow is asked too."""

from collections.abc import Iterator, Mapping

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lumbung.kernel.permissions import declared

BEYOND = "9" * 24
SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000001", "path": "x"}


def addresses(resolver: URLResolver | None = None, prefix: str = "/", number: str = SAMPLES["int"]) -> Iterator[str]:
    """Each address with a sample in every place."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = _filled(pattern, {**SAMPLES, "int": number})
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + route, number)
        else:
            yield prefix + route


def _filled(pattern: URLPattern | URLResolver, samples: Mapping[str, str]) -> str:
    """The route with samples for its converters; regular expressions are allauth's and ninja's and hold no staff pages."""
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        sample = samples.get(type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"), "1")
        kind = next((kind for kind in [*samples, ""] if f"<{kind}:{name}>" in route), "")
        route = route.replace(f"<{kind}:{name}>" if kind else f"<{name}>", sample)
    return route


STAFF = sorted({address for address in addresses() if address.startswith("/staff/")})


def test_no_place_in_an_address_is_left_open():
    assert [address for address in STAFF if "<" in address] == []


def test_the_addresses_of_a_part_are_put_into_the_site_once():
    modules = [str(getattr(each, "urlconf_name", "")) for each in get_resolver().url_patterns]
    parts = [name for name in modules if name.startswith("<module 'lumbung.")]
    assert len(parts) > 20
    assert sorted(set(parts)) == sorted(parts)


@pytest.mark.django_db
@pytest.mark.parametrize("address", STAFF)
def test_a_page_of_staff_sends_a_stranger_to_sign_in(client: Client, address: str):
    for method in ("get", "post"):
        answer = getattr(client, method)(address)
        assert answer.status_code in {302, 403, 405}, f"{method} {address}: {answer.status_code}"
        if answer.status_code == 302:
            assert answer.url.startswith("/accounts/"), f"{method} {address} → {answer.url}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", STAFF)
def test_a_page_of_staff_refuses_a_member(client: Client, ani, signed_in, address: str):
    signed_in(client, ani.user)
    for method in ("get", "post"):
        answer = getattr(client, method)(address)
        assert answer.status_code in {403, 405}, f"{method} {address}: {answer.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["sari", "ani"])
def test_an_address_with_a_number_that_no_row_has_is_no_fault(client: Client, sari, ani, signed_in, who: str):
    signed_in(client, sari if who == "sari" else ani.user)
    far = sorted({address for address in addresses(number=BEYOND) if BEYOND in address})
    assert len(far) > 500
    for method in ("get", "post"):
        answers = {address: getattr(client, method)(address).status_code for address in far}
        assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_every_permission_is_somebodys():
    assert [name for name, roles in declared().items() if not roles] == []
