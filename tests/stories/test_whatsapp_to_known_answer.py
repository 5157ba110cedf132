"""A question on WhatsApp: taken on site, handed over, answered from home with three titles and a hold, rated, and known the next time."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.desk.models import Conversation, KnownAnswer
from lumbung.kernel import clock, secrets_at_rest
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.channel_links import link_by_code, make_code
from lumbung.messaging.domain.arrivals import take_in_waiting
from lumbung.messaging.models import Identity
from lumbung.messaging.tests.counterparts import Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due
from lumbung.organization.models import OpeningHours
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.reactions.table import TABLE

pytestmark = pytest.mark.django_db
SECRETS = {"access_token": "EAAG", "app_secret": "rahasia", "verify_token": "padi"}
PHONE_ID = "106540352242922"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
QUESTION = "Bagaimana meminta bimbingan penelusuran skripsi?"


@pytest.fixture
def branch():
    LibraryFactory()
    branch = BranchFactory(code="PUSAT")
    for weekday in range(5):
        OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(8), closes=time(16))
    return branch


@pytest.fixture
def graph(settings):
    """Meta's side: takes what is sent to it, and keeps it."""
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]

    def answer(heard: Heard) -> Says:
        return Says(200, {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.out{len(side.heard)}"}]})

    with counterpart(answer) as side:
        yield side


@pytest.fixture
def whatsapp(graph):
    given = {"phone_number_id": PHONE_ID, "version": "v23.0", "api": graph.address}
    return account_of("whatsapp", settings=given, sealed_secrets=secrets_at_rest.seal(SECRETS))


class Telephone:
    """Somebody's telephone: what they write comes in by the signed hook, what the library says is read there."""

    def __init__(self, account, graph, number):
        self.account, self.graph, self.number, self.said = account, graph, number, 0

    def writes(self, text):
        self.said += 1
        message = {"from": self.number, "id": f"wamid.{self.number}.{self.said}", "type": "text", "text": {"body": text}}
        message["timestamp"] = str(int(clock.now().timestamp()))
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "62812", "phone_number_id": PHONE_ID},
            "contacts": [{"profile": {"name": "Ani"}, "wa_id": self.number, "user_id": f"ID.{self.number}"}],
            "messages": [message],
        }
        told = {
            "object": "whatsapp_business_account",
            "entry": [{"id": "W", "changes": [{"field": "messages", "value": value}]}],
        }
        body = json.dumps(told).encode()
        signed = f"sha256={hmac.new(b'rahasia', body, hashlib.sha256).hexdigest()}"
        hook, headers = f"/hooks/whatsapp/{self.account.hook_key}", {"X-Hub-Signature-256": signed}
        assert Client().post(hook, body, content_type="application/json", headers=headers).status_code == 200
        work()

    def reads(self):
        """All that came from the library, the latest last."""
        for seconds in (0, 10, 20, 30):  # the channel takes one message in six seconds for one telephone
            with clock.stopped_at(clock.now() + timedelta(seconds=seconds)):
                work()
        told = [each.said for each in self.graph.heard if each.method == "POST"]
        mine = [each for each in told if self.number in json.dumps(each)]
        return [json.dumps(each, ensure_ascii=False) for each in mine]


def work():
    """What the worker does: understand what came, let each event set off what it sets off, send."""
    take_in_waiting()
    known = {name: [each for each in TABLE if name in each.to and not each.coalesced] for name in FOLLOWED}
    for entry in JournalEntry.objects.filter(name__in=FOLLOWED, pk__gt=_done[-1]).order_by("pk"):
        _done.append(entry.pk)
        for reaction in known[entry.name]:
            reaction.run(entry)
    if JournalEntry.objects.filter(name__in=FOLLOWED, pk__gt=_done[-1]).exists():
        work()
    send_due()


FOLLOWED = ("MessageArrived", "MessageLeftToChat", "PersonWanted", "ChatAnsweredBeside")
_done: list[int] = [0]


def at(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(conversation, name="conversation"):
    return reverse(f"desk:{name}", args=[conversation.pk])


def she_holds_the_third_herself(telephone, opens, page):
    """By a word to the library, which Rina sees where she answered."""
    with clock.stopped_at(MONDAY + timedelta(hours=5, minutes=2)):
        telephone.writes("pesan 3")
        assert "Dipesan: “Perawatan luka 2”" in telephone.reads()[-1]
        assert [(turn.kind, turn.said.partition(",")[0]) for turn in opens(page).context["turns"][-2:]] == [
            ("question", "pesan 3"),
            ("chat", "Dipesan: “Perawatan luka 2”"),
        ]


@pytest.mark.requirement("R338", "R414", "R416", "R396", "R305", "R314", "R316", "R307")
def test_from_the_first_word_to_the_answer_that_is_known_the_next_time(branch, whatsapp, graph, sari, ani, with_role):
    _done[:] = [0]
    LoanRuleFactory(category=ani.category)
    rina, head = with_role("librarian"), with_role("head")
    titles = [ItemFactory(record__title=f"Perawatan luka {n}", branch=branch).record for n in range(3)]
    for user, starts, ends, place in ((sari, "08:00", "12:00", "wfo"), (rina, "13:00", "16:00", "wfh")):
        shift = {"user": user.pk, "day": "2026-11-23", "starts": starts, "ends": ends, "place": place}
        assert at(head).post(reverse("desk:roster"), shift).status_code == 302
    telephone = Telephone(whatsapp, graph, "628123456789")
    with clock.stopped_at(MONDAY):
        telephone.writes("halo")
        link_by_code(Identity.objects.get(account=whatsapp), make_code(ani, by=ani.user))
        telephone.writes(QUESTION)
        telephone.writes("petugas")
        conversation = Conversation.objects.get()
        assert (conversation.channel, conversation.member, conversation.assignee) == ("whatsapp", ani, sari)
        site = at(sari)
        site.post(page_of(conversation, "claim"))
        site.post(page_of(conversation, "hand_over"), {"to": rina.pk, "note": "Untuk skripsi; minta yang Indonesia."})
    with clock.stopped_at(MONDAY + timedelta(hours=5)):
        home = at(rina)
        page = home.get(page_of(conversation))
        assert ("minta yang Indonesia" in page.text, page.context["carries"]["most"]) == (True, 4096)
        assert page.context["answer_form"].initial["text"] == "Halo Kak Ani, "
        told = {"text": "Halo Kak Ani, tiga ini:", "title": [each.pk for each in titles]}
        composer = home.post(page_of(conversation, "words"), told).context["answer_form"].initial
        home.post(page_of(conversation, "answer"), {**composer, "seen": page.context["seen"]})
        last = telephone.reads()[-1]
        assert ([f"Perawatan luka {n}" in last for n in range(3)], last.count("tersedia 1")) == ([True] * 3, 3)
        home.post(page_of(conversation, "hold"), {"record": titles[1].pk})
        assert list(Hold.objects.values_list("record", "member")) == [(titles[1].pk, ani.pk)]
        assert "Untuk memesan, balas misalnya “pesan 1”." in last
    she_holds_the_third_herself(telephone, home.get, page_of(conversation))
    assert set(Hold.objects.values_list("record", "member")) == {(titles[1].pk, ani.pk), (titles[2].pk, ani.pk)}
    with clock.stopped_at(MONDAY + timedelta(hours=5, minutes=4)):
        done = {"kind": "research", "effort": 3, "outcome": "answered", "close": "1"}
        home.post(page_of(conversation, "description"), done)
        assert "sikap petugas" in telephone.reads()[-1]
        telephone.writes("5 4 sabar sekali")
        rating = Conversation.objects.get().rating
        assert (rating.manner, rating.help, rating.word) == (5, 4, "sabar sekali")
        new = f"{reverse('desk:answer_new')}?from={conversation.pk}"
        draft = {
            "question": QUESTION,
            "text": "Tulis topiknya di sini, atau pesan waktu dari halaman Bertemu pustakawan.",
            "language": "id",
        }
        home.post(new, {**draft, "source": "Panduan penelusuran 2026"})
        known = KnownAnswer.objects.get()
        at(sari).post(reverse("desk:review", args=[known.pk]), {"valid_until": "2027-11-23"})
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        other = Telephone(whatsapp, graph, "628999888777")
        other.writes("kak gimana minta bimbingan penelusuran skripsi")
        told = other.reads()[-1]
        assert ("Bertemu pustakawan" in told, "Panduan penelusuran 2026" in told, KnownAnswer.objects.get().uses) == (
            True,
            True,
            1,
        )
        assert Conversation.objects.count() == 1
