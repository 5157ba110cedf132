"""From whatever happened to an article that is nearly written: each kind of object says what it gives, and a draft is made of it.

``register("incident", material)`` at start-up; parts above let theirs (a conversation, an answer) become articles the same way.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.writing import Text, start_article
from lumbung.knowledge.domain.finding import roots_of
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.models import Article, Topic, Trace
from lumbung.knowledge.refusals.articles import NOTHING_TO_BEGIN_FROM
from lumbung.knowledge.tracing import Links, Ref

MOST_TOPICS = 3


@dataclass(frozen=True)
class Material:
    """What there is to write from: the article as far as it can be told, its topics by name, and whoever it was learnt from."""

    text: Text
    form: Article.Forms = Article.Forms.LESSON
    topics: Collection[str] = ()
    sources: Collection[User] = ()


Gather = Callable[[int, Any], Material | None]
_gatherers: dict[str, Gather] = {}


def register(kind: str, gather: Gather) -> None:
    """Let objects of this kind begin articles. ``gather(key, viewer)`` is None where the viewer may not see it, or it tells nothing."""
    if kind in _gatherers:
        raise ValueError(f"two gatherers for {kind}")
    _gatherers[kind] = gather


def begins_articles(kind: str) -> bool:
    return kind in _gatherers


def material_of(kind: str, key: int, viewer: Any) -> Material | None:
    """What an article of this object would begin with, for whoever may see it."""
    gather = _gatherers.get(kind)
    return gather(key, viewer) if gather else None


@transaction.atomic
def begin_from(kind: str, key: int, *, title: str = "", by: User) -> Article:
    """A draft in the circle of ``by`` alone, traced to where it comes from and crediting who it was learnt from. Asked for again, it
    is the draft they have. Refuses where there is nothing to begin from."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a finger that pressed twice must not begin two
    if (there := _begun(kind, key, by)) is not None:
        return there
    material = material_of(kind, key, by)
    if material is None:
        raise Refused(NOTHING_TO_BEGIN_FROM())
    text = Text(title or material.text.title, material.text.summary, material.text.body)
    article = start_article(text, form=material.form, topics=_topics(material), by=by)
    for person in material.sources:
        if person != by:
            credit(article, person, Parts.SOURCE, by=by)
    link(Ref(kind, key), article, Links.COMPILED, by=by)
    return article


def _begun(kind: str, key: int, by: User) -> Article | None:
    made = Trace.objects.filter(kind=Links.COMPILED, from_kind=kind, from_key=key, to_kind="article").values("to_key")
    return Article.objects.filter(pk__in=made, owner=by).exclude(state=Article.States.ARCHIVED).first()


def _topics(material: Material) -> list[Topic]:
    """Those it names, else those whose words its title and summary say."""
    named = list(Topic.objects.filter(name__in=material.topics))
    if named:
        return named
    said = set(roots_of(f"{material.text.title} {material.text.summary}"))
    return [each for each in Topic.objects.all() if (asked := set(roots_of(each.name))) and asked <= said][:MOST_TOPICS]
