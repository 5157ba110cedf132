"""What everybody may read of the portal answers in the chat too, with the names of whoever wrote it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.knowledge.domain.letters import address_of
from lumbung.knowledge.queries.quoting import Quotation, quotations_for
from lumbung.messaging.chat import Known, register_knowledge
from lumbung.organization.queries import library

MOST = 5


def register_articles() -> None:
    """Let the chat answer from public articles, after the answers that the desk reviewed."""
    register_knowledge(knowledge)


def knowledge(text: str, language: str) -> list[Known]:
    """Public articles that may answer this, as they were approved. They are written in Indonesian."""
    return [_known(each) for each in quotations_for(text, MOST)] if language[:2] in {"", "id"} else []


def _known(quoted: Quotation) -> Known:
    article = quoted.article
    day = (article.approved_at or article.changed_at).astimezone(library().zone).date()
    source = f"{quoted.source}, {address_of(reverse('knowledge_public:article', args=[article.pk]))}"
    by = article.approved_by.name if article.approved_by else _("petugas perpustakaan")
    return Known(quoted.title, quoted.text, source, by, day, article.review_on)
