"""Every service of the library: how much it is used and asked for, how soon, how well, and which one needs to be looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Avg, Count, Max, Q
from django.utils.translation import gettext_lazy as _

from lumbung.desk.business_hours import minutes_between
from lumbung.desk.models import Conversation, Rating, ServiceTarget
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.domain.measures import Measure, Span, measure_called
from lumbung.organization.models import Offering
from lumbung.organization.queries import branch_of

MOST_SPANS = 5000
LEAST_BEFORE, LEAST_RATED, POOR = 5, 3, 3.0
FLAGS = {
    "idle": _("tidak dipakai"),
    "falling": _("turun lebih dari separuh"),
    "dull": _("kurang memuaskan"),
    "uncounted": _("belum terhitung"),
    "late": _("lewat target"),
    "new": _("baru"),
}
ADVICE = {
    "closed": _("Masih ditandai tutup: buka lagi bila sudah siap, atau tarik dari daftar."),
    "hidden": _("Tersembunyi dari umum: tampilkan, atau hapus bila tidak diadakan lagi."),
    "desk_only": _("Hanya di tempat: beri jalan daring supaya dapat dipakai dari rumah."),
    "idle": _("Umumkan lagi di laman, chat, dan kelas; bila memang tidak diperlukan, tarik dari daftar."),
    "falling": _("Tanyakan kepada pemakainya apa yang berubah: jam, jalan masuk, atau isinya."),
    "dull": _("Baca penilaian dan percakapannya, lalu perbaiki yang paling sering disebut."),
    "uncounted": _("Belum ada yang menghitung pemakaiannya: pilih sumber hitungan pada layanan ini."),
    "late": _("Tambah giliran jaga, atau sesuaikan targetnya."),
}


@dataclass(frozen=True)
class Took:
    """How long people waited, in minutes of opening hours, and how many of them not beyond the target."""

    done: int = 0
    minutes: float | None = None
    in_time: int | None = None


@dataclass(frozen=True)
class Line:
    """One service in a stretch of time. ``uses`` is None where nobody counts them; ``before`` is the stretch of the same length before."""

    service: Offering
    measure: str
    uses: int | None
    requests: int
    before: int
    last: datetime | None
    target: int | None
    took: Took
    help: float | None
    rated: int
    is_new: bool

    @property
    def total(self) -> int:
        return (self.uses or 0) + self.requests

    @property
    def flags(self) -> list[str]:
        """What is to be looked at, the gravest first; of one that is new and not used yet only that it is new."""
        if self.is_new and not self.total:
            return ["new"]
        stands = {
            "idle": self.total == 0 and self.uses is not None,
            "uncounted": self.total == 0 and self.uses is None,
            "falling": self.before >= LEAST_BEFORE and 0 < 2 * self.total < self.before,
            "dull": self.help is not None and self.rated >= LEAST_RATED and self.help < POOR,
            "late": self.target is not None and self.took.minutes is not None and self.took.minutes > self.target,
        }
        return [flag for flag, is_so in stands.items() if is_so]

    @property
    def advice(self) -> list[str]:
        """What to do about it; nothing where nothing is to be looked at."""
        if not (found := [flag for flag in self.flags if flag in ADVICE]):
            return []
        service = self.service
        around = {
            "closed": service.state == Offering.States.CLOSED,
            "hidden": not service.is_published,
            "desk_only": bool(service.desk_only_reason) and not service.online_way and not service.by_contact,
        }
        first = [key for key, is_so in around.items() if is_so and not self.total]
        return [str(ADVICE[key]) for key in [*first, *found]]


def lines(days: int) -> list[Line]:
    """Every service of the catalogue of services as it was used in the last so many days, in the order of that catalogue."""
    now = clock.now()
    first, before = now - timedelta(days=days), now - timedelta(days=2 * days)
    asked, marks, done, added = _asked(first, before), _marks(first), _resolved(first), _added(first)
    targets = dict(ServiceTarget.objects.filter(service__isnull=False).values_list("service", "resolution_minutes"))
    told = []
    for service in Offering.objects.all():
        measure = measure_called(service.measure)
        requests, earlier, last_asked = asked.get(service.pk, (0, 0, None))
        mark, rated = marks.get(service.pk, (None, 0))
        minutes, target = [*done.get(service.pk, ()), *_waited(measure, first, now)], targets.get(service.pk)
        line = Line(
            service=service,
            measure=str(measure.name) if measure else "",
            uses=measure.uses(first, now) if measure else None,
            requests=requests,
            before=earlier + (measure.uses(before, first) if measure else 0),
            last=max(filter(None, [last_asked, measure.last(now) if measure else None]), default=None),
            target=target,
            took=_took(minutes, target),
            help=mark,
            rated=rated,
            is_new=service.pk in added,
        )
        told.append(line)
    return told


def _waited(measure: Measure | None, first: datetime, now: datetime) -> list[int]:
    """How many minutes each of those waited whose wait ended in this time."""
    spans: Iterable[Span] = measure.spans(first, now) if measure and measure.spans else ()
    return [minutes_between(branch_of(each.branch), each.began, each.ended) for each in islice(spans, MOST_SPANS)]


def _asked(first: datetime, before: datetime) -> Mapping[int, tuple[int, int, datetime | None]]:
    """By service: how many requests came since ``first``, how many between ``before`` and ``first``, and when the last one did."""
    rows = Conversation.objects.filter(service__isnull=False, is_complaint=False).order_by()
    rows = rows.exclude(outcome__in=[Conversation.Outcomes.SPAM, Conversation.Outcomes.MERGED])
    told = rows.values_list("service").annotate(
        now=Count("pk", filter=Q(opened_at__gte=first)),
        earlier=Count("pk", filter=Q(opened_at__gte=before, opened_at__lt=first)),
        last=Max("opened_at"),
    )
    return {service: (now, earlier, last) for service, now, earlier, last in told}


def _marks(first: datetime) -> Mapping[int, tuple[float | None, int]]:
    rows = Rating.objects.filter(rated_at__gte=first, conversation__service__isnull=False).order_by()
    told = rows.values_list("conversation__service").annotate(mark=Avg("help"), n=Count("pk"))
    return {service: (mark, n) for service, mark, n in told}


def _resolved(first: datetime) -> Mapping[int, list[int]]:
    """By service: how many minutes each request took that was closed since."""
    rows = Conversation.objects.filter(service__isnull=False, closed_at__gte=first, resolution_took__isnull=False).order_by()
    found: dict[int, list[int]] = {}
    for service, took in rows.values_list("service", "resolution_took"):
        found.setdefault(service, []).append(took or 0)
    return found


def _added(first: datetime) -> set[int]:
    """The services that there have not been for the whole time."""
    entries = JournalEntry.objects.filter(name="ServiceAdded", at__gte=first).values_list("data", flat=True)
    return {data["service"] for data in entries}


def _took(minutes: list[int], target: int | None) -> Took:
    if not minutes:
        return Took()
    in_time = round(100 * sum(each <= target for each in minutes) / len(minutes)) if target else None
    return Took(len(minutes), sum(minutes) / len(minutes), in_time)
