from lumbung.desk.models.answers import KnownAnswer, Need, Phrase, Rating
from lumbung.desk.models.appointment import Appointment, ConsultingHour
from lumbung.desk.models.bundle import Bundle, BundleFile
from lumbung.desk.models.conversation import Conversation
from lumbung.desk.models.team import Presence, ServiceTarget, Shift, Team, TeamMember
from lumbung.desk.models.turn import Mention, Turn

__all__ = [
    "Appointment",
    "Bundle",
    "BundleFile",
    "ConsultingHour",
    "Conversation",
    "KnownAnswer",
    "Mention",
    "Need",
    "Phrase",
    "Presence",
    "Rating",
    "ServiceTarget",
    "Shift",
    "Team",
    "TeamMember",
    "Turn",
]
