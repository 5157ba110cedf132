"""The desk with 100,000 conversations and a million messages: its inbox, its search, and how soon fifty librarians see a new message.

The floors are the same rows by their index alone, the same words asked of the word index alone, and one librarian who waits alone.
"""

import http.client
import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client

from bench.processes import serving
from bench.shape import Row, Scale
from lumbung.accounts.domain.sessions import SessionStore
from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.desk import queries
from lumbung.desk.domain.turns import words_of
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock, full_text
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

CONVERSATIONS, TURNS_EACH, OPEN_IN = 100_000, 10, 50
LIBRARIANS, PAUSE, ARRIVALS = 50, 0.8, 4
INBOX, SEARCH, SEEN = 0.150, 0.100, 1.0
VOCABULARY = re.findall(
    r"\w+",
    "buku skripsi pinjam perpanjang jurnal ekonomi hukum padi sejarah denda kartu ruang referensi statistik metode penelitian "
    "keperawatan psikologi anak bahasa jawa indonesia sastra novel peta arsip koran majalah disertasi tesis unduh akses basis data",
)
RARE = 400
SEARCHES = ("perpanjangan pinjaman", "jurnal ekonomi padi", "skripsi", "kata17", "statistik keperawatan anak", "zzz")


@dataclass
class News:
    """What was written when, and after how long each librarian had each of it before them."""

    written: dict[str, float] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


def run(scale: Scale) -> list[Row]:
    count = scale.of(CONVERSATIONS, quick=1000)
    LibraryFactory()
    sari = UserFactory(username="sari", roles=[Role.LIBRARIAN])
    _fill(count)
    client = Client()
    client.force_login(sari)
    pages = [f"/staff/questions?queue={queue}" for queue in ("open", "unassigned", "mine", "late", "closed")]
    inbox = _times([lambda page=page: client.get(page) for page in pages] * 6)  # type: ignore[misc]
    rows = _times([lambda: list(Conversation.objects.filter(state="open").order_by("-last_turn_at", "-pk")[:40])] * 30)
    search = _times([lambda words=words: queries.found(words, sari) for words in SEARCHES] * 5)  # type: ignore[misc]
    index = _times([lambda words=words: full_text.matching(Turn, words_of(words).split(), most=200) for words in SEARCHES] * 5)  # type: ignore[misc]
    return [
        _row(f"kotak masuk dengan {count:,} percakapan, p95", inbox, rows, INBOX),
        _row(f"cari dalam {count * TURNS_EACH:,} kiriman, p95", search, index, SEARCH),
        *_seen(),
    ]


def _row(what: str, times: Sequence[float], floor: Sequence[float], bar: float) -> Row:
    at_95, least = sorted(times)[int(len(times) * 0.95)], statistics.median(floor)
    told = f"≤ {bar * 1000:.0f} ms"
    return Row(what, at_95 * 1000, "ms", floor=least * 1000, ratio=at_95 / least, bar=told, met=at_95 <= bar)


def _times(asked: Sequence[Callable[[], object]]) -> list[float]:
    taken = []
    for ask in asked:
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return taken


def _fill(count: int) -> None:
    """One in fifty is open. A hundredth of the messages are written, the others are the same words in other conversations."""
    chance, now, branch = random.Random(7), clock.now(), BranchFactory()
    made = [_conversation(number, now - timedelta(minutes=number), branch.pk) for number in range(count)]
    Conversation.objects.bulk_create(made, batch_size=2000)
    first = Conversation.objects.order_by("pk").values_list("pk", flat=True)[0]
    texts = [
        " ".join([*chance.choices(VOCABULARY, k=8), f"kata{chance.randrange(RARE)}"]) for _ in range(max(count // 10, 100))
    ]
    turns = [
        Turn(conversation_id=first + number, kind="question", text=text, words=words_of(text), at=now)
        for number, text in enumerate(texts)
    ]
    Turn.objects.bulk_create(turns, batch_size=2000)
    copied = "kind, text, words, at, by_id, incoming_id, delivery_id, origin_id, handed_to_id, titles"
    with connection.cursor() as cursor:
        for copy in range(1, count * TURNS_EACH // len(texts)):
            shift = copy * len(texts) % (count - len(texts) + 1)
            cursor.execute(
                f"INSERT INTO desk_turn (conversation_id, {copied}) SELECT conversation_id + %s, {copied} FROM desk_turn "  # noqa: S608 -- our own names
                "WHERE id <= %s",
                [shift, len(texts)],
            )


def _conversation(number: int, at: object, branch: int) -> Conversation:
    is_open = number % OPEN_IN == 0
    facts = {"state": "open"} if is_open else {"state": "closed", "closed_at": at, "outcome": "answered"}
    return Conversation(
        channel="web", subject=f"Pertanyaan {number}", branch_id=branch, kind="ready", opened_at=at, last_turn_at=at, changed_at=at, **facts
    )  # fmt: skip


def _seen() -> list[Row]:
    """From the moment a message is written to the moment its row is on each librarian's page, which asks as the page does."""
    cookies = [_cookie(UserFactory(roles=[Role.LIBRARIAN])) for _ in range(LIBRARIANS)]
    with serving("serve") as (port, _):
        alone = _waits(port, cookies[:1])
        all_of_them = _waits(port, cookies)
    return [_row(f"pesan baru di layar {LIBRARIANS} pustakawan, p95", all_of_them, alone, SEEN)]


def _cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _waits(port: int, cookies: Sequence[str]) -> list[float]:
    news = News()
    with ExitStack() as stack:
        for number, cookie in enumerate(cookies):
            watcher = threading.Thread(target=_watch, args=(port, cookie, number / len(cookies) * PAUSE, news))
            watcher.start()
            stack.callback(watcher.join)
        stack.callback(news.over.set)
        time.sleep(3)
        conversation = Conversation.objects.order_by("-pk").filter(state="open")[0]
        for number in range(ARRIVALS):
            words = f"Kabar {len(cookies)} {number}"
            now = clock.now()
            facts = {"subject": words, "last_turn_at": now, "changed_at": now}
            news.written[words] = time.perf_counter()
            Conversation.objects.filter(pk=conversation.pk).update(**facts)
            time.sleep(2.5)
    return news.seen


def _watch(port: int, cookie: str, begins: float, news: News) -> None:
    """One open inbox: asks for news every 0.8 s, and notes when each message stood in what came."""
    line, since = http.client.HTTPConnection("127.0.0.1", port, timeout=30), ""
    known: set[str] = set()
    time.sleep(begins)
    while not news.over.is_set():
        line.request("GET", f"/staff/questions/news?queue=open&since={since}", headers={"Cookie": cookie})
        answer = line.getresponse()
        page, at = answer.read().decode(), time.perf_counter()
        if answer.status == http.client.OK:
            since = page.partition("since=")[2].partition('"')[0]
            fresh = {words for words in list(news.written) if words in page} - known
            news.seen.extend(at - news.written[words] for words in fresh)
            known |= fresh
        time.sleep(PAUSE)
