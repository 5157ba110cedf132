"""Waiting for a title: placing a hold, looking at one's holds, letting one go."""

import re
from collections.abc import Sequence

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models import Record
from lumbung.catalogue.models.volume import volume_label, with_volume
from lumbung.circulation import queries
from lumbung.circulation.domain.holds import cancel_hold, place_hold
from lumbung.circulation.gateways.chat.recalling import hint
from lumbung.circulation.models import Hold
from lumbung.circulation.queries.handover_places import Pickup, offered_visits, pickup_named
from lumbung.kernel.shortening import LABEL
from lumbung.kernel.ui.words import day, number, rupiah
from lumbung.members.models import Member
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Cue, Inquire, Offer, Outcome, Say, Word, words_against
from lumbung.messaging.chat.words import number_in, plain, title_named, word_set

MOST = 10
_SUBJECT = re.compile(r"(?P<title>r(?P<record>\d+)(?:v(?P<volume>\d+))?)(?:(?P<own>b)|(?P<place>p\d+))?(?P<told>y)?")
_ASKS = word_set(
    "pesan pesankan memesan dipesan booking bookingin book reserve reservasi antri antre antrian ngantri indent "
    "hold reservation"
)
_AROUND = word_set(
    "tidak buku novel on for yang judul judulnya bukunya kah ya dong kak min saja a boleh bisa dulu number of nomor"
)


def hold(asking: Asking) -> Outcome:
    """Put the member on the list for a title; asks which of several volumes, and where it is fetched if there are places besides
    branches. The subject names both: ``r12v1p5`` is the first volume of title 12, handed over at place 5; ``r12b``, at their branch; with
    ``y`` they were told what it costs not to fetch it, which is told before anything is asked for."""
    named = _SUBJECT.fullmatch(asking.subject)
    if named is None:
        return _which_title(asking)
    record = Record.objects.listed().shown_to_public().filter(pk=named["record"]).first()
    if record is None:
        return Inquire(_("Judul itu tidak ada lagi. Judul apa yang Kakak cari?"), of="search")
    member: Member = asking.person
    volumes = queries.volumes_of(record, to=member)
    if volumes and named["volume"] is None:
        left = queries.OwnVolumes.read(record, member).left or volumes  # where none is, the verb says why
        named_so = [(volume_label(each), f"r{record.pk}v{volumes.index(each) + 1}") for each in left[:MOST]]
        offers = tuple(Offer(label, f"pesan {subject}", subject=subject) for label, subject in named_so)
        return Answer(_("%(title)s: jilid berapa, Kak?") % {"title": record.title_told}, offers)
    pickup = _pickup(named, member)
    if pickup is None:
        return _which_pickup(named["title"], record, member, gone=named["place"] is not None)
    volume = _volume(volumes, named["volume"])
    fee = 0 if named["told"] else queries.unfetched_fee(record, member, pickup.branch, volume=volume)
    if fee or not asking.certain:
        return _make_sure(asking, record, volume, pickup, fee)
    placed = place_hold(record, member=member, pickup_branch=pickup.branch, place=pickup.place, by=member.user, volume=volume)
    return _placed(queries.open_holds(member).get(pk=placed.pk))


def _make_sure(asking: Asking, record: Record, volume: str, pickup: Pickup, fee: int) -> Confirm:
    asked = _("Pesan “%(title)s” untuk diambil di %(branch)s?") % {
        "title": with_volume(record.title, volume),
        "branch": pickup.place or pickup.branch,
    }
    cost = _("Bila sudah siap dan tidak diambil sampai batasnya, dikenakan %(amount)s.") % {"amount": rupiah(fee)}
    return Confirm(f"{cost}\n{asked}" if fee else asked, f"pesan {asking.subject}{'y' if fee else ''}")


def _pickup(named: re.Match[str], member: Member) -> Pickup | None:
    """Where it was said that it is fetched; the member's own branch where there is nothing to choose. None asks."""
    if named["place"]:
        return pickup_named(named["place"])
    return Pickup(member.branch) if named["own"] or not offered_visits() else None


def _which_pickup(title: str, record: Record, member: Member, *, gone: bool) -> Answer:
    """The member's own branch, then the places that are visited, with the day of the next visit."""
    visits = offered_visits()[: MOST - 1]
    offers = [Offer(str(member.branch)[:70], f"pesan {title}b", subject=f"{title}b")]
    for visit in visits:
        subject = f"{title}p{visit.place.pk}"
        told = {"kind": visit.place.get_kind_display(), "day": day(visit.day)}
        offers.append(Offer(visit.place.name[:70], f"pesan {subject}", _("%(kind)s, berikutnya %(day)s") % told, subject))
    heading = _("%(title)s: diambil di mana, Kak?") % {"title": record.title_told}
    return Answer("\n".join([_("Tempat itu tidak dapat dipilih lagi."), heading] if gone else [heading]), tuple(offers))


def _volume(volumes: Sequence[str], place: str | None) -> str:
    """The volume at this place; one that is not there (no more) is told as it was named, for the verb to refuse."""
    at = int(place or 0)
    return volumes[at - 1] if 0 < at <= len(volumes) else place or ""


def holds(asking: Asking) -> Outcome:
    """What the member waits for or may fetch; a number lets one go, after asking."""
    waiting = list(queries.open_holds(asking.person)[:MOST])
    if not waiting:
        return Answer(_("Tidak ada pesanan, Kak. Cari judulnya, lalu balas “pesan 1”."), (Offer(_("Cari buku"), "cari"),))
    offers = tuple(
        Offer(
            with_volume(each.record.title, each.volume_told, most=LABEL), f"batal h{each.pk}", state_line(each), f"h{each.pk}"
        )
        for each in waiting
    )
    foot = [_("Tidak jadi? Balas “batal 1”."), hint(waiting)]
    return Answer(_("Pesanan Kakak:"), offers, foot="\n".join(filter(None, foot)))


def cancel(asking: Asking) -> Outcome:
    """Let a hold go. Always asks first: the place in the queue would be lost."""
    waiting = list(queries.open_holds(asking.person)[:MOST])
    if not waiting:
        return Answer(_("Tidak ada pesanan yang dapat dibatalkan, Kak."))
    subject, _blank, sure = asking.subject.partition(" ")
    chosen = [each for each in waiting if f"h{each.pk}" == subject] if subject else waiting
    if not chosen:
        return Answer(_("Pesanan itu sudah tidak berjalan. Tulis “pesanan” untuk melihat daftarnya."))
    if len(chosen) > 1 or (asking.arguments and not subject):
        return holds(asking)
    if not sure:
        return Confirm(
            _("Batalkan pesanan “%(title)s”? Urutan Kakak akan hilang.") % {"title": chosen[0].title_told},
            f"batal h{chosen[0].pk} pasti",
        )
    cancel_hold(chosen[0], by=asking.person.user, of_member=True)
    return Answer(_("Pesanan “%(title)s” dibatalkan.") % {"title": chosen[0].title_told})


def state_line(hold: Hold) -> str:
    """How the hold stands, in a few words."""
    told = {"branch": hold.where, "day": day(hold.ready_until) if hold.ready_until else ""}
    if hold.is_being_sent and hold.state == Hold.States.READY:
        return _("sedang disiapkan untuk dikirim ke alamat Kakak")
    if hold.state == Hold.States.READY and hold.place is not None and hold.brought_on is not None:
        hours = {"from": time_format(hold.place.starts), "until": time_format(hold.place.ends)}
        when = {**told, **hours, "visit": day(hold.brought_on)}
        return _("dibawa ke %(branch)s %(visit)s pukul %(from)s–%(until)s, paling lambat %(day)s") % when
    if hold.state == Hold.States.READY:
        return _("siap diambil di %(branch)s, paling lambat %(day)s") % told
    if hold.state == Hold.States.IN_TRANSIT:
        return _("dalam perjalanan ke %(branch)s") % told
    if hold.is_suspended:
        return _("ditangguhkan")
    return _("urutan ke-%(position)s, diambil di %(branch)s") % {**told, "position": number(getattr(hold, "position", 1))}


def _which_title(asking: Asking) -> Outcome:
    if asking.arguments.isdigit():
        return Answer(_("Nomor itu tidak ada di daftar terakhir, Kak. Cari dulu judulnya, misalnya “cari ekonomi mikro”."))
    if asking.arguments:
        return Say(f"cari {asking.arguments}")
    return Inquire(_("Judul apa yang ingin Kakak pesan?"), of="search")


def _placed(hold: Hold) -> Answer:
    told = {"title": hold.title_told, "state": state_line(hold)}
    lines = [_("Dipesan: “%(title)s”, %(state)s.") % told]
    expected = queries.expected_on(hold)
    if expected is not None:
        lines.append(_("Kira-kira ada %(day)s; Kakak diberi tahu bila siap.") % {"day": day(expected)})
    return Answer("\n".join(lines))


def _asked_for(words: list[Word]) -> str:
    """The number or the title after the word that asks for a hold."""
    if said := number_in(plain(words)):
        return said
    at = max((at for at, word in enumerate(words) if word.raw in _ASKS or word.plain in _ASKS), default=-1)
    rest = words[at + 1 :]
    while rest and (rest[0].plain in _AROUND or rest[0].raw in _AROUND):
        rest = rest[1:]
    while rest and (rest[-1].plain in _AROUND or rest[-1].raw in _AROUND):
        rest = rest[:-1]
    return "" if any(word.plain == "dipinjam" for word in rest) else title_named(rest)


HOLD = Command(
    name="hold",
    words=("pesan", "hold", "reserve", "reservasi"),
    title=gettext_lazy("Pesan buku"),
    listed=False,
    run=hold,
    takes=r"\d{1,2}|r\d+(?:v\w+?)?(?:b|p\d+)?y?",
    free=True,
    examples=("pesan 2", "reservasi buku", "reserve the book"),
    acts=True,
    needs_person=True,
    beside=r"\d{1,2}|r\d+(?:v\w+?)?(?:b|p\d+)?y?",
    counts="r",
    cues=(
        Cue.of(5, r"pesan|pesankan|memesan|dipesankan|booking|bookingin|reservasi|reserve|antri|antre|ngantri|indent"),
        Cue.of(5, r"(?:place|put)(?: \w+)? hold|hold (?:on|for|the)|(?:can|could|to) (?:i )?book"),
    ),
    against=words_against("siap|sudah saya pesan|yang saya pesan|saya pesan kemarin|pesan saya|stop|berhenti|batal"),
    argument_of=_asked_for,
)
HOLDS = Command(
    name="holds",
    words=("pesanan", "pesananku", "holds", "my holds", "cek pesanan", "antrian"),
    title=gettext_lazy("Pesanan saya"),
    run=holds,
    takes="saya|ku|aku|dong|kak",
    examples=("pesanan saya", "antrian saya"),
    needs_person=True,
    beside="(?:saya|ku|aku|dong|kak)?",
    cues=(
        Cue.of(
            7,
            r"(?:cek|lihat|status|daftar) (?:pesanan|reservasi|antrian|antrean)|(?:pesanan|antrian|antrean|reservasi)(?:ku| saya)",
        ),
        Cue.of(7, r"my (?:holds?|reservations?)|(?:hold|reservation)(?: \w+){0,2} ready|(?:siap|bisa|dapat) diambil"),
        Cue.of(7, r"(?:yang )?saya pesan (?:kemarin|sudah|itu)|(?:sudah|telah) saya pesan"),
    ),
    against=words_against("batal|batalkan|dibatalkan|membatalkan|cancel|cancelled|kenapa|mengapa|jangan"),
)
CANCEL = Command(
    name="cancel",
    words=("batal", "batal pesan", "batalkan", "cancel"),
    title=gettext_lazy("Batalkan pesanan"),
    run=cancel,
    takes=r"\d{1,2}|h\d+(?: pasti)?",
    examples=("batal pesan 1", "membatalkan pesanan", "dibatalkan"),
    acts=True,
    takes_a_no=True,
    needs_person=True,
    listed=False,
    counts="h",
    cues=(Cue.of(8, r"(?:mem|di)?batal(?:kan|in)?|tidak jadi (?:pesan|ambil|booking|antri|pinjam)|cancel\w*"),),
    against=words_against("jangan|kenapa|mengapa|kok|why"),
    argument_of=lambda words: number_in(plain(words)),
)
