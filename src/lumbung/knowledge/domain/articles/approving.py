"""From draft to valid: submitted, approved by somebody else until a day, looked at again, archived."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.formats.prose.markdown import plain_of
from lumbung.kernel import clock, events
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import finding
from lumbung.knowledge.domain.articles.credits import Parts, credit
from lumbung.knowledge.domain.articles.sharing import share, somebody_approves
from lumbung.knowledge.domain.articles.templates import unfilled
from lumbung.knowledge.events.articles import (
    ArticleArchived,
    ArticleBroughtBack,
    ArticleConfirmed,
    ArticlePublished,
    ArticleSentBack,
    ArticleSubmitted,
)
from lumbung.knowledge.models import Article, Remark
from lumbung.knowledge.permissions import LEAD, MANAGE
from lumbung.knowledge.queries.articles import may_write, there_are_public_articles, today
from lumbung.knowledge.refusals import articles as refusals

SHORTEST = 80
FARTHEST_YEARS = 3


@transaction.atomic
def submit(article: Article, *, by: User) -> Article:
    """Ask for approval of the newest version. Refuses with everything that is still missing."""
    current = _locked(article)
    reasons = [refusals.TEMPLATE_UNFILLED(part=part) for part in unfilled(current.body)]
    if not current.summary:
        reasons.append(refusals.SUMMARY_EMPTY())
    if len(plain_of(current.body)) < SHORTEST:
        reasons.append(refusals.BODY_TOO_SHORT())
    if not current.topics.exists():
        reasons.append(refusals.TOPIC_MISSING())
    if not may_write(by, current):
        reasons.append(refusals.NOT_YOURS_TO_WRITE())
    if not somebody_approves(current):
        reasons.append(refusals.NOBODY_TO_APPROVE())
    if reasons := [*reasons, *_against_submitting(current)]:
        raise Refused(reasons)
    current.submitted_at = clock.now()
    current.save(update_fields=["submitted_at"])
    events.record(ArticleSubmitted(article=current.pk, version=current.version), by=by)
    return current


@transaction.atomic
def share_and_submit(article: Article, *, by: User, **circle: Any) -> Article:
    """Let ``circle`` read it and ask for approval, both or neither. Refuses what either refuses."""
    return submit(share(article, **circle, by=by), by=by)


def _against_submitting(article: Article) -> list[Reason]:
    if article.state == Article.States.ARCHIVED:
        return [refusals.IS_ARCHIVED()]
    if article.submitted_at:
        return [refusals.ALREADY_SUBMITTED()]
    return [refusals.NOTHING_NEW()] if article.published_version == article.version else []


@transaction.atomic
def approve(article: Article, *, review_on: date, by: User) -> Article:
    """The submitted version is what readers see now, valid until ``review_on``. Nobody approves what they wrote themselves, except
    whoever leads the library."""
    current = _locked(article)
    reasons = _day_faults(review_on)
    if current.submitted_at is None:
        reasons.append(refusals.NOTHING_TO_APPROVE())
    if _wrote(by, current) and not may(by, LEAD):
        reasons.append(refusals.OWN_APPROVAL())
    if reasons:
        raise Refused(reasons)
    current.state, current.published_version, current.submitted_at = Article.States.PUBLISHED, current.version, None
    current.approved_at, current.approved_by, current.review_on = clock.now(), by, review_on
    current.save()
    credit(current, by, Parts.REVIEWER, by=by)
    events.record(ArticlePublished(article=current.pk, version=current.version, review_on=review_on.isoformat()), by=by)
    finding.put(current)
    there_are_public_articles.changed()
    return current


def _wrote(person: User, article: Article) -> bool:
    return person.pk == article.owner_id or article.versions.filter(number=article.version, by=person).exists()


@transaction.atomic
def send_back(article: Article, *, because: str, by: User) -> Article:
    """Not yet: the reason becomes a remark that the next version answers."""
    current = _locked(article)
    reasons = [] if because.strip() else [refusals.REASON_EMPTY()]
    if current.submitted_at is None:
        reasons.append(refusals.NOTHING_TO_APPROVE())
    if reasons:
        raise Refused(reasons)
    current.submitted_at = None
    current.save(update_fields=["submitted_at"])
    Remark.objects.create(article=current, text=because.strip(), by=by, at=clock.now())
    events.record(ArticleSentBack(article=current.pk, version=current.version), by=by)
    return current


@transaction.atomic
def confirm(article: Article, *, review_on: date, by: User) -> Article:
    """Looked at again and still right: valid until another day. For the owner and whoever approves."""
    current = _locked(article)
    reasons = _day_faults(review_on)
    if current.state != Article.States.PUBLISHED:
        reasons.append(refusals.NOT_PUBLISHED())
    if by.pk != current.owner_id and not may(by, MANAGE):
        reasons.append(refusals.NOT_YOURS_TO_WRITE())
    if reasons:
        raise Refused(reasons)
    current.review_on = review_on
    current.save(update_fields=["review_on"])
    events.record(ArticleConfirmed(article=current.pk, review_on=review_on.isoformat()), by=by)
    return current


@transaction.atomic
def archive(article: Article, *, because: str, by: User) -> Article:
    """Put the article away, with the reason: nobody deletes it, and old addresses still say what became of it."""
    current = _locked(article)
    reasons = [] if because.strip() else [refusals.REASON_EMPTY()]
    if current.state == Article.States.ARCHIVED:
        reasons.append(refusals.IS_ARCHIVED())
    if by.pk != current.owner_id and not may(by, MANAGE):
        reasons.append(refusals.NOT_YOURS_TO_WRITE())
    if reasons:
        raise Refused(reasons)
    current.state, current.archived_at, current.archived_because = Article.States.ARCHIVED, clock.now(), because.strip()[:300]
    current.submitted_at = None
    current.save()
    events.record(ArticleArchived(article=current.pk), by=by)
    finding.put(current)
    return current


@transaction.atomic
def bring_back(article: Article, *, by: User) -> Article:
    """Out of the archive, as a draft: it must be approved again before anybody relies on it."""
    current = _locked(article)
    reasons = [] if current.state == Article.States.ARCHIVED else [refusals.NOT_ARCHIVED()]
    if by.pk != current.owner_id and not may(by, MANAGE):
        reasons.append(refusals.NOT_YOURS_TO_WRITE())
    if reasons:
        raise Refused(reasons)
    current.state, current.archived_at, current.archived_because = Article.States.DRAFT, None, ""
    current.published_version = None
    current.save()
    events.record(ArticleBroughtBack(article=current.pk), by=by)
    finding.put(current)
    return current


def _day_faults(review_on: date) -> list[Reason]:
    now = today()
    if review_on <= now:
        return [refusals.REVIEW_DAY_PAST()]
    if review_on > now + timedelta(days=366 * FARTHEST_YEARS):
        return [refusals.REVIEW_DAY_FAR(years=FARTHEST_YEARS)]
    return []


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
