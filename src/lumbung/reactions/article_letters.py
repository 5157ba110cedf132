"""What a member is told of a copy of an article or a chapter: that it was asked for, is ready, cannot be made, or will soon be gone."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError

from lumbung.circulation.models import ArticleRequest
from lumbung.circulation.queries.articles import ending_articles
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.rooms import belongs_to
from lumbung.kernel.ui.words import rupiah
from lumbung.messaging.queries import unspoken
from lumbung.reactions.letters import write_to

SOON = timedelta(days=2)
"""How long before a file is removed the member is told."""
States = ArticleRequest.States


def article_received_letter(entry: JournalEntry) -> None:
    """Once for each time a request is to be made, after a refusal taken back too: what was asked for, and what it will cost."""
    _write(entry, "article_received", when={States.ASKED, States.IN_WORK})


def article_ready_letter(entry: JournalEntry) -> None:
    """Once for each time a copy is made or its visit moved; not for one that is gone when its turn comes."""
    _write(entry, "article_ready", when={States.READY, States.DONE})


def article_refused_letter(entry: JournalEntry) -> None:
    """Once for each request that was refused, with the reason."""
    _write(entry, "article_refused", when={States.REFUSED})


@belongs_to("circulation")
def tell_of_ending_articles() -> int:
    """Write to those whose file will be removed within two days, once for each last day; how many letters."""
    return sum(_tell_of_end(asked) for asked in ending_articles(SOON))


def _tell_of_end(asked: ArticleRequest) -> bool:
    occasion = f"article-ending:{asked.pk}:{asked.until}"
    if asked.member is None or not unspoken([occasion]):
        return False
    try:
        return write_to(asked.member, "article_ending", _facts(asked), occasions=[occasion]) is not None
    except IntegrityError:
        return False  # another worker wrote it between our question and our letter


def _write(entry: JournalEntry, code: str, *, when: set[States]) -> None:
    occasion = f"{code}:{entry.pk}"
    rows = ArticleRequest.objects.select_related("record", "member__user", "pickup_branch", "place").defer(
        "record__marc", "record__findable"
    )
    asked = rows.filter(pk=entry.data["article_request"], state__in=when).first()
    if asked is not None and asked.member is not None and unspoken([occasion]):
        write_to(asked.member, code, _facts(asked), occasions=[occasion])


def _facts(asked: ArticleRequest) -> dict[str, Any]:
    """What the texts may say; ``cost`` is empty where nothing is charged."""
    return {
        "part": asked.part,
        "title": asked.record.title_told,
        "cost": rupiah(asked.cost) if asked.cost else "",
        "reason": asked.reason,
        "until": asked.until,
        "is_file": bool(asked.stored_file),
        "place": asked.where,
        "visit": asked.brought_on,
        "courier": asked.courier,
        "tracking": asked.tracking,
    }
