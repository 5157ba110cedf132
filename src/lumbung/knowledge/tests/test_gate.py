"""The portal opens inside the house only: where the request comes from counts first, and no header can say otherwise."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.gate import change_intranet
from tests.architecture.test_doors import addresses

pytestmark = pytest.mark.django_db
OUTSIDE = "203.0.113.9"
HOME = "/staff/knowledge/"


def pages() -> list[str]:
    return sorted({each for each in addresses() if each.startswith(HOME)})


def test_every_address_of_the_portal_is_walked():
    _, portal = get_resolver().namespace_dict["knowledge"]
    assert len(portal.url_patterns) == len(pages()) > 2


def test_every_page_answers_403_from_outside_even_with_a_valid_sign_in(sari, with_role, signed_in):
    for user in (sari, with_role("head", "admin"), None):
        client = Client(REMOTE_ADDR=OUTSIDE)
        if user:
            signed_in(client, user)
        for page in pages():
            for method in ("get", "post"):
                assert getattr(client, method)(page).status_code == 403, f"{method} {page} as {user}"


def test_inside_the_staff_come_in_and_members_and_strangers_do_not(client, sari, ani, signed_in):
    assert client.get(HOME).status_code == 302
    assert signed_in(client, ani.user).get(HOME).status_code == 403
    assert signed_in(client, sari).get(HOME).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_a_forged_header_opens_nothing(client, sari, signed_in, settings, header):
    signed_in(client, sari)
    assert client.get(HOME, headers={header: "10.1.2.3"}, REMOTE_ADDR=OUTSIDE).status_code == 403
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = {header: f"10.1.2.3, {OUTSIDE}"}
    assert client.get(HOME, headers=forged, REMOTE_ADDR="10.0.0.1").status_code == 403


def test_a_proxy_nobody_declared_makes_nobody_an_insider(client, sari, signed_in):
    assert signed_in(client, sari).get(HOME, headers={"X-Forwarded-For": OUTSIDE}, REMOTE_ADDR="127.0.0.1").status_code == 403


def test_behind_a_declared_proxy_the_address_it_saw_counts(client, sari, signed_in, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    signed_in(client, sari)

    def ask(forwarded: str) -> int:
        return client.get(HOME, headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="127.0.0.1").status_code

    assert [ask("192.168.4.4"), ask("::ffff:10.1.1.1"), ask(OUTSIDE), ask(f"192.168.4.4, {OUTSIDE}"), ask("bukan alamat")] == [
        200, 200, 403, 403, 403,
    ]  # fmt: skip
    assert client.get(HOME, REMOTE_ADDR="127.0.0.1").status_code == 403


def test_the_head_sets_the_networks_and_cannot_lock_herself_out(client, with_role, sari, signed_in):
    page = reverse("knowledge:networks")
    assert signed_in(client, sari).get(page).status_code == 403
    signed_in(client, with_role("head"))
    refused = client.post(page, {"networks": "10.20.0.0/16 Kampus", "partner_networks": ""})
    assert refused.status_code == 422
    assert "127.0.0.1" in refused.content.decode()
    assert client.get(HOME).status_code == 200
    assert client.post(page, {"networks": "10.20.0.0/16 Kampus\n127.0.0.1 Server"}).status_code == 302
    assert client.get(HOME, REMOTE_ADDR="10.20.3.4").status_code == 200
    assert client.get(HOME, REMOTE_ADDR="10.21.3.4").status_code == 403


def test_what_is_no_network_or_the_whole_world_is_refused_with_every_reason(sari):
    with pytest.raises(Refused) as refused:
        change_intranet(networks="perpustakaan\n0.0.0.0/0 semua", partner_networks="::/0", seen_from=None, by=sari)
    assert refused.value.codes == ["intranet_network_wrong", "open_to_the_world", "open_to_the_world"]


def test_whoever_has_the_machine_opens_the_portal_again(client, sari, signed_in, capsys):
    change_intranet(networks="10.99.0.0/16", seen_from=None, by=sari)
    assert signed_in(client, sari).get(HOME).status_code == 403
    call_command("intranet", "127.0.0.0/8")
    assert client.get(HOME).status_code == 200
