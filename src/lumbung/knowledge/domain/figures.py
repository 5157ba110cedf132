"""Yesterday in figures, read out of the journal, in one line."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.ui.words import day as in_words
from lumbung.kernel.ui.words import number
from lumbung.knowledge.domain.signals import Day, Found

COUNTED = {
    "VisitCounted": pgettext_lazy("many", "kunjungan"),
    "CheckedOut": gettext_lazy("peminjaman"),
    "CheckedIn": gettext_lazy("pengembalian"),
    "HoldPlaced": pgettext_lazy("many", "pesanan"),
    "MemberRegistered": pgettext_lazy("many", "anggota baru"),
    "RecordAdded": gettext_lazy("judul baru"),
}


def figures_of(day: Day) -> Iterator[Found]:
    """One signal with the figures that are not nothing; none on a day on which nothing happened."""
    entries = JournalEntry.objects.filter(at__gte=day.begins, at__lt=day.ends, name__in=COUNTED)
    counts = dict(entries.order_by().values_list("name").annotate(n=Count("pk")))
    told = [f"{number(counts[name])} {label}" for name, label in COUNTED.items() if counts.get(name)]
    if told:
        yield Found(day.day.isoformat(), _("Angka %(day)s") % {"day": in_words(day.day)}, ", ".join(told))
