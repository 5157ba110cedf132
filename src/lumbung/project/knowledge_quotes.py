"""Public articles at the desk: offered beside the composer, and quoted in an answer under the names of whoever wrote them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.desk.domain.readings import Reading, register
from lumbung.desk.models import Conversation
from lumbung.kernel import events
from lumbung.kernel.rooms import belongs_to
from lumbung.knowledge.domain.articles.reusing import quote_in
from lumbung.knowledge.domain.letters import address_of
from lumbung.knowledge.queries.quoting import Quotation, quotations, quotations_for
from lumbung.knowledge.tracing import Ref

SHOWN = 3


def wire() -> None:
    """Called once, at start-up."""
    register(find=belongs_to("knowledge")(find), quote=quote)


def find(words: str) -> list[Reading]:
    return [_reading(each) for each in quotations_for(words, SHOWN)]


def quote(key: int, conversation: Conversation, by: events.Actor) -> Reading | None:
    """The article, and a line in its trace to the conversation; to a complaint leads none."""
    found = next(iter(quotations([key])), None)
    if found is not None and not conversation.is_complaint:
        quote_in(
            found.article,
            Ref("conversation", conversation.pk),
            note=_("Dikutip dalam jawaban di meja layanan."),
            by=User.objects.get(pk=by.pk),
        )
    return _reading(found) if found else None


def _reading(quoted: Quotation) -> Reading:
    page = address_of(reverse("knowledge_public:article", args=[quoted.article.pk]))
    return Reading(quoted.article.pk, quoted.title, quoted.text, f"{quoted.source}, {page}")
