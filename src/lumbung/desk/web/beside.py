"""What stands beside the composer, and what its channel carries."""

from typing import Any

from django.http import HttpRequest

from lumbung.desk import queries
from lumbung.desk.domain.answering import mail_address
from lumbung.desk.domain.bundles import PICTURES
from lumbung.desk.domain.finding import titles_of
from lumbung.desk.domain.readings import readings_for
from lumbung.desk.domain.turns import head_of
from lumbung.desk.models import Conversation, Turn
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.web.forms import BundleForm, NeedForm
from lumbung.messaging.domain.sending import can_send, limits_of, window_until

LAST_ASKED = 3
MEGABYTE = 1_000_000


def tools_of(request: HttpRequest, shown: Conversation, turns: list[Turn], chosen: list[int]) -> dict[str, Any]:
    """Phrases, reviewed answers and articles to what was asked last, titles sent or ``chosen`` now, needs and bundles."""
    last = [turn.text for turn in turns if turn.kind == "question"][-LAST_ASKED:]
    asked, sought = " ".join(last), head_of(max(last, key=len, default="")) or str(shown)
    keys = [key for turn in turns for key in turn.titles] + chosen
    return {
        "phrases": queries.phrases_at_hand() if shown.is_open else [],
        "known": queries.answers_for(asked, request.LANGUAGE_CODE[:2]) if shown.is_open else [],
        "readings": readings_for(asked) if shown.is_open else [],
        "shown_titles": titles_of(list(dict.fromkeys(keys))),
        "teams": queries.teams() if shown.is_open else [],
        "needs": shown.needs.order_by("pk") if getattr(shown, "has_needs", True) else [],
        "bundles": shown.bundles.all() if getattr(shown, "has_bundles", True) else [],
        "sought": sought,
        "need_form": NeedForm(initial={"wanted": sought}),
        "bundle_form": BundleForm(initial={"bundle_title": str(shown)}),
        "carries": carries(shown, turns),
    }


def carries(shown: Conversation, turns: list[Turn]) -> dict[str, Any]:
    """What the way to whoever asked carries, before anything is sent: how long, which files by itself, and why nothing goes now."""
    heard = [turn.incoming.identity for turn in turns if turn.incoming is not None]
    identity = heard[-1] if heard else shown.identity
    if identity is None:
        return {"most": LONGEST, "is_sent": bool(mail_address(shown)), "reasons": (), "megabytes": 0}
    limits, permission = limits_of(identity), can_send(identity, "reply")
    return {
        "most": min(limits.text, LONGEST),
        "is_sent": True,
        "reasons": permission.reasons,
        "template_needed": permission.template_needed,
        "until": window_until(identity) if permission.in_own_words else None,
        "megabytes": max([limits.media.get(kind, 0) for kind in PICTURES]) // MEGABYTE,
    }
