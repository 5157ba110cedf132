"""What the house has written elsewhere and an answer may quote: found and told by whoever keeps it, with the names that go with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lumbung.desk.models import Conversation
from lumbung.kernel import events, rooms
from lumbung.search.analysis import is_function_word, roots_in, words_of

_ASKING = (
    "saya aku gue gw kami kita anda kamu dia mereka nya kak kakak min admin mas mbak pak bu bapak ibu halo hai selamat pagi siang sore "
    "malam permisi maaf mohon tolong terima kasih makasih mau ingin pengen bisa boleh dapat harus perlu butuh tanya nanya bertanya "
    "menanyakan apa apakah siapa kapan mana dimana kemana bagaimana gimana gmn berapa kenapa mengapa cara caranya kalau kalo jika bila "
    "ada adakah tidak tak ga gak nggak bukan belum sudah udah masih lagi saja aja ya yg dgn utk dong sih nih kok jadi seperti lebih "
    "sangat tapi tetapi sekarang perpustakaan perpus i me my we you your it they this that what which who when where why how do does "
    "did can could may would will shall should have has had am was be not no if there please thanks thank hello hi library "
    "buku bukunya buku2 judul judulnya koleksi pustaka pustakawan petugas book books title titles librarian"
)
ASKING = frozenset(_ASKING.split())
"""Words of asking, of courtesy and of everything here: a text that has only these in common with a question is not about it."""

SEVERAL = 2


@dataclass(frozen=True)
class Reading:
    """A text that everybody may read: what it is called, what it says, and where it is from, with who wrote it."""

    key: int
    name: str
    text: str
    source: str

    @property
    def line(self) -> str:
        """In an answer, without any markup; whoever wrote it is named under it."""
        return f"{self.text}\n{_('Sumber: %(source)s') % {'source': self.source}}"


Find = Callable[[str], Sequence[Reading]]
Quote = Callable[[int, Conversation, events.Actor], Reading | None]
_ways: list[tuple[Find, Quote]] = []


def register(*, find: Find, quote: Quote) -> None:
    """Called once, at start-up: how texts are found by words, and how one is taken into an answer, so that its writers learn of it."""
    _ways.append((find, quote))


def readings_for(words: str) -> list[Reading]:
    """A few texts for these words, the best first: called by one of those that say what is asked about, or saying several of them."""
    asked = " ".join(word for word in words_of(words) if word not in ASKING and not is_function_word(word))
    found = [each for find, _quote in _ways if asked and rooms.lets_in(find) for each in find(asked)]
    roots = _roots(asked)
    return [each for each in found if roots & _roots(each.name) or len(roots & _roots(each.text)) >= SEVERAL]


def _roots(text: str) -> set[str]:
    return set(roots_in(text))


def quoted(key: int, conversation: Conversation, *, by: events.Actor) -> Reading | None:
    """This text, taken into an answer of this conversation."""
    told = (quote(key, conversation, by) for find, quote in _ways if key and rooms.lets_in(find))
    return next(filter(None, told), None)
