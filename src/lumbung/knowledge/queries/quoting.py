"""Articles as they may be quoted outside the house: the approved words, and who is named with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _

from lumbung.formats.prose.markdown import plain_of
from lumbung.knowledge.models import Article, ArticleVersion, Contribution
from lumbung.knowledge.queries.articles import CREDITS, public_articles, there_are_public_articles
from lumbung.knowledge.queries.finding import ranked

LONGEST = 600
CREDITS_OF_VERSION = Prefetch("article__contributions", CREDITS.queryset)
NAMED = frozenset({Contribution.Parts.AUTHOR, Contribution.Parts.SOURCE, Contribution.Parts.EDITOR})


@dataclass(frozen=True)
class Quotation:
    """An article in the version that everybody reads: what it is called, its gist, and under which names."""

    article: Article
    title: str
    text: str
    names: Sequence[str]

    @property
    def source(self) -> str:
        """What stands under a quotation: the article and its contributors; who does not wish to be named is not."""
        if not self.names:
            return _("artikel “%(title)s”") % {"title": self.title}
        return _("artikel “%(title)s” oleh %(names)s") % {"title": self.title, "names": ", ".join(self.names)}


def quotations_for(words: str, most: int, *, wholly: bool = False) -> list[Quotation]:
    """Public articles on these words, or ``wholly`` those alone that answer them, best first; nothing is asked where there is none."""
    if not words.strip() or not there_are_public_articles():
        return []
    keys = [key for _kind, key in ranked(words, kinds=["article"], wholly=wholly)]
    public = set(public_articles().filter(pk__in=keys).values_list("pk", flat=True))
    return quotations([key for key in keys if key in public][:most])


def quotations(keys: Sequence[int]) -> list[Quotation]:
    """Those of these articles that everybody may read today, in this order."""
    shown = public_articles().filter(pk__in=keys)
    texts = ArticleVersion.objects.filter(article__in=shown, number=F("article__published_version"))
    texts = texts.select_related("article__approved_by").prefetch_related(CREDITS_OF_VERSION).defer("article__body")
    published = {each.article_id: each for each in texts}
    return [_quoted(published[key]) for key in keys if key in published]


def _quoted(version: ArticleVersion) -> Quotation:
    gist = version.summary or next(iter(plain_of(version.body).split("\n")), "")
    names = (each.name for each in version.article.contributions.all() if each.part in NAMED)
    return Quotation(version.article, version.title, gist[:LONGEST], list(dict.fromkeys(filter(None, names))))
