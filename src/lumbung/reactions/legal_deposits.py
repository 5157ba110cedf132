"""Every night: tell the library by e-mail which works fall due for legal deposit, each once a month ahead and once when it is late."""

from django.conf import settings

from lumbung.digital.models import LegalDeposit
from lumbung.digital.queries.legal_deposits import falling_due
from lumbung.kernel import clock
from lumbung.messaging.domain.messages import send
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library

MOST_TOLD = 50


def tell_of_legal_deposits() -> int:
    """Write one letter about all works that were not spoken of yet; how many those are."""
    works = {_occasion(each): each for each in falling_due()[:1000]}
    fresh = sorted(unspoken(works))
    if not fresh:
        return 0
    told = [{"title": works[each].record.title_told, "due": works[each].due_on} for each in fresh[:MOST_TOLD]]
    link = f"{settings.SITE_URL}/staff/legal-deposits" if settings.SITE_URL else ""
    facts = {"works": told, "count": len(fresh), "library": library().name, "link": link}
    sent = send("legal_deposits", address=library().email, facts=facts, occasions=fresh)
    return len(fresh) if sent is not None else 0


def _occasion(work: LegalDeposit) -> str:
    is_late = work.due_on < clock.today(library().zone)
    return f"legal-deposit:{work.pk}:{'late' if is_late else 'ahead'}:{work.due_on}"
