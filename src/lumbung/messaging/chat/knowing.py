"""Reviewed answers: one is sent when it is about what was asked, with its source, reviewer and date; never one that has expired."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lumbung.kernel import clock
from lumbung.messaging.chat.others import Known, known_answers
from lumbung.messaging.chat.registry import Answer, Offer
from lumbung.messaging.chat.words import TALK, word_set, words_of

ENOUGH = 0.6
"""So much of what the reviewed question says must be in what was asked, and half of it the other way round."""
_BACK = 0.5
_SMALL = word_set(
    "yang dan atau dari ke pada dengan untuk saya kita ini itu the and or of to in on kalau bagaimana cara how kapan berapa"
)
_BEFORE = (
    "memper",
    "diper",
    "menge",
    "meng",
    "meny",
    "mem",
    "men",
    "peng",
    "pem",
    "pen",
    "ber",
    "ter",
    "per",
    "me",
    "di",
    "pe",
    "se",
)
_AFTER = ("kannya", "annya", "kan", "nya", "lah", "kah", "an", "in", "ku", "mu", "i")
_SHORTEST = 4


def known_answer(text: str, language: str) -> Answer | None:
    """The reviewed answer to this, if there is one that fits and holds today."""
    fitting = _fitting(text, language)
    return given(fitting[0]) if fitting else None


def is_known(text: str, language: str) -> bool:
    """Whether there is a reviewed answer to this; nothing counts as given."""
    return bool(_fitting(text, language))


def _fitting(text: str, language: str) -> list[Known]:
    asked = content_of(text)
    return [each for each in valid_answers(text, language) if _fits(asked, each)]


def valid_answers(text: str, language: str) -> list[Known]:
    """Reviewed answers that might be about this and hold today, whether they fit or not."""
    today = clock.today(ZoneInfo(settings.TIME_ZONE))
    return [each for each in known_answers(text, language) if each.until is None or each.until >= today]


def given(known: Known) -> Answer:
    """A reviewed answer, with its source, reviewer and date; whoever keeps it is told that it was given."""
    if known.given is not None:
        known.given()
    return _told(known)


def content_of(text: str) -> frozenset[str]:
    """The roots of the words that say what the text is about."""
    words = (word.plain for word in words_of(text) if word.plain not in TALK and word.plain not in _SMALL)
    return frozenset(root_of(part) for word in words for part in word.split())


def root_of(word: str) -> str:
    """The word without the commonest Indonesian affixes, roughly: only for telling whether two words are akin."""
    for ending in _AFTER:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
            break
    for beginning in _BEFORE:
        if word.startswith(beginning) and len(word) - len(beginning) >= _SHORTEST:
            return word.removeprefix(beginning)
    return word


def _fits(asked: frozenset[str], known: Known) -> bool:
    wanted = content_of(known.question)
    shared = len(wanted & asked)
    return bool(wanted) and shared / len(wanted) >= ENOUGH and shared / len(asked or {""}) >= _BACK


def _told(known: Known) -> Answer:
    day = date_format(known.date, "j M Y")
    source = _("Sumber: %(source)s. Diperiksa %(reviewer)s, %(day)s.") % {
        "source": known.source,
        "reviewer": known.reviewer,
        "day": day,
    }
    return Answer(f"{known.answer.strip()}\n\n{source}", (Offer(_("Tanya petugas"), "petugas"),))
