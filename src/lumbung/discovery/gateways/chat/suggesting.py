"""*Usul* in chat: what the library has already is shown; what it has not becomes a request of the member who writes, else a person takes it
up."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.acquisitions.domain.requests import ask_for
from lumbung.discovery.gateways.chat.searching import ANYWAY, guess
from lumbung.kernel import rooms
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Cue, HandOver, Inquire, Offer, Outcome
from lumbung.messaging.chat.words import SLANG, word_set

_ASKS = word_set(
    "usul usulan usulkan mengusulkan usulin beli beliin belikan buy suggest suggestion request requestin order "
    "pengadaan adakan koleksi baru purchase library the a for me book buat untuk perpustakaan yang belum ada di "
    "dong can"
)
_NO_TITLE = word_set(
    "tidak jadi usah jangan batal bukan enggan stop kenapa mengapa kok knp why padahal salah keliru harusnya seharusnya error eror "
    "sudah belum kapan bagaimana apa apakah mana dimana status cek kemarin saya saran agar supaya kalau bisa boleh cara perpustakaan "
    "buku bukunya judul novel koleksi beli beliin belikan pembelian pengadaan not dont never me my book books something"
)
_TALK = _NO_TITLE | {short for short, full in SLANG.items() if full in _NO_TITLE}
FOR_SURE = rf"{ANYWAY}.+|(?!.*(?<!\w)(?:{'|'.join(sorted(_TALK))})(?!\w)).+"
"""A title and nothing else, or what was chosen to be asked for: any word of talk in it, and it is asked first what is meant."""


def suggest(asking: Asking) -> Outcome:
    """Show the title if it is there; else note the request of a known member, or hand the suggestion to a person.

    Asks first where it was only guessed that a title is suggested, or what was written is more than a title.
    """
    if not asking.arguments:
        return Inquire(_("Buku apa yang Kakak usulkan? Tulis judul dan pengarangnya."), of="suggest")
    if not asking.arguments.startswith(ANYWAY):
        found = guess(Asking(asking.incoming, asking.identity, asking.arguments, asking.arguments, asking.language))
        if found is not None:
            still = Offer(_("Bukan itu, tetap usulkan"), f"usul {ANYWAY}{asking.arguments[:40]}")
            return Answer(_("Sepertinya sudah ada, Kak:") + "\n" + found.text, (*found.offers, still), foot=found.foot)
    words = asking.arguments.removeprefix(ANYWAY)
    if asking.person is not None and rooms.is_open("acquisitions"):
        if not asking.certain or not re.fullmatch(FOR_SURE, asking.arguments):
            return Confirm(_("Catat “%(words)s” sebagai usulan pembelian, Kak?") % {"words": words}, f"usul {ANYWAY}{words}")
        origin = f"chat:{asking.incoming.pk}"
        request = ask_for({"title": words}, member=asking.person, by=asking.person.user, origin=origin)
        told = {"words": request.title}
        return Answer(_("Usulan “%(words)s” saya catat, Kak. Kakak dikabari begitu diputuskan dan begitu ada di rak.") % told)
    return HandOver("suggestion", first=_("Usulan “%(words)s” saya catat, Kak.") % {"words": words})


SUGGEST = Command(
    name="suggest",
    words=("usul", "usulkan", "usulan", "suggest"),
    title=gettext_lazy("Usulkan buku"),
    run=suggest,
    examples=("usul atomic habits", "mengusulkan buku"),
    takes=FOR_SURE,
    free=True,
    acts=True,
    cues=(
        Cue.of(
            7, r"(?:meng)?usul(?:kan|an|in)?(?: \w+)? (?:buku|pembelian|pengadaan|koleksi|judul)|beli(?:kan|in) (?:buku|novel)"
        ),
        Cue.of(7, r"(?:request|buy|purchase|suggest|order)(?: \w+)? (?:buku|book|novel|title)|pengadaan buku"),
    ),
    own_words=_ASKS,
)
