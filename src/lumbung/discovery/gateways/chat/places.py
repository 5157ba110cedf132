"""Where the library is and how it is reached; and what there is by way of rooms."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.messaging.chat import Answer, Asking, Command, Cue, HandOver, Offer, Outcome
from lumbung.organization.finding import find_services
from lumbung.organization.queries import branches, library

_ROOMS = r"(?:ruang|ruangan|room|bilik|kubikel|carrel|study room|meeting room|aula|studio)"


def contact(_asking: Asking) -> Outcome:
    """Addresses of the branches, telephone, e-mail, site."""
    here = library()
    lines = [here.name] + ([here.address] if here.address else [])
    lines += [
        f"{each.name}: {', '.join(filter(None, [each.address, each.phone]))}"
        for each in branches()
        if each.address or each.phone
    ]
    told = {_("Telepon"): here.phone, "WhatsApp": here.whatsapp, _("Surel"): here.email, _("Situs"): settings.SITE_URL}
    lines += [f"{name}: {value}" for name, value in told.items() if value]
    return Answer("\n".join(filter(None, lines)), (Offer(_("Jam buka"), "jam"), Offer(_("Bicara dengan petugas"), "petugas")))


def room(asking: Asking) -> Outcome:
    """What services speak of rooms; a person takes the booking, with what was written."""
    found = [*find_services("ruang", 3), *find_services("room", 3)]
    first = "\n".join(f"{hit.title}: {hit.text}" for hit in found[:3])
    return HandOver("room", first=first)


CONTACT = Command(
    name="contact",
    words=("alamat", "kontak", "contact", "lokasi", "address"),
    title=gettext_lazy("Alamat dan kontak"),
    listed=False,
    run=contact,
    examples=("alamat", "kontak"),
    cues=(
        Cue.of(
            6,
            r"alamat(?:nya)?|lokasi(?:nya)? (?:perpustakaan|dimana|di mana)"
            r"|(?:nomor|kontak) (?:telepon|telpon|wa|hp|whatsapp|admin|perpustakaan)",
        ),
        Cue.of(
            6, r"(?:di ?mana|where)(?: \w+){0,2} (?:perpustakaan|library)|(?:perpustakaan)(?:nya)? (?:di ?mana|sebelah mana)"
        ),
    ),
)
ROOM = Command(
    name="room",
    words=("ruang", "ruangan", "room"),
    title=gettext_lazy("Pesan ruang"),
    listed=False,
    run=room,
    examples=("ruang diskusi", "booking ruang"),
    cues=(
        Cue.of(8, rf"(?:pinjam|booking|book|pesan|sewa|pakai|reserve|reservasi|ada|is there|need)(?: \w+){{0,3}} {_ROOMS}"),
        Cue.of(7, rf"{_ROOMS}(?: \w+){{0,3}} (?:kosong|tersedia|available|book|booking|bisa|pinjam|pesan)"),
    ),
)
