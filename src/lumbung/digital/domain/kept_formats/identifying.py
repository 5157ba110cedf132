"""Telling of which format each content is: soon after it came, and again when the signatures know more or somebody asks."""

import logging
from contextlib import ExitStack
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from lumbung.digital.domain import store
from lumbung.digital.domain.kept_formats.proposals import proposal_for
from lumbung.digital.events import FormatIdentified, IdentificationAsked
from lumbung.digital.models import KeptContent, KeptFormat
from lumbung.digital.queries.preservation import names_of
from lumbung.digital.refusals import CONTENT_MISSING
from lumbung.formats import pronom
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused

logger = logging.getLogger(__name__)

AT_ONCE = 20
FAILED = "–"
"""What a content is said to be known by of which the program cannot say anything without breaking off."""


def identify_due() -> bool:
    """Identify some of the contents that wait for it; whether more may wait. Steady work. A storage that is away is asked again later."""
    waiting = list(KeptContent.objects.to_identify().order_by("pk")[:AT_ONCE])
    try:
        return identify_all(waiting) and len(waiting) == AT_ONCE
    except pronom.Unidentifiable as error:
        logger.warning("contents cannot be identified now: %s", error)
        return False


def contents_are_unidentified() -> bool:
    """Whether a content waits to be identified."""
    return KeptContent.objects.to_identify().exists()


def identify_all(contents: list[KeptContent]) -> bool:
    """Identify these contents and keep what was found; False when the storage was away for one of them.

    What is missing is handed to the fixity check, and waits. Raises ``Unidentifiable`` when the program itself does not run.
    """
    names, is_there = names_of(contents), True
    with ExitStack() as held:
        found = []
        for content in contents:
            try:
                found.append((content, held.enter_context(store.on_disk(content.sha256))))
            except Refused as refused:
                is_there = is_there and refused.codes == [CONTENT_MISSING.code]
                KeptContent.objects.filter(pk=content.pk).update(check_after=clock.now())
        told = _told([(path, names.get(content.sha256, "")) for content, path in found])
    for (content, _path), (format_, tool) in zip(found, told, strict=True):
        _keep(content, format_, tool)
    return is_there


def identify_again(*, by: events.Actor | None) -> int:
    """Let every content be identified again in the background; how many."""
    return _ask_again(KeptContent.objects.all(), by)


def identify_with_new_signatures() -> int:
    """Let the contents be identified again that were with other signatures than we have now; how many. For the night."""
    return _ask_again(KeptContent.objects.exclude(identified_with__in=["", pronom.tool()]), None)


@transaction.atomic
def _ask_again(contents: QuerySet[KeptContent], by: events.Actor | None) -> int:
    count = contents.update(identify_due=True)
    if count:
        events.record(IdentificationAsked(count=count), by=by)
    return count


def _told(files: list[tuple[Path, str]]) -> list[tuple[pronom.Format, str]]:
    """What each is, and with what it was found. When one of them breaks the program, each is asked about alone."""
    if not files:
        return []
    try:
        found = pronom.identify(files)
    except pronom.Unidentifiable:
        if len(files) > 1:
            return [answer for each in files for answer in _told([each])]
        return [(pronom.Format("", basis=FAILED), pronom.tool())]
    return [(each, found.tool) for each in found.formats]


@transaction.atomic
def _keep(content: KeptContent, found: pronom.Format, tool: str) -> None:
    row = KeptContent.objects.select_for_update(of=("self",)).select_related("format").filter(pk=content.pk).first()
    if row is None:
        return
    before = row.format.puid if row.format is not None else ""
    is_news = (before, row.identified_with) != (found.puid, tool)
    row.format = _format(found) if found.puid else None
    row.identified_at, row.identified_with, row.identify_due = clock.now(), tool[:200], False
    row.identified_by = "; ".join(each for each in (found.basis, found.warning) if each)[:300]
    row.save(update_fields=["format", "identified_at", "identified_with", "identified_by", "identify_due"])
    if is_news:
        events.record(FormatIdentified(content=row.pk, sha256=row.sha256, puid=found.puid, tool=tool), by=None)


def _format(found: pronom.Format) -> KeptFormat:
    facts = {"name": found.name[:200], "version": found.version[:60], "media_type": found.media_type[:200]}
    risk = proposal_for(found.puid)[0]
    return KeptFormat.objects.get_or_create(puid=found.puid, defaults={**facts, "risk": risk})[0]
