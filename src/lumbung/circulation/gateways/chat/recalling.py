"""Asking back what one waits for: which copy would come sooner, and by when; always asked about first, for somebody else has it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.models.volume import with_volume
from lumbung.circulation import queries
from lumbung.circulation.domain.recalls import recall_for
from lumbung.circulation.models import Hold
from lumbung.circulation.queries.blocks import day_of
from lumbung.circulation.queries.recalls import RecallOffer
from lumbung.circulation.queries.rules import rules_now
from lumbung.kernel.shortening import LABEL
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Cue, Offer, Outcome, words_against
from lumbung.messaging.chat.words import number_in, plain

MOST = 10
SURE = "pasti"


def recall(asking: Asking) -> Outcome:
    """Ask the borrower back what the member waits for; asks which where there are several, and says why not."""
    waiting = [each for each in queries.open_holds(asking.person)[:MOST] if each.state == Hold.States.WAITING]
    if not waiting:
        return Answer(_("Tidak ada pesanan yang masih menunggu, Kak."), (Offer(_("Cari buku"), "cari"),))
    named, _blank, sure = asking.subject.partition(" ")
    chosen = [each for each in waiting if f"h{each.pk}" == named] if named else waiting
    if not chosen:
        return Answer(_("Pesanan itu sudah tidak menunggu. Tulis “pesanan” untuk melihat daftarnya."))
    if sure == SURE:
        return _recalled(asking, chosen[0])
    offers = queries.recall_offers(chosen)
    if len(chosen) > 1 or (asking.arguments and not named):
        return _which(chosen, offers)
    hold, offer = chosen[0], offers[chosen[0].pk]
    if not offer.is_open:
        return Answer("\n".join([_("“%(title)s” belum dapat diminta kembali.") % {"title": hold.title_told}, _why(offer)]))
    told = {"title": hold.title_told, "day": _day(offer)}
    asked = _("Minta “%(title)s” dikembalikan lebih cepat? Peminjamnya diminta mengembalikan paling lambat %(day)s.") % told
    return Confirm(f"{asked} {_first_in_turn()}", f"minta kembali h{hold.pk} {SURE}")


def hint(holds: Sequence[Hold]) -> str:
    """How the first of these listed holds that may be asked back is; nothing where none may, and then hardly anything is read."""
    waiting = [each for each in holds if each.state == Hold.States.WAITING and rules_now().let_recall]
    offers = queries.recall_offers(waiting)
    place = next((at for at, each in enumerate(holds, start=1) if each.pk in offers and offers[each.pk].is_open), None)
    return _("Ingin lebih cepat? Balas “minta kembali %(n)s”.") % {"n": place} if place else ""


def _which(waiting: Sequence[Hold], offers: dict[int, RecallOffer]) -> Answer:
    listed = tuple(
        Offer(
            with_volume(each.record.title, each.volume_told, most=LABEL),
            f"minta kembali h{each.pk}",
            _("bila diminta: kembali paling lambat %(day)s") % {"day": _day(offers[each.pk])}
            if offers[each.pk].is_open
            else _why(offers[each.pk]),
            f"h{each.pk}",
        )
        for each in waiting
    )
    return Answer(_("Yang mana yang diminta kembali, Kak?"), listed)


def _recalled(asking: Asking, hold: Hold) -> Answer:
    recalled = recall_for(hold, by=asking.person.user)
    told = {"title": hold.title_told, "day": day_of(recalled.due_at, recalled.loan.lent_from)}
    done = _("“%(title)s” diminta kembali: peminjamnya diminta mengembalikan paling lambat %(day)s.") % told
    return Answer(f"{done} {_first_in_turn()}")


def _first_in_turn() -> str:
    return _("Bukunya untuk yang urutannya pertama.")


def _day(offer: RecallOffer) -> str:
    return day_of(offer.due_at, offer.loan.lent_from) if offer.loan is not None and offer.due_at is not None else ""


def _why(offer: RecallOffer) -> str:
    return " ".join(str(reason) for reason in offer.against)


RECALL = Command(
    name="recall",
    words=("minta kembali", "minta dikembalikan", "recall"),
    title=gettext_lazy("Minta buku yang ditunggu dikembalikan lebih cepat"),
    run=recall,
    takes=rf"\d{{1,2}}|h\d+(?: {SURE})?",
    examples=("minta kembali 1", "recall 1"),
    acts=True,
    needs_person=True,
    listed=False,
    counts="h",
    cues=(
        Cue.of(
            8,
            r"(?:minta|mintakan|suruh|tolong)(?: \w+){0,4} (?:di)?kembali(?:kan|in)?(?: \w+){0,2} (?:cepat|segera|peminjam\w*)"
            r"|(?:peminjam|yang pinjam|yang meminjam)\w*(?: \w+){0,4} (?:men)?(?:di)?(?:kembalikan|gembalikan|tagih)"
            r"|recall(?:s|ed)?|(?:ask|call|get)(?: \w+){0,4} back (?:sooner|early|earlier)",
        ),
    ),
    against=words_against(
        "uang|denda|deposit|saldo|refund|money|perpanjang|kartu|rusak|hilang|kapan|jatuh tempo|pinjaman|saya pinjam"
    ),
    argument_of=lambda words: number_in(plain(words)),
)
