"""What the desk keeps of a member: what they asked, and what they were told."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.desk.channels import label
from lumbung.desk.domain.askers import said_with
from lumbung.desk.domain.forgetting import forget_appointments, forget_asker
from lumbung.desk.models import Appointment, Bundle, ConsultingHour, Conversation, Rating, Turn
from lumbung.desk.queries import of_others_put_in
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member


def _told(member: Member) -> Mapping[str, Any]:
    """Their conversations with all that was said to and by them; what librarians noted is work of the library and not told here."""
    rows = said_with(member).exclude(kind=Turn.Kinds.NOTE).order_by("conversation_id", "pk")
    rows = rows.select_related("conversation", "delivery")
    alone = Conversation.objects.filter(~Exists(of_others_put_in()), member=member)
    met = Appointment.objects.filter(member=member).order_by("starts_at")
    rated = Rating.objects.filter(conversation__member=member, rated_at__isnull=False).order_by("rated_at")
    return {
        "conversations": [_turn(each) for each in rows],
        "bundles": list(Bundle.objects.filter(conversation__in=alone).values("made_at", "title", "words", "until")),
        "appointments": list(met.values("starts_at", "kind", "topic", "place", "state")),
        "ratings": list(rated.values("rated_at", "manner", "help", "word")),
    }


def _turn(turn: Turn) -> Mapping[str, Any]:
    gone = _("(jawaban asisten ini tidak disimpan lagi)") if turn.kind == Turn.Kinds.CHAT else ""
    return {
        "conversation__channel": turn.conversation.channel,
        "conversation__opened_at": turn.conversation.opened_at,
        "kind": turn.kind,
        "at": turn.at,
        "text": turn.said or gone,
    }


def _erase(member: Member) -> None:
    forget_asker(member)
    forget_appointments(member)


HOLDING = Holding(
    code="desk",
    name=gettext_lazy("Pertanyaan dan jawaban"),
    told=_told,
    erase=_erase,
    words={
        "conversations": gettext_lazy("percakapan"),
        "opened_at": gettext_lazy("dibuka"),
        "bundles": gettext_lazy("kumpulan judul"),
        "made_at": gettext_lazy("dibuat"),
        "words": gettext_lazy("pengantar"),
        "appointments": gettext_lazy("janji temu"),
        "topic": gettext_lazy("pokok"),
        "place": gettext_lazy("tempat"),
        "ratings": gettext_lazy("penilaian"),
        "rated_at": gettext_lazy("dinilai"),
        "manner": gettext_lazy("keramahan"),
        "help": gettext_lazy("bantuan"),
        "word": gettext_lazy("ulasan"),
    },
    choices={
        "conversations.kind": Turn.Kinds,
        "appointments.kind": ConsultingHour.Kinds,
        "appointments.state": Appointment.States,
    },
    names={"conversations.conversation__channel": label},
    models=("desk.Conversation", "desk.Appointment"),
)
