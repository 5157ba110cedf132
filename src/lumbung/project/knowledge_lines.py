"""What the desk gives to the portal of knowledge: its conversations and answers stand in traces, on agendas, and begin articles."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.desk.domain.known_answers import draft_of
from lumbung.desk.models import Conversation, KnownAnswer
from lumbung.desk.permissions import ANSWER
from lumbung.desk.queries import conversations_visible_to
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.knowledge.domain.articles.beginning import Material, register
from lumbung.knowledge.domain.articles.writing import Text
from lumbung.knowledge.models import Article
from lumbung.knowledge.permissions import ENTER
from lumbung.knowledge.tracing import Kind, Stages, Thing
from lumbung.knowledge.tracing import register as register_kind


def draw_lines() -> None:
    """Called once, at start-up."""
    register_kind(Kind("conversation", gettext_lazy("Percakapan"), "message", conversations))
    register_kind(Kind("answer", gettext_lazy("Jawaban perpustakaan"), "info", answers))
    register("conversation", of_conversation)
    register("answer", of_answer)
    slots.fill("desk.conversation", "knowledge.ways", ways_on)


def conversations(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    """By what was asked, without who asked."""
    told = {}
    for each in conversations_visible_to(viewer).filter(pk__in=keys, is_complaint=False):
        title = draft_of(each)["question"][:200] or _("Pertanyaan %(n)s") % {"n": each.pk}
        address = reverse("desk:conversation", args=[each.pk])
        told[each.pk] = Thing("conversation", each.pk, title, address, Stages.SOCIALISATION, each.opened_at)
    return told


def answers(keys: Collection[int], viewer: Any) -> dict[int, Thing]:
    """What the library stands for, to those who answer."""
    if not may(viewer, ANSWER):
        return {}
    return {
        each.pk: Thing(
            "answer", each.pk, each.question[:200], reverse("desk:known_answer", args=[each.pk]), Stages.EXTERNALISATION
        )
        for each in KnownAnswer.objects.filter(pk__in=keys)
    }


def of_conversation(key: int, viewer: Any) -> Material | None:
    """Its first question and last answer, without personal data; nothing of a complaint, and nothing where nobody answered."""
    row = conversations_visible_to(viewer).filter(pk=key, is_complaint=False).select_related("member", "assignee").first()
    told = draft_of(row) if row else {"question": "", "text": ""}
    if row is None or not told["question"] or not told["text"]:
        return None
    return _told(told["question"], told["text"], _("{{ aturan atau halaman yang menjadi dasar }}"), [row.assignee])


def of_answer(key: int, viewer: Any) -> Material | None:
    """The reviewed answer with its source; whoever wrote it is named."""
    row = KnownAnswer.objects.filter(pk=key).select_related("written_by").first() if may(viewer, ANSWER) else None
    return _told(row.question, row.text, row.source, [row.written_by]) if row else None


def _told(question: str, answer: str, source: str, people: Collection[Any]) -> Material:
    title = question.strip()
    body = f"## {_('Jawaban')}\n\n{answer}\n\n## {_('Sumber')}\n\n{source}"
    return Material(Text(title[:200], title[:300], body), Article.Forms.FAQ, sources=[each for each in people if each])


def ways_on(request: HttpRequest, *, conversation: Conversation) -> SafeString:
    """Beside a conversation: let us talk about it, let it become an article. Never for a complaint."""
    if conversation.is_complaint or not may(request.user, ENTER):
        return SafeString("")
    return render_to_string("project/knowledge_ways.html", {"conversation": conversation}, request)
