"""Every address of the site: who is let in. Walks the URL conf, so that a page added tomorrow is asked too."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lumbung.kernel.permissions import declared

SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000001", "path": "x"}


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Each address with a sample in every place."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = _filled(pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + route)
        else:
            yield prefix + route


def _filled(pattern: URLPattern | URLResolver) -> str:
    """The route with samples for its converters; regular expressions are allauth's and ninja's and hold no staff pages."""
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        sample = SAMPLES.get(type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"), "1")
        kind = next((kind for kind in [*SAMPLES, ""] if f"<{kind}:{name}>" in route), "")
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


def test_every_permission_is_somebodys():
    assert [name for name, roles in declared().items() if not roles] == []
