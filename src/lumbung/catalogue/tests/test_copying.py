"""Other libraries' catalogues are asked: a real server of Z39.50 and SRU, and servers that are dead, slow, or talk nonsense."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address

import pytest
from django.urls import reverse

from lumbung.catalogue.domain.copying import asking
from lumbung.catalogue.domain.copying.asking import ask, ask_once, begin_search, forget_searches, give_up_left_over
from lumbung.catalogue.domain.copying.questions import Question, as_cql, as_rpn
from lumbung.catalogue.domain.copying.targets import add_known_targets, add_target, change_target, try_target
from lumbung.catalogue.models import ForeignAnswer, ForeignSearch, Target
from lumbung.formats import z3950
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.outside.failures import Failures
from lumbung.kernel.outside.line import is_internal
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _may_ask_ourselves(settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]


def z3950_target(address, **more):
    return add_target(name=f"Z {address} {more}"[:80], protocol="z3950", address=address, switched_on=True, by=None, **more)


def sru_target(address, **more):
    told = {"name": f"S {address} {more}"[:80], "database": "Default", **more}
    return add_target(protocol="sru", address=f"http://{address}", switched_on=True, by=None, **told)


@contextmanager
def a_server(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on this machine that does as told with the one who calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def run() -> None:
            with listening.accept()[0] as caller:
                serve(caller)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join(5)


def says(data: bytes) -> Callable[[socket.socket], None]:
    def serve(caller: socket.socket) -> None:
        caller.recv(65536)
        caller.sendall(data)

    return serve


def failure(target, question=None):
    heard = ask_once(target, question or Question(title="x"))
    assert heard.reply is None
    return heard.failed.failure


@pytest.mark.parametrize("syntax", ["marc21", "xml"])
def test_a_server_of_z3950_sends_its_records_in_either_form(foreign_catalogue, syntax):
    target = z3950_target(foreign_catalogue, syntax=syntax, most=20)
    reply = ask_once(target, Question(title="computer", creator="collins")).reply
    assert reply.total == 3
    assert [each.first("245").get("a") for each in reply.records][:2] == ["How to program a computer"] * 2
    assert len(reply.records) == 3
    assert reply.server.startswith("GFS/YAZ 5.")


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_a_server_of_sru_sends_its_records_in_every_version(foreign_catalogue, version):
    reply = ask_once(sru_target(foreign_catalogue, version=version, most=2), Question(words="computer")).reply
    assert (reply.total > 2, len(reply.records)) == (True, 2)
    assert reply.records[0].first("245").get("a") == "How to program a computer"


def test_many_records_come_though_a_server_sends_them_a_few_at_a_time(foreign_catalogue):
    reply = ask_once(z3950_target(foreign_catalogue, most=15), Question(isbn="9780836968439")).reply
    assert (len(reply.records), reply.total > 2**31) == (15, True)


def test_what_a_server_cannot_do_is_told_in_its_words(foreign_catalogue):
    heard = ask_once(z3950_target(foreign_catalogue, database="Gudang"), Question(title="x"))
    assert (heard.failed.failure, heard.failed.detail) == (Failures.DECLINED, "109 database unavailable: Gudang")
    heard = ask_once(sru_target(foreign_catalogue, database="Gudang"), Question(title="x"))
    assert heard.failed.failure in {Failures.DECLINED, Failures.STATUS}


def test_a_slow_server_is_left_and_the_others_are_heard_at_once(foreign_catalogue, sari):
    quick, slow = z3950_target(foreign_catalogue), z3950_target(foreign_catalogue, database="Slow", timeout=1)
    search = begin_search(title="computer", by=sari)
    assert ask(search)
    quick_one, slow_one = (search.answers.get(target=each) for each in (quick, slow))
    assert (quick_one.state, quick_one.records.count()) == ("answered", 10)
    assert (slow_one.state, slow_one.failure, 900 < slow_one.took < 2900) == ("failed", Failures.TIMEOUT, True)
    assert quick_one.took < slow_one.took


def test_a_dead_address_says_so():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert failure(z3950_target(f"127.0.0.1:{port}")) == Failures.UNREACHABLE
    assert failure(sru_target(f"127.0.0.1:{port}")) == Failures.UNREACHABLE


@pytest.mark.parametrize("make", [z3950_target, sru_target])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Failures.BROKEN),
        (b"220 mail.example ESMTP\r\n", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>halo</html>   ", None),
        (b"\x30\x84\x7f\xff\xff\xff", None),
    ],
)
def test_a_server_that_talks_nonsense_is_told_apart(make, data, expected):
    with a_server(says(data)) as address:
        found = failure(make(address, timeout=2))
    assert found in ({expected} if expected else {Failures.NONSENSE, Failures.BROKEN})


@pytest.mark.parametrize("make", [z3950_target, sru_target])
def test_one_that_never_answers_or_dribbles_for_ever_costs_no_more_than_its_time(make):
    def dribble(caller: socket.socket) -> None:
        caller.recv(65536)
        try:
            for _ in range(60):
                caller.sendall(b"H")
                if threading.Event().wait(0.1):
                    return
        except OSError:
            return

    for serve in (dribble, lambda caller: caller.recv(65536) and threading.Event().wait(2)):
        with a_server(serve) as address:
            heard = ask_once(make(address, timeout=1), Question(title="x"))
        assert heard.failed.failure in {Failures.TIMEOUT, Failures.NONSENSE}
        assert heard.took < 2500


def test_an_answer_has_a_size(monkeypatch):
    monkeypatch.setattr("lumbung.catalogue.domain.copying.over_sru.LARGEST", 1000)
    monkeypatch.setattr("lumbung.catalogue.domain.copying.over_z3950.LARGEST", 1000)
    with a_server(says(b"HTTP/1.1 200 OK\r\n\r\n" + b"<a/>" * 1000)) as address:
        assert failure(sru_target(address)) == Failures.TOO_LARGE
    with a_server(says(b"\xb5\x84\x00\x10\x00\x00" + b"a" * 4000)) as address:
        assert failure(z3950_target(address)) == Failures.TOO_LARGE


def test_an_address_that_leads_elsewhere_is_not_followed():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n"
    with a_server(says(moved)) as address:
        heard = ask_once(sru_target(address), Question(title="x"))
    assert (heard.failed.failure, heard.failed.detail) == (Failures.STATUS, "302 Found http://169.254.169.254/latest")


def test_our_own_network_is_not_asked_unless_allowed(settings, foreign_catalogue):
    target = z3950_target(foreign_catalogue)
    settings.INTERNAL_TARGETS = ["10.20.0.0/16"]
    assert failure(target) == Failures.INTERNAL
    assert failure(sru_target("localhost:8080")) == Failures.INTERNAL
    assert failure(z3950_target("169.254.169.254:80")) == Failures.INTERNAL
    assert failure(z3950_target("[::ffff:127.0.0.1]:80")) == Failures.INTERNAL


@pytest.mark.parametrize(
    ("address", "internal"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),  # noqa: S104 -- judged, not bound
        ("224.0.1.1", True),
        ("::1", True),
        ("fe80::1", True),
        ("fd00::1", True),
        ("::ffff:10.0.0.1", True),
        ("2002:0a00:0001::", True),
        ("140.147.239.65", False),
        ("2600::1", False),
    ],
)
def test_what_belongs_to_ourselves_is_known(address, internal):
    assert is_internal(ip_address(address)) is internal


def test_a_question_is_put_as_each_server_knows_it():
    sru = Target(protocol="sru", indexes="isbn pica.isb\ntitle pica.tit all")
    assert as_cql(Question(isbn="9780131103627", title='R "D"'), sru) == (
        '(pica.isb = "9780131103627" or pica.isb = "0131103628") and pica.tit all "R \\"D\\""'
    )
    assert as_cql(Question(isbn="9791234567896", words="a"), Target(protocol="sru")) == (
        'bath.isbn = "9791234567896" and cql.serverChoice all "a"'
    )
    z = Target(protocol="z3950", indexes="title 1=4 4=6")
    assert as_rpn(Question(title="bumi", creator="toer"), z) == z3950.And(
        z3950.Term("bumi", {1: 4, 4: 6}), z3950.Term("toer", {1: 1003})
    )


def test_a_search_asks_only_those_that_are_switched_on_and_each_once(foreign_catalogue, sari):
    on, off = z3950_target(foreign_catalogue), z3950_target(foreign_catalogue, most=2)
    change_target(off, switched_on=False, by=sari)
    search = begin_search(isbn="0-8369-6843-3", by=sari)
    assert (search.isbn, list(search.answers.values_list("target", flat=True))) == ("9780836968439", [on.pk])
    assert ask(search)
    records = search.answers.get().records.count()
    assert ask(search)
    assert search.answers.get().records.count() == records == 10


def test_a_question_needs_words_a_true_isbn_and_somebody_to_ask(sari):
    with pytest.raises(Refused) as refused:
        begin_search(isbn="0-8369-6843-4", by=sari)
    assert refused.value.codes == ["isbn_wrong", "no_targets"]
    with pytest.raises(Refused) as refused:
        begin_search(by=sari)
    assert refused.value.codes == ["nothing_asked", "no_targets"]


def test_a_process_asks_for_few_at_once(sari, foreign_catalogue):
    z3950_target(foreign_catalogue)
    search = begin_search(title="x", by=sari)
    held = [asking._places.acquire(blocking=False) for _ in range(asking.SEARCHES_AT_ONCE)]
    try:
        assert held == [True, True]
        assert not ask(search)
        assert search.answers.get().state == "waiting"
    finally:
        for _ in held:
            asking._places.release()


def test_a_question_that_has_to_wait_its_turn_is_asked_again_by_the_page(client, sari, foreign_catalogue):
    z3950_target(foreign_catalogue)
    search = begin_search(title="x", by=sari)
    client.force_login(sari)
    address = reverse("catalogue:copying_ask", args=[search.pk])
    held = [asking._places.acquire(blocking=False) for _ in range(asking.SEARCHES_AT_ONCE)]
    try:
        busy = client.post(address, headers={"HX-Request": "true"})
        assert (busy.status_code, 'hx-trigger="load delay:2s"' in busy.text) == (202, True)
    finally:
        for _ in held:
            asking._places.release()
    begun = client.post(address, headers={"HX-Request": "true"})
    assert (begun.status_code, begun.text, search.answers.get().state) == (200, "", "answered")


def test_an_answer_whose_process_ended_is_given_up(sari, foreign_catalogue):
    z3950_target(foreign_catalogue)
    search = begin_search(title="x", by=sari)
    ForeignAnswer.objects.update(state="asking", asked_at=clock.now())
    give_up_left_over(search)
    assert search.answers.get().state == "asking"
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        give_up_left_over(search)
    assert (search.answers.get().state, search.answers.get().failure) == ("failed", "interrupted")


def test_questions_are_forgotten_after_two_weeks(sari, foreign_catalogue):
    z3950_target(foreign_catalogue)
    begin_search(title="x", by=sari)
    assert forget_searches() == 0
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        assert forget_searches() == 1
    assert not ForeignSearch.objects.exists()


def test_a_trial_says_what_the_server_is_or_why_it_is_silent(foreign_catalogue):
    tried = try_target(z3950_target(foreign_catalogue))
    assert (tried.checked_failure, tried.checked_detail.startswith("GFS/YAZ")) == ("", True)
    tried = try_target(z3950_target(foreign_catalogue, database="x"))
    assert (tried.checked_failure, tried.checked_detail) == ("declined", "109 database unavailable: x")


def test_a_target_is_judged_before_it_is_kept():
    given = {"name": " ", "protocol": "z3950", "address": "http://x", "timeout": 99, "indexes": "isbn 1=7\nisbn x\nfoo 1=4"}
    with pytest.raises(Refused) as refused:
        add_target(by=None, **given)
    assert refused.value.codes == [
        "target_name_empty",
        "target_address_z3950",
        "target_limits",
        "target_index_unreadable",
        "target_index_unreadable",
    ]
    for address in ("ftp://x", "http://user:pw@x/", "x.example:210", "http://[::1", "http://x:99999/"):
        with pytest.raises(Refused) as refused:
            add_target(name="x", protocol="sru", address=address, by=None)
        assert refused.value.codes == ["target_address_sru"]
    for address in ("x", "x:0", "x:70000", "x:y", ":210", "[::1:210", "a b:210"):
        with pytest.raises(Refused) as refused:
            add_target(name="x", protocol="z3950", address=address, by=None)
        assert refused.value.codes == ["target_address_z3950"]
    assert add_target(name="x", protocol="z3950", address="[2001:db8::1]:210", by=None).pk


def test_known_catalogues_begin_switched_off_and_come_once(sari):
    added = add_known_targets(by=sari)
    assert {each.protocol for each in added} == {"sru", "z3950"}
    assert not any(each.switched_on for each in added)
    assert add_known_targets(by=sari) == []
    assert JournalEntry.objects.filter(name="TargetAdded").count() == len(added)
