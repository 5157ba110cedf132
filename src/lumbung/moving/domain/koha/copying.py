"""What Koha's circulation rules say of copies of articles and chapters, in our terms."""

from lumbung.moving.domain.koha.told import Group, Terms, Told, count, single

_ARTICLES = {"": "no", "no": "no", "yes": "yes", "item_only": "item", "bib_only": "title"}


def _articles(told: Told, lost: set[str]) -> Terms:
    """Whether parts are copied, of the title, of a copy, or of either."""
    text = told.values.get("article_requests")
    if text is None or text in _ARTICLES:
        return {} if text is None else {"article_scope": _ARTICLES[text]}
    lost.add("article_requests")
    return {}


def _article_fee(told: Told, lost: set[str]) -> Terms:
    """A blank is none. Koha charges it when the copy is asked for; here it is charged when the copy is made."""
    text = told.values.get("article_request_fee")
    return {} if text is None else count("article_fee", text or "0", "article_request_fee", lost)


GROUPS_OF_ARTICLES: dict[str, Group] = {
    "article_scope": Group(frozenset({"article_requests"}), _articles),
    "article_limit": single("article_limit", "open_article_requests_limit", None),
    "article_fee": Group(frozenset({"article_request_fee"}), _article_fee),
}
"""By the first of the terms they say."""
