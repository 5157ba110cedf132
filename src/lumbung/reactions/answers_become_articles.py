"""An answer of the desk that was proposed as an article is there as a draft, in the circle of whoever proposed it."""

from lumbung.accounts.models import User
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.articles.beginning import begin_from, material_of


def answers_become_articles(entry: JournalEntry) -> None:
    """One draft for each who proposes it; nothing where the answer is gone or its proposer may not see it any more."""
    by = User.objects.filter(pk=entry.actor_id or 0).first()
    key = entry.data["known_answer"]
    if by is not None and material_of("answer", key, by) is not None:
        begin_from("answer", key, by=by)


REACTION = Reaction("answers_become_articles", ("AnswerProposedAsArticle",), answers_become_articles)
