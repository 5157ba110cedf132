"""Answers about items."""

from django.utils.translation import gettext as _

from lumbung.catalogue.models import Item, Material
from lumbung.catalogue.models.titles_of_copies import titles_in
from lumbung.circulation.gateways.sip2.desk import Desk, due, lines
from lumbung.circulation.models import Hold, Recall
from lumbung.circulation.queries import ItemStates, item_states
from lumbung.formats.sip2 import Message

MEDIA = {
    Material.BOOK.value: "001",
    Material.SERIAL.value: "002",
    Material.AUDIO.value: "006",
    Material.VIDEO.value: "005",
    "": "000",
}
"""SIP2's kinds of media; 000 is any other."""
OTHER, AVAILABLE, CHARGED, IN_PROCESS, RECALLED = "01", "03", "04", "06", "07"
ON_HOLD_SHELF, IN_TRANSIT, LOST = "08", "10", "12"
CIRCULATION = {
    ItemStates.AVAILABLE: AVAILABLE,
    ItemStates.IN_HOUSE: AVAILABLE,
    ItemStates.ON_LOAN: CHARGED,
    ItemStates.SET_ASIDE: ON_HOLD_SHELF,
    ItemStates.IN_TRANSIT: IN_TRANSIT,
    ItemStates.IN_PROCESS: IN_PROCESS,
    ItemStates.LOST: LOST,
}
TATTLE_TAPE = "02"
NO_FEE = "01"


def title(item: Item | None) -> str:
    return item.title_told if item else ""


def information(desk: Desk, asked: Message) -> Message:
    """17 → 18."""
    item = desk.item(asked)
    if item is None:
        fields = [("AB", asked["AB"]), ("AJ", ""), ("AF", [_("Eksemplar ini tidak dikenal.")])]
        return Message.of("18", fields, circulation=OTHER, security=TATTLE_TAPE, fee_type=NO_FEE, date=desk.moment())
    state = item_states([item])[item.pk]
    recall = Recall.objects.filter(loan__item=item, loan__returned_at=None).first() if state.due_at else None
    waiting = Hold.objects.waiting().filter(record__in=titles_in(item)).count()
    return Message.of(
        "18",
        [
            ("CF", str(waiting)),
            ("AH", due(state.due_at) if state.due_at else None),
            ("CJ", desk.moment(recall.recalled_at) if recall else None),
            ("AB", item.barcode),
            ("AJ", title(item)),
            ("BG", item.branch.code),
            ("CK", MEDIA.get(item.record.material, MEDIA[""])),
            ("AQ", item.branch.code),
            ("AP", item.held_at.code),
            ("CS", item.call_number or None),
            ("CR", item.location.code if item.location else None),
        ],
        circulation=RECALLED if recall else CIRCULATION.get(state.state, OTHER),
        security=TATTLE_TAPE,
        fee_type=NO_FEE,
        date=desk.moment(),
    )


def update(desk: Desk, asked: Message) -> Message:
    """19 → 20: what a machine notes of an item is not kept."""
    item = desk.item(asked)
    said = _("Catatan mesin tidak disimpan.") if item else _("Eksemplar ini tidak dikenal.")
    fields = [("AB", asked["AB"]), ("AJ", title(item) if item else None), ("AF", lines([said]))]
    return Message.of("20", fields, ok="0", date=desk.moment())
