"""Templates: what Meta approved is known with its state, and a notice outside the window goes by one or takes another way and says why."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain import arrivals, policies, templates
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.notices import notify
from lumbung.messaging.domain.outbox import resend
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Delivery, Identity, Template
from lumbung.messaging.replies import Reply
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
"""Ten at night in Jakarta."""
FACTS = {"name": "Ani", "username": "ani", "link": "https://perpus.example/akun"}
BODY = "Halo {{1}}, kata sandi baru: {{2}}"


def listed(name: str, status: str = "APPROVED", language: str = "id", **more: object) -> dict[str, object]:
    parts = [{"type": "BODY", "text": BODY}, *more.pop("parts", [])]
    return {"name": name, "status": status, "language": language, "components": parts, "id": name, **more}


class Graph:
    """Gives its templates out two to a page, as the Graph API does by cursors."""

    def __init__(self) -> None:
        self.listed = [
            listed("sandi"),
            listed("sandi", "PENDING", "en"),
            listed("promo", "REJECTED", rejected_reason="PROMOTIONAL"),
            listed("gambar", parts=[{"type": "HEADER", "format": "IMAGE"}]),
            listed("tautan", parts=[{"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://x.id/{{1}}"}]}]),
        ]

    def __call__(self, heard: Heard) -> Says:
        if heard.headers.get("authorization") != "Bearer EAAG":
            return Says(401, {"error": {"message": "Invalid OAuth access token", "code": 190}})
        if heard.path == "/v23.0/WABA/message_templates":
            first = int(heard.query.get("after", "0"))
            page = {"data": self.listed[first : first + 2], "paging": {"cursors": {"after": str(first + 2)}}}
            if first + 2 < len(self.listed):
                page["paging"]["next"] = "https://graph.facebook.com/…"
            return Says(200, page)
        return Says(200, {"messages": [{"id": f"wamid.{len(heard.said)}"}]})


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def meta(graph: Graph, settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    with counterpart(graph) as side:
        yield side


@pytest.fixture
def whatsapp(meta: Counterpart) -> Account:
    given = {"phone_number_id": "1", "business_account_id": "WABA", "version": "v23.0", "api": meta.address}
    account = account_of("whatsapp", settings=given, sealed_secrets=secrets_at_rest.seal({"access_token": "EAAG"}))
    policies.set_policy(quiet_from=time(21), quiet_until=time(7), monthly_budget=1000, by=None)
    return account


def ani(account: Account, *, wrote: datetime) -> Identity:
    identity = identity_of(account, "62812")
    Identity.objects.filter(pk=identity.pk).update(last_inbound_at=wrote, phone="62812", language="id")
    return Identity.objects.select_related("account").get(pk=identity.pk)


def chosen(account: Account, language: str = "id") -> Template:
    templates.read_in(account, by=None)
    template = account.templates.get(name="sandi", language=language)
    templates.choose(template, "password_reset", ["{{ name }}", "{{ link }}"], by=None)
    return template


def told(
    identity: Identity, *, at: datetime = NOON, language: str = "id", address: str = "ani@kampus.example"
) -> Delivery | None:
    with clock.stopped_at(at):
        return notify("password_reset", address=address, identities=[identity], facts=FACTS, language=language)


def test_the_register_says_what_meta_says_page_by_page(whatsapp, graph):
    assert templates.read_in(whatsapp, by=None) == 5
    rows = [(row.name, row.language, row.state, row.note, row.lacks) for row in whatsapp.templates.all()]
    assert rows == [
        ("gambar", "id", "approved", "", "header"),
        ("promo", "id", "rejected", "PROMOTIONAL", ""),
        ("sandi", "en", "pending", "", ""),
        ("sandi", "id", "approved", "", ""),
        ("tautan", "id", "approved", "", "buttons"),
    ]
    assert whatsapp.templates.get(name="sandi", language="id").places == ["1", "2"]
    kept = chosen(whatsapp)
    graph.listed = []
    templates.read_in(whatsapp, by=None)
    assert [(row.pk, row.state) for row in whatsapp.templates.all()] == [(kept.pk, "gone")]


def test_outside_the_window_a_notice_goes_by_its_template_and_costs(whatsapp, meta):
    chosen(whatsapp)
    delivery = told(ani(whatsapp, wrote=NOON - timedelta(hours=25)), address="")
    assert (delivery.account, delivery.cost, delivery.body) == (
        whatsapp,
        350,
        "Halo Ani, kata sandi baru: https://perpus.example/akun",
    )
    with clock.stopped_at(NOON):
        send_due()
    assert meta.heard[-1].said["template"] == {
        "name": "sandi",
        "language": {"code": "id", "policy": "deterministic"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Ani"}, {"type": "text", "text": "https://perpus.example/akun"}],
            }
        ],
    }
    delivery.refresh_from_db()
    assert (delivery.state, delivery.body, delivery.content) == ("accepted", "", {})


@pytest.mark.parametrize(
    ("state", "why"),
    [("pending", "templat: menunggu persetujuan"), ("paused", "templat: dijeda"), ("", "belum ada templat untuk pesan ini")],
)
def test_what_is_not_approved_takes_the_next_way_and_says_why(whatsapp, state, why):
    if state:
        template = chosen(whatsapp)
        Template.objects.filter(pk=template.pk).update(state=state)
    letter = told(ani(whatsapp, wrote=NOON - timedelta(hours=25)))
    assert (letter.account.kind, letter.reason) == ("email", f"termurah yang diizinkan, Rp0; {whatsapp.name}: {why}")


def test_inside_the_window_free_words_go_and_cost_nothing(whatsapp):
    chosen(whatsapp)
    delivery = told(ani(whatsapp, wrote=NOON - timedelta(hours=1)))
    assert (delivery.account, delivery.cost, delivery.content) == (whatsapp, 0, {})


def test_a_window_that_closes_before_the_quiet_hours_end_counts_as_closed(whatsapp):
    wrote = NIGHT - timedelta(hours=20)
    assert told(ani(whatsapp, wrote=wrote), at=NIGHT).account.kind == "email"
    chosen(whatsapp)
    waiting = told(ani(whatsapp, wrote=wrote), at=NIGHT, address="")
    assert (waiting.content["template"], waiting.cost) == ("sandi", 350)
    assert told(ani(whatsapp, wrote=wrote), at=NIGHT, address="") != waiting


def test_who_reads_english_gets_the_librarys_language_where_the_other_is_not_there(whatsapp):
    chosen(whatsapp)
    away = ani(whatsapp, wrote=NOON - timedelta(hours=25))
    assert told(away, language="en", address="").content["language"] == "id"


def test_free_words_that_failed_are_not_sent_again_outside_the_window(whatsapp):
    identity = ani(whatsapp, wrote=clock.now())
    delivery = reply(identity, Reply("Halo"))
    Delivery.objects.filter(pk=delivery.pk).update(state="failed")
    ani(whatsapp, wrote=clock.now() - timedelta(hours=25))
    with pytest.raises(Refused) as refused:
        resend(delivery, by=None)
    assert refused.value.codes == ["window_closed"]


def test_a_template_is_chosen_only_when_all_of_it_can_be_filled_in(whatsapp):
    template = chosen(whatsapp)
    for code, values, wrong in [
        ("password_reset", ["{{ name }}"], "template_places"),
        ("password_reset", ["{{ name", "{% load x %}"], "wording_unreadable"),
    ]:
        with pytest.raises(Refused) as refused:
            templates.choose(template, code, values, by=None)
        assert refused.value.codes == [wrong]
    for name in ("promo", "gambar"):
        with pytest.raises(Refused) as refused:
            templates.choose(whatsapp.templates.get(name=name), "hold_ready", ["{{ name }}", "{{ title }}"], by=None)
        assert refused.value.codes == ["template_unusable"]
    Template.objects.filter(name="promo").update(state="approved")
    with pytest.raises(Refused) as refused:
        templates.choose(whatsapp.templates.get(name="promo"), "password_reset", ["a", "b"], by=None)
    assert refused.value.codes == ["template_taken"]


def test_meta_tells_by_webhook_what_it_thinks_of_a_template_now(whatsapp):
    template = chosen(whatsapp)
    value = {"event": "PAUSED", "message_template_name": "sandi", "message_template_language": "id", "reason": "LOW_QUALITY"}
    change = {"field": "message_template_status_update", "value": value}
    inbound = arrivals.receive(whatsapp, "e1", {"change": change})
    arrivals.take_in(inbound.pk)
    template.refresh_from_db()
    assert (template.state, template.note, template.code) == ("paused", "LOW_QUALITY", "password_reset")


def test_the_page_reads_shows_and_chooses_and_strangers_see_nothing_of_it(whatsapp, client: Client, sari):
    page = f"/staff/channels/{whatsapp.pk}/templates"
    client.force_login(sari)
    assert client.get(page).status_code == 403
    sari.role_grants.create(role="head")
    assert "Belum ada templat" in client.get(page).content.decode()
    assert "5 templat dibaca" in client.post(f"{page}/reading", follow=True).content.decode()
    key = whatsapp.templates.get(name="sandi", language="id").pk
    sent = {"code": "password_reset", "values": "{{ name }}"}
    refused = client.post(f"{page}/{key}", sent)
    assert (refused.status_code, "punya 2 isian" in refused.content.decode()) == (422, True)
    client.post(f"{page}/{key}", {**sent, "values": "{{ name }}\n{{ link }}"})
    assert "password_reset" in client.get(page).content.decode()
    client.post(f"{page}/{key}/disuse")
    assert whatsapp.templates.get(pk=key).code == ""
    assert client.get(f"/staff/channels/{account_of('sms').pk}/templates").status_code == 404


def test_where_the_account_is_not_named_or_its_token_is_old_the_page_says_so(whatsapp, client: Client, sari):
    sari.role_grants.create(role="head")
    client.force_login(sari)
    whatsapp.sealed_secrets = secrets_at_rest.seal({"access_token": "old"})
    whatsapp.save()
    page = f"/staff/channels/{whatsapp.pk}/templates/reading"
    assert "Invalid OAuth access token" in client.post(page, follow=True).content.decode()
    whatsapp.settings = {}
    whatsapp.save()
    assert "WhatsApp Business Account ID" in client.post(page, follow=True).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_the_same_of_the_database_however_long(whatsapp, client, sari, rows, django_assert_num_queries):
    sari.role_grants.create(role="head")
    client.force_login(sari)
    for number in range(rows):
        Template.objects.create(account=whatsapp, name=f"t{number}", language="id")
    client.get(f"/staff/channels/{whatsapp.pk}/templates")
    with django_assert_num_queries(5):
        client.get(f"/staff/channels/{whatsapp.pk}/templates")
