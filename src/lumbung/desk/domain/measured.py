"""What the desk counts of the services of the library: questions, and meetings with a librarian."""

from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from lumbung.desk.models import Appointment, Conversation
from lumbung.organization.domain.measures import Measure


def questions(first: datetime, last: datetime) -> int:
    return _asked().filter(opened_at__gte=first, opened_at__lt=last).count()


def last_question(until: datetime) -> datetime | None:
    asked: datetime | None = _asked().filter(opened_at__lt=until).aggregate(last=Max("opened_at"))["last"]
    return asked


def meetings(first: datetime, last: datetime) -> int:
    return _met().filter(starts_at__gte=first, starts_at__lt=last).count()


def last_meeting(until: datetime) -> datetime | None:
    met: datetime | None = _met().filter(starts_at__lt=until).aggregate(last=Max("starts_at"))["last"]
    return met


def _asked() -> QuerySet[Conversation]:
    """Questions that are no request for one service (those are counted as what they are), no complaint, and not spam."""
    rows = Conversation.objects.filter(service=None, is_complaint=False).order_by()
    return rows.exclude(outcome__in=[Conversation.Outcomes.SPAM, Conversation.Outcomes.MERGED])


def _met() -> QuerySet[Appointment]:
    off = [Appointment.States.CANCELLED, Appointment.States.MISSED]
    return Appointment.objects.exclude(state__in=off).order_by()


MEASURES = (
    Measure("desk.questions", _("Pertanyaan di meja layanan"), questions, last_question),
    Measure("desk.consultations", _("Janji temu dengan pustakawan"), meetings, last_meeting),
)
