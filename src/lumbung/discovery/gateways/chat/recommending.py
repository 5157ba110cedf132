"""What to read, in chat: what readers come for, lists that librarians chose, what is in demand, and the readings of a course."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.discovery.gateways.chat.searching import title_offer
from lumbung.discovery.models import Course, CuratedList, Purposes, Ranked
from lumbung.discovery.queries.courses import published_courses, weeks_of
from lumbung.discovery.queries.curated import chosen_titles, lists_for, shown_lists
from lumbung.discovery.queries.interest import ranked
from lumbung.discovery.queries.purposes import aim_called, shown_aims
from lumbung.discovery.queries.rows import rows_of
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Inquire, Offer, Outcome, Say, words_against
from lumbung.messaging.chat.words import title_in, word_set

_AROUND = word_set(
    "buku referensi bacaan bahan sumber untuk buat tugas mata kuliah makalah books book readings reading for the my assignment "
    "course class on"
)
MOST = 8
MOST_READINGS = 10


def purposes(asking: Asking) -> Outcome:
    """What readers come for; of one purpose its ways in, guides, people, and the lists made for it."""
    aim = aim_called(asking.arguments)
    if aim is None:
        offers = tuple(Offer(str(each.name), f"keperluan {each.key}") for each in shown_aims())
        return Answer(_("Untuk keperluan apa, Kak?"), offers)
    lines = [f"{aim.name}: {aim.intro}", *(_("- %(title)s: %(address)s") % _told(way.title, way.url) for way in aim.ways)]
    lines += [_("Panduan %(title)s: %(address)s") % _told(guide.title, guide.url) for guide in aim.guides]
    lines += [_("Yang membantu: %(people)s") % {"people": aim.people}] if aim.people else []
    return Answer("\n".join(lines), tuple(_list_offers(lists_for(aim.key)[:MOST])))


def picks(asking: Asking) -> Outcome:
    """The lists that librarians chose; of one list its titles, of which a number can be looked at or held."""
    key = asking.subject.removeprefix("p")
    if key:
        curated = shown_lists().filter(pk=key).first()
        if curated is None:
            return Answer(_("Daftar itu tidak ditampilkan lagi, Kak."), (Offer(_("Pilihan lain"), "rekomendasi"),))
        shown = [each.record.pk for each in chosen_titles(curated) if each.record][:MOST_READINGS]
        return _titles("\n".join(filter(None, [curated.title, curated.intro])), shown)
    offers = [*_list_offers(shown_lists()[:MOST]), Offer(_("Yang sedang naik daun"), "naik daun")]
    return Answer(_("Pilihan untuk dibaca, Kak:"), tuple(offers))


def trending(_asking: Asking) -> Outcome:
    """What was most lent, held, opened and searched for this week."""
    shown = [each.pk for each in ranked(Ranked.Lists.TRENDING_WEEK, MOST_READINGS)]
    if not shown:
        return Answer(_("Belum ada judul yang naik daun pekan ini, Kak."), (Offer(_("Pilihan pustakawan"), "rekomendasi"),))
    return _titles(_("Naik daun pekan ini:"), shown)


def readings(asking: Asking) -> Outcome:
    """The readings of a course or an assignment, with their availability; where no list has the words, the titles that have."""
    key = asking.subject.removeprefix("c")
    found = list(published_courses().filter(pk=key) if key else published_courses(asking.arguments)[:MOST])
    if not (key or asking.arguments):
        return Inquire(_("Untuk mata kuliah atau tugas apa, Kak?"), of="readings")
    if not found:
        return Say(f"cari {asking.arguments}") if asking.arguments and not key else _no_list()
    if len(found) > 1:
        return Answer(_("Bacaan yang mana, Kak?"), tuple(Offer(str(each)[:70], f"bacaan c{each.pk}") for each in found))
    return _readings_of(found[0])


def _readings_of(course: Course) -> Outcome:
    rows = [reading.row for week in weeks_of(course, None) for reading in week.readings if reading.row]
    heading = _("Bacaan %(course)s, dari %(lecturer)s:") % {"course": course, "lecturer": course.lecturer.name}
    offers = tuple(map(title_offer, rows[:MOST_READINGS]))
    return Answer("\n".join([heading, _told("", f"/courses/{course.pk}")["address"]]), offers, foot=_foot() if offers else "")


def _no_list() -> Outcome:
    return Answer(_("Daftar bacaan itu tidak ditampilkan lagi, Kak."), (Offer(_("Cari buku"), "cari"),))


def _titles(heading: str, keys: Sequence[int]) -> Answer:
    offers = tuple(map(title_offer, rows_of(keys, None)))
    return Answer(heading, offers, foot=_foot() if offers else _("Belum ada judul di dalamnya."))


def _foot() -> str:
    return _("Balas angkanya untuk melihat, “pesan 2” untuk memesan yang kedua.")


def _list_offers(lists: Iterable[CuratedList]) -> list[Offer]:
    return [Offer(each.title[:70], f"rekomendasi p{each.pk}", each.intro[:120], f"p{each.pk}") for each in lists]


def _told(title: object, path: str) -> dict[str, str]:
    return {"title": str(title), "address": f"{settings.SITE_URL}{path}"}


PURPOSES = Command(
    name="purposes",
    words=("keperluan", "tujuan", "purpose"),
    title=gettext_lazy("Menurut keperluan"),
    run=purposes,
    takes="|".join(Purposes.values),
)
PICKS = Command(
    name="picks",
    words=("rekomendasi", "pilihan", "recommendations"),
    title=gettext_lazy("Rekomendasi bacaan"),
    run=picks,
    takes=r"\d{1,2}|p\d+",
    examples=("rekomendasi buku",),
    counts="p",
    cues=(
        Cue.of(
            6, r"(?:rekomendasi(?:kan)?|recommend\w*)(?: \w+){0,2} (?:buku|novel|bacaan|books?)|buku apa yang (?:bagus|seru)"
        ),
    ),
    against=words_against("tentang|soal|mengenai|about|untuk|buat|for|on"),
)
TRENDING = Command(
    name="trending",
    words=("naik daun", "trending", "populer"),
    title=gettext_lazy("Sedang naik daun"),
    run=trending,
    listed=False,
)
READINGS = Command(
    name="readings",
    words=("bacaan", "bacaan kuliah", "readings"),
    title=gettext_lazy("Bacaan kuliah"),
    run=readings,
    takes=r"\d{1,2}|c\d+",
    examples=("buku untuk tugas statistika",),
    counts="c",
    cues=(
        Cue.of(
            7, r"(?:buku|referensi|bacaan|bahan|sumber)(?: \w+){0,2} (?:untuk|buat) (?:tugas|mata kuliah|kuliah|makalah) .+"
        ),
        Cue.of(7, r"bacaan (?:mata )?kuliah .+|(?:books?|readings?) for (?:the |my )?(?:assignment|course|class)(?: on)? .+"),
    ),
    argument_of=lambda words: title_in([word for word in words if word.plain not in _AROUND]),
)
COMMANDS = (PURPOSES, PICKS, TRENDING, READINGS)
