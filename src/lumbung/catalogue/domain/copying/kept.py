"""What is kept of copy cataloguing: targets, profiles, questions and answers."""

from django.db.models import Count, QuerySet

from lumbung.catalogue.models import ForeignRecord, ForeignSearch, Item, Record, TakeOverProfile, Target
from lumbung.catalogue.queries import records_in_order
from lumbung.kernel import events

LATELY = 10
PLACE = ("branch", "location", "item_type")


def targets() -> QuerySet[Target]:
    """Every catalogue that may be asked, in the library's order."""
    return Target.objects.select_related("profile")


def profiles() -> QuerySet[TakeOverProfile]:
    """Every profile of taking over, the usual one first."""
    return TakeOverProfile.objects.select_related("branch", "location", "item_type").annotate(targets_using=Count("targets"))


def searches_of(user: events.Actor) -> QuerySet[ForeignSearch]:
    """What this cataloguer asked of other catalogues, the latest first."""
    return ForeignSearch.objects.filter(by=user.pk)


def foreign_records_for(user: events.Actor) -> QuerySet[ForeignRecord]:
    """What other catalogues sent to this cataloguer."""
    return ForeignRecord.objects.filter(answer__search__by=user.pk).select_related("answer__search", "answer__target__profile")


def last_place(user: events.Actor) -> dict[str, int]:
    """Branch, location and item type of the latest copy of what this cataloguer took over; nothing before the first."""
    taken = foreign_records_for(user).filter(taken__isnull=False).values("taken")
    found = Item.objects.filter(record__in=taken).order_by("-pk").values_list(*PLACE).first()
    return {name: key for name, key in zip(PLACE, found or (), strict=False) if key is not None}


def lately_taken(user: events.Actor) -> list[tuple[Record, list[str]]]:
    """The titles this cataloguer took over last, each with the barcodes of its copies."""
    mine = foreign_records_for(user).filter(taken__isnull=False).order_by("-taken_at")
    keys = list(dict.fromkeys(mine.values_list("taken", flat=True)[:LATELY]))
    barcodes: dict[int, list[str]] = {}
    for key, barcode in Item.objects.filter(record__in=keys).order_by("pk").values_list("record", "barcode"):
        barcodes.setdefault(key, []).append(barcode)
    return [(record, barcodes.get(record.pk, [])) for record in records_in_order(keys)]
