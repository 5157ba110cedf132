"""Reading the journal: entries in words, newest first, a stretch at a time."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.models import JournalEntry

STRETCH = 50
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T|$)")
CHANNELS = {
    "web": gettext_lazy("situs umum"),
    "desk": gettext_lazy("halaman petugas"),
    "api": gettext_lazy("API"),
    "phone": gettext_lazy("ponsel anggota"),
    "kiosk": gettext_lazy("kios mandiri"),
    "opds": gettext_lazy("aplikasi baca (OPDS)"),
    "offline": gettext_lazy("meja tanpa jaringan"),
    "sip2": gettext_lazy("mesin mandiri (SIP2)"),
    "command": gettext_lazy("baris perintah"),
    "job": gettext_lazy("pekerjaan latar"),
    "moving": gettext_lazy("pindah dari sistem lain"),
    "demonstration": gettext_lazy("perpustakaan contoh"),
}

_words: dict[str, str | Promise] = {}
_facts: dict[str, str | Promise] = {}
_addresses: dict[str, Callable[[Any], str]] = {}
NamesOf = Callable[[Collection[int]], Mapping[int, str]]
"""What the things with these primary keys are called; those that are gone are left out."""
_names: dict[str, NamesOf] = {}


def tell_with(
    words: Mapping[str, str | Promise],
    facts: Mapping[str, str | Promise],
    addresses: Mapping[str, Callable[[Any], str]],
    names: Mapping[str, NamesOf],
) -> None:
    """Say once, at start-up, what each event and each of its facts is called on screen, and where the things it names have a page and
    what they are called."""
    _words.update(words)
    _facts.update(facts)
    _addresses.update(addresses)
    _names.update(names)


def event_choices() -> list[tuple[str, str]]:
    """Every event with its words, by words."""
    return sorted(((name, str(said)) for name, said in _words.items()), key=lambda each: each[1].casefold())


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which entries are asked for; what is empty or None is not asked. Days are those of the zone now active."""

    events: Collection[str] = ()
    person: str = ""
    channel: str = ""
    record: int | None = None
    item: int | None = None
    member: int | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Fact:
    """One field of an entry: its name, its value, and the page of what it names, if it has one."""

    name: str
    value: Any
    address: str


class Called:
    """What the things are called that some entries name by their keys: one statement for each kind, once one of them is told."""

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        self.entries = entries
        self.known: dict[str, Mapping[int, str]] = {}

    def name(self, kind: str, key: Any) -> str:
        """Its name; "" where it has none or is gone."""
        if kind not in _names or type(key) is not int:
            return ""
        if kind not in self.known:
            named = (each.data.get(kind) for each in self.entries)
            self.known[kind] = _names[kind]({each for each in named if type(each) is int})
        return self.known[kind].get(key, "")


@dataclass(frozen=True)
class Line:
    """One entry, told: what happened, who did it, through which channel, and the facts that say something."""

    entry: JournalEntry
    said: str
    who: str
    channel: str
    called: Called

    @cached_property
    def facts(self) -> list[Fact]:
        said = {kind: value for kind, value in self.entry.data.items() if value not in (None, "", [])}
        return [_fact(kind, value, self.called.name(kind, value)) for kind, value in said.items()]


@dataclass(frozen=True)
class Stretch:
    """Some lines, and the key to ask for those before them (None at the end of the journal)."""

    lines: Sequence[Line]
    before: int | None


def entries(asked: Asked, *, before: int | None = None, size: int = STRETCH) -> Stretch:
    """The newest ``size`` entries asked for, older than the entry ``before``."""
    rows = _asked_for(asked)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return Stretch(told(found[:size]), found[size - 1].pk if len(found) > size else None)


def told(found: Iterable[JournalEntry]) -> list[Line]:
    """Entries in words, with the names of those who acted and, asked when the facts are, of what was acted on."""
    found = list(found)
    called = Called(found)
    people = get_user_model().objects.in_bulk({entry.actor_id for entry in found if entry.actor_id})
    return [
        Line(
            entry,
            str(_words.get(entry.name, entry.name)),
            _who(entry, people),
            str(CHANNELS.get(entry.channel, entry.channel)),
            called,
        )
        for entry in found
    ]


def _who(entry: JournalEntry, people: Mapping[int, Any]) -> str:
    if entry.actor_id is None:
        return _("Sistem")
    return str(people.get(entry.actor_id, _("Pengguna nomor %(pk)s") % {"pk": entry.actor_id}))


def _fact(kind: str, value: Any, name: str) -> Fact:
    address = _addresses[kind](value) if kind in _addresses else ""
    return Fact(str(_facts.get(kind, kind)), name or _readable(value), address)


def _readable(value: Any) -> Any:
    """A moment in the zone now active, a day in words, a list in one line; anything else as it is."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if not isinstance(value, str):
        return value
    if moment := _parsed(parse_datetime, value):
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment.tzinfo else value
    if found := _parsed(parse_date, value):
        return date_format(found, "j M Y")
    return value


def _parsed(parse: Callable[[str], Any], text: str) -> Any:
    """What the text says, if it looks like a date at all; a barcode or a code that merely resembles one says nothing."""
    try:
        return parse(text) if DATE.match(text) else None
    except ValueError:
        return None


def _asked_for(asked: Asked) -> QuerySet[JournalEntry]:
    rows = JournalEntry.objects.all()
    if asked.events:
        rows = rows.filter(name__in=asked.events)
    if asked.channel:
        rows = rows.filter(channel=asked.channel)
    if asked.person:
        rows = rows.filter(actor_id__in=get_user_model().objects.filter(username__iexact=asked.person).values("pk"))
    for name in ("record", "item", "member"):
        if (key := getattr(asked, name)) is not None:
            rows = rows.filter(**{name: key})
    if asked.first_day:
        rows = rows.filter(at__gte=_midnight(asked.first_day))
    if asked.last_day:
        rows = rows.filter(at__lt=_midnight(asked.last_day + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
