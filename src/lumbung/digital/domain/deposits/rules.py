"""What the library asks of deposits, and the words of its reviewers."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from lumbung.digital.domain.deposits.naming import is_pattern
from lumbung.digital.events import DepositRuleSet, DepositWordsSet
from lumbung.digital.models import DepositRule, ReturnReason, RubricLine
from lumbung.digital.refusals import LIMIT_OF_SIMILARITY_OUT_OF_RANGE, NAME_PATTERN_UNREADABLE
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.turns import wait_for_turn
from lumbung.organization.models import StudyProgramme

FIELDS = frozenset(
    {
        "similarity_limit",
        "supervisors",
        "asks_approval",
        "review_days",
        "largest_mb",
        "name_pattern",
        "closed_level",
        "opens_first_chapter",
    }
)
MOST_LINES = 30


@transaction.atomic
def set_rule(programme: StudyProgramme | None, *, by: events.Actor | None, **fields: Any) -> DepositRule:
    """Say what is asked of deposits of a programme, or of all that have no rule of their own. Refuses with every fault."""
    wait_for_turn("digital.deposit_rules")
    rule = DepositRule.objects.filter(programme=programme).first()
    rule = rule or DepositRule(programme=programme)
    set_changed(rule, fields, allowed=FIELDS)
    if reasons := _faults(rule):
        raise Refused(reasons)
    rule.save()
    events.record(DepositRuleSet(rule=rule.pk), by=by)
    return rule


def _faults(rule: DepositRule) -> list[Reason]:
    reasons = [] if is_pattern(rule.name_pattern) else [NAME_PATTERN_UNREADABLE(pattern=rule.name_pattern)]
    if rule.similarity_limit is not None and rule.similarity_limit > 100:  # noqa: PLR2004 -- a percentage
        reasons.append(LIMIT_OF_SIMILARITY_OUT_OF_RANGE())
    return reasons


@transaction.atomic
def set_words(*, rubric: list[str], reasons: list[str], by: events.Actor | None) -> None:
    """The lines of the rubric and the reasons for sending back, in their order. Those that are left out are offered no more."""
    _set(RubricLine, rubric)
    _set(ReturnReason, reasons)
    events.record(DepositWordsSet(rubric=len(rubric), reasons=len(reasons)), by=by)


def _set(model: type[RubricLine] | type[ReturnReason], lines: list[str]) -> None:
    wanted = list(dict.fromkeys(" ".join(each.split())[:200] for each in lines if each.strip()))[:MOST_LINES]
    model.objects.exclude(text__in=wanted).update(is_active=False)
    for position, text in enumerate(wanted):
        model.objects.update_or_create(text=text, defaults={"position": position, "is_active": True})


def usual_words() -> tuple[list[str], list[str]]:
    """What most campuses look at, and why they send back."""
    return (
        [
            _("Judul, nama, dan NIM sama dengan lembar pengesahan"),
            _("Abstrak lengkap dalam dua bahasa, dengan kata kunci"),
            _("Lembar pengesahan bertanda tangan lengkap"),
            _("Berkas lengkap, urut, dan terbaca"),
            _("Sertifikat kemiripan di bawah batas program studi"),
            _("Lisensi dan akses sesuai persetujuan penulis"),
        ],
        [
            _("Lembar pengesahan belum ditandatangani lengkap."),
            _("Judul pada formulir berbeda dengan naskah."),
            _("Abstrak bahasa Inggris belum ada atau belum lengkap."),
            _("Ada bab atau lampiran yang belum diunggah."),
            _("Hasil pindai tidak terbaca; unggah PDF asli dari pengolah kata."),
            _("Sertifikat kemiripan melewati batas program studi."),
        ],
    )


def create_default_words(*, by: events.Actor | None) -> None:
    """The usual words, where a library has none of its own yet. Part of a verb."""
    if not RubricLine.objects.exists() and not ReturnReason.objects.exists():
        with override(settings.LANGUAGE_CODE):
            rubric, reasons = usual_words()
        set_words(rubric=rubric, reasons=reasons, by=by)
