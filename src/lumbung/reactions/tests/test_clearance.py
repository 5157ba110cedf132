"""Letters of clearance, told: to the academic system by a signed POST, to the member by e-mail."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lumbung.kernel.jobs.tasks import run_next
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.clearance import siakad
from lumbung.members.domain.clearance.answering import decide
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.letters import issue, revoke
from lumbung.members.models import ClearanceHook
from lumbung.members.tests.factories import ClearanceConditionFactory, ClearancePurposeFactory
from lumbung.messaging.models import Delivery
from lumbung.reactions import clearance

pytestmark = pytest.mark.django_db
ADDRESS = "https://perpus.example/verify"


class Siakad:
    """An academic system on this machine: keeps what it is sent, answers with ``status``."""

    def __init__(self) -> None:
        self.status = 204
        self.got: list[tuple[dict[str, str], bytes]] = []
        system = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                system.got.append((dict(self.headers), body))
                self.send_response(system.status)
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.address = f"http://127.0.0.1:{self.server.server_port}/kait"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def system(settings) -> Iterator[Siakad]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    running = Siakad()
    yield running
    running.server.shutdown()
    running.server.server_close()


def entry(name: str) -> JournalEntry:
    return JournalEntry.objects.filter(name=name).latest("pk")


def test_issuing_and_revoking_are_posted_signed_and_the_receiver_can_tell(ani, sari, system):
    hook = siakad.set_hook(address=system.address, is_active=True, by=sari)
    letter = issue(apply(ClearancePurposeFactory(code="wisuda"), ani, by=None), address=ADDRESS, by=sari)
    clearance.tell_siakad(entry("ClearanceIssued"))
    revoke(letter, reason="Keliru", by=sari)
    clearance.tell_siakad(entry("ClearanceRevoked"))
    told = [json.loads(body) for _headers, body in system.got]
    assert [(each["event"], each["valid"], each["identifier"], each["purpose"]) for each in told] == [
        ("clearance.issued", True, "M-ANI", "wisuda"),
        ("clearance.revoked", False, "M-ANI", "wisuda"),
    ]
    headers, body = system.got[0]
    assert headers["Lumbung-Delivery"] == str(entry("ClearanceIssued").pk)
    moment, sign = (part.partition("=")[2] for part in headers["Lumbung-Signature"].split(","))
    computed = hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(sign, computed)


def test_a_system_that_is_down_is_told_again_and_staff_see_why(ani, sari, system):
    siakad.set_hook(address=system.address, is_active=True, by=sari)
    system.status = 503
    issue(apply(ClearancePurposeFactory(), ani, by=None), address=ADDRESS, by=sari)
    DBTaskResult.objects.exclude(args_kwargs__kwargs__reaction="tell_siakad").delete()
    assert run_next("uji")
    task = DBTaskResult.objects.get()
    assert (task.status, ClearanceHook.objects.get().failure) == (TaskResultStatus.READY, "HTTP 503")
    system.status = 200
    DBTaskResult.objects.update(run_after=task.enqueued_at)
    assert run_next("uji")
    task.refresh_from_db()
    assert (task.status, ClearanceHook.objects.get().failure, len(system.got)) == (TaskResultStatus.SUCCESSFUL, "", 2)


def test_without_a_hook_nothing_is_posted_and_nothing_fails(ani, sari, system):
    issue(apply(ClearancePurposeFactory(), ani, by=None), address=ADDRESS, by=sari)
    clearance.tell_siakad(entry("ClearanceIssued"))
    siakad.set_hook(address=system.address, is_active=False, by=sari)
    clearance.tell_siakad(entry("ClearanceIssued"))
    assert system.got == []


def test_an_address_where_nobody_answers_is_a_failure_to_try_again(ani, sari):
    siakad.set_hook(address="http://127.0.0.1:9/kait", is_active=True, by=sari)
    issue(apply(ClearancePurposeFactory(), ani, by=None), address=ADDRESS, by=sari)
    with pytest.raises(siakad.NotTakenError):
        clearance.tell_siakad(entry("ClearanceIssued"))


def test_the_member_is_written_to_of_a_refusal_the_letter_and_its_end_each_once(ani, sari):
    condition = ClearanceConditionFactory()
    application = apply(condition.purpose, ani, by=None)
    decide(application, condition, accepted=False, reason="Buku fakultas belum kembali", by=sari)
    for _ in range(2):
        clearance.verdict_letter(entry("ClearanceAnswered"))
    decide(application, condition, accepted=True, by=sari)
    clearance.verdict_letter(entry("ClearanceAnswered"))
    letter = issue(application, address=ADDRESS, by=sari)
    clearance.issued_letter(entry("ClearanceIssued"))
    revoke(letter, reason="Keliru", by=sari)
    clearance.issued_letter(entry("ClearanceIssued"))
    clearance.revoked_letter(entry("ClearanceRevoked"))
    mails = list(Delivery.objects.order_by("pk"))
    assert [mail.code for mail in mails] == ["clearance_refused", "clearance_issued", "clearance_revoked"]
    assert "Buku fakultas belum kembali" in mails[0].body
    assert letter.number in mails[1].body
    assert "Keliru" in mails[2].body


def test_an_address_in_our_own_network_that_nobody_allowed_is_not_asked(ani, sari, system, settings):
    settings.INTERNAL_TARGETS = []
    siakad.set_hook(address=system.address, is_active=True, by=sari)
    issue(apply(ClearancePurposeFactory(), ani, by=None), address=ADDRESS, by=sari)
    with pytest.raises(siakad.NotTakenError):
        clearance.tell_siakad(entry("ClearanceIssued"))
    assert (system.got, ClearanceHook.objects.get().failure != "") == ([], True)
