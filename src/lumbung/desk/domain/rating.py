"""Asking how it was, right after closing, by the same way; on two scales, and with a word."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from lumbung.desk.events import RatingAsked, RatingGiven
from lumbung.desk.models import Conversation, Rating
from lumbung.desk.refusals import RATING_OUT_OF_SCALE, RATING_OVER
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.messaging.domain.sending import can_send, reply
from lumbung.messaging.models import Delivery, Incoming
from lumbung.messaging.replies import Reply

OPEN_FOR = timedelta(days=3)
SCALE = range(1, 6)
_TWO_MARKS = re.compile(r"\s*([1-5])\s*[ ,/;-]\s*([1-5])(?![\d])[\s.,:;-]*(.*)", re.DOTALL)


@transaction.atomic
def ask_for_rating(conversation: Conversation) -> Rating | None:
    """Ask whoever asked, once. None where no word can go to them now, was asked before, or there is nothing to rate."""
    identity = conversation.identity
    if identity is None or conversation.is_group or conversation.first_answered_at is None:
        return None
    if Rating.objects.filter(conversation=conversation).exists():
        return None
    if not can_send(identity, Delivery.Purposes.RATING).in_own_words:
        return None
    now = clock.now()
    rating = Rating.objects.create(
        conversation=conversation, secret=secrets.token_urlsafe(32), asked_at=now, until=now + OPEN_FOR
    )
    reply(identity, Reply(_question(rating, identity.language)), purpose=Delivery.Purposes.RATING)
    events.record(RatingAsked(conversation=conversation.pk), by=None)
    return rating


@transaction.atomic
def rate(rating: Rating, *, manner: int, help: int, word: str = "") -> Rating:  # noqa: A002 -- the scale's own name
    """Both scales from 1 to 5, and a word. Refuses a second rating, one that comes too late, and marks beyond the scales."""
    rating = Rating.objects.select_for_update().get(pk=rating.pk)
    if rating.rated_at is not None or clock.now() > rating.until:
        raise Refused(RATING_OVER())
    if manner not in SCALE or help not in SCALE:
        raise Refused(RATING_OUT_OF_SCALE())
    rating.manner, rating.help, rating.rated_at = manner, help, clock.now()
    rating.word = word.replace("\0", "").strip()[:500]
    rating.save()
    events.record(RatingGiven(conversation=rating.conversation_id, manner=manner, help=help), by=None)
    return rating


def rate_by_message(incoming: Incoming) -> Rating | None:
    """Two marks at the beginning of a message, while a rating is asked for, are that rating ("5 4 terima kasih"). None otherwise."""
    found = _TWO_MARKS.fullmatch(incoming.text)
    asked = Rating.objects.filter(conversation__identity=incoming.identity_id, rated_at=None, until__gte=clock.now())
    rating = asked.order_by("-pk").first()
    if found is None or rating is None:
        return None
    rated = rate(rating, manner=int(found[1]), help=int(found[2]), word=found[3])
    if not can_send(incoming.identity, Delivery.Purposes.REPLY).in_own_words:
        return rated
    with override(incoming.identity.language or None):
        reply(incoming.identity, Reply(gettext("Terima kasih, Kak. Penilaian Kakak kami catat.")), answers=incoming)
    return rated


def _question(rating: Rating, language: str) -> str:
    with override(language or None):
        text = gettext(
            "Bagaimana tadi, Kak? Balas dua angka 1–5: sikap petugas, lalu layanannya. Misalnya: 5 4. Boleh ditambah sepatah kata."
        )
    return f"{text}\n{settings.SITE_URL}{reverse('desk:rate', args=[rating.secret])}" if settings.SITE_URL else text
