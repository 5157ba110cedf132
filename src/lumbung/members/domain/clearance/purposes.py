"""Purposes of letters and their conditions: what staff set up."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext

from lumbung.accounts.models import Role, User
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.places import exchanged
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain.clearance.checks import check_called, registered
from lumbung.members.domain.clearance.letter_form import PLACES, USUAL_TEXT
from lumbung.members.domain.clearance.numbering import faults_of_pattern
from lumbung.members.events import ClearanceConditionsChanged, ClearancePurposeAdded, ClearancePurposeChanged
from lumbung.members.models import Category, ClearanceCondition, ClearancePurpose
from lumbung.members.models.clearance import MOST_SIGNERS
from lumbung.members.refusals import (
    CHECK_UNKNOWN,
    CODE_EMPTY,
    CONDITION_IN_USE,
    LETTER_PLACE_UNKNOWN,
    LETTER_TEXT_EMPTY,
    NAME_EMPTY,
    NOBODY_VERIFIES,
    PURPOSE_CODE_TAKEN,
    PURPOSE_IN_USE,
    SIGNERS_ONE_TO_FOUR,
)
from lumbung.organization.models import StudyProgramme

FIELDS = frozenset(
    {
        "code", "name", "explanation", "is_open", "ends_membership", "becomes",
        "letter_title", "letter_text", "number_pattern", "place", "signers",
    }
)  # fmt: skip
CONDITION_FIELDS = frozenset({"kind", "check_code", "name", "way", "levels", "verifier_role"})
Signers = Sequence[Mapping[str, str]]
Kinds = ClearanceCondition.Kinds


@transaction.atomic
def add_purpose(*, code: str, name: str, by: events.Actor | None, **given: Any) -> ClearancePurpose:
    """Add a purpose. Refuses an empty or used code, a letter without text or with a place nobody fills, a number pattern that would
    give one number twice, and other than one to four signers."""
    given.setdefault("letter_title", gettext("Surat Keterangan Bebas Pustaka"))
    given.setdefault("letter_text", USUAL_TEXT)
    purpose = ClearancePurpose(code=code.strip(), name=name.strip(), **given)
    _refuse(_faults(purpose))
    purpose.save(force_insert=True)
    events.record(ClearancePurposeAdded(clearance_purpose=purpose.pk), by=by)
    return purpose


@transaction.atomic
def change_purpose(purpose: ClearancePurpose, *, by: events.Actor | None, **changes: Any) -> ClearancePurpose:
    """Change the named fields; refuses as ``add_purpose`` does. Letters issued before stay as they are."""
    purpose = ClearancePurpose.objects.select_for_update(of=("self",)).get(pk=purpose.pk)
    if changed := set_changed(purpose, changes, allowed=FIELDS):
        _refuse(_faults(purpose))
        purpose.save(update_fields=changed)
        events.record(ClearancePurposeChanged(clearance_purpose=purpose.pk, fields=changed), by=by)
    return purpose


@transaction.atomic
def remove_purpose(purpose: ClearancePurpose, *, by: events.Actor | None) -> None:
    """Remove a purpose nobody has applied for; one that was is closed instead (``is_open``)."""
    key = purpose.pk
    try:
        ClearancePurpose.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(PURPOSE_IN_USE(purpose=purpose.name)) from None
    events.record(ClearancePurposeChanged(clearance_purpose=key, fields=["removed"]), by=by)


@transaction.atomic
def set_condition(
    purpose: ClearancePurpose,
    *,
    by: events.Actor | None,
    condition: ClearanceCondition | None = None,
    categories: Iterable[Category] = (),
    programmes: Iterable[StudyProgramme] = (),
    verifiers: Iterable[User] = (),
    **given: Any,
) -> ClearanceCondition:
    """Add a condition to the purpose, or change one. Refuses one without a name, an automatic one whose check nobody registered,
    and any other that nobody could verify."""
    kept = condition or ClearanceCondition(purpose=purpose, position=purpose.conditions.count() + 1)
    set_changed(kept, given, allowed=CONDITION_FIELDS)
    check = check_called(kept.check_code) if kept.kind == Kinds.AUTOMATIC else None
    if kept.kind != Kinds.AUTOMATIC:
        kept.check_code = ""
    elif check is not None:
        kept.name = kept.name or str(check.name)
    verifiers = list(verifiers)
    _refuse(_faults_of_condition(kept, verifiers))
    kept.save()
    kept.categories.set(categories)
    kept.programmes.set(programmes)
    kept.verifiers.set(verifiers)
    events.record(ClearanceConditionsChanged(clearance_purpose=purpose.pk), by=by)
    return kept


@transaction.atomic
def remove_condition(condition: ClearanceCondition, *, by: events.Actor | None) -> None:
    """Remove a condition to which nothing was answered yet."""
    try:
        ClearanceCondition.objects.get(pk=condition.pk).delete()
    except ProtectedError:
        raise Refused(CONDITION_IN_USE(condition=condition.name)) from None
    events.record(ClearanceConditionsChanged(clearance_purpose=condition.purpose_id), by=by)


@transaction.atomic
def move_condition(condition: ClearanceCondition, *, up: bool, by: events.Actor | None) -> None:
    """Let the condition stand one place earlier or later; at the end of the row nothing happens."""
    row = ClearanceCondition.objects.select_for_update(of=("self",)).filter(purpose=condition.purpose_id)
    if order := exchanged(row, condition, up=up):
        ClearanceCondition.objects.bulk_update(order, ["position"])
        events.record(ClearanceConditionsChanged(clearance_purpose=condition.purpose_id), by=by)


def default_purposes() -> list[dict[str, Any]]:
    """What a new library begins with; the letters of graduation, transfer and resignation end the membership, that of leave does not."""
    return [
        {"code": "wisuda", "name": gettext("Wisuda"), "becomes": "alumni"},
        {"code": "cuti", "name": gettext("Cuti kuliah"), "ends_membership": False},
        {"code": "pindah", "name": gettext("Pindah kampus")},
        {"code": "undur-diri", "name": gettext("Mengundurkan diri atau pensiun")},
    ]


@transaction.atomic
def create_default_purposes(*, by: events.Actor | None, place: str = "", signers: Signers = ()) -> list[ClearancePurpose]:
    """Add those of the default purposes whose code is not there yet, each with every check that is registered."""
    alumni = {category.code: category for category in Category.objects.filter(code="alumni")}
    usual = list(signers) or [
        {"name": gettext("Nama kepala perpustakaan"), "role": gettext("Kepala Perpustakaan"), "number": ""}
    ]
    made = []
    for each in default_purposes():
        if ClearancePurpose.objects.filter(code=each["code"]).exists():
            continue
        becomes = alumni.get(each.pop("becomes", ""))
        purpose = add_purpose(by=by, place=place, signers=usual, becomes=becomes, **each)
        for check in (each for each in registered() if each.usual):
            set_condition(purpose, kind=Kinds.AUTOMATIC, check_code=check.code, name=str(check.name), by=by)
        if purpose.code == "wisuda":
            _ask_for_thesis(purpose, by)
        made.append(purpose)
    return made


def _ask_for_thesis(purpose: ClearancePurpose, by: events.Actor | None) -> None:
    set_condition(
        purpose,
        kind=Kinds.UPLOAD,
        name=gettext("Lembar pengesahan dan pernyataan publikasi tugas akhir"),
        way=gettext(
            "Unggah satu PDF atau foto yang jelas: lembar pengesahan yang sudah ditandatangani dan pernyataan publikasi."
        ),
        levels=["D3", "D4", "S1", "S2", "S3", "Profesi", "Sp"],
        verifier_role=Role.LIBRARIAN.value,
        by=by,
    )
    set_condition(
        purpose,
        kind=Kinds.VERIFIER,
        name=gettext("Bebas pustaka fakultas"),
        way=gettext("Perpustakaan atau tata usaha fakultas Anda memeriksanya; Anda tidak perlu datang kecuali diminta."),
        verifier_role=Role.VERIFIER.value,
        by=by,
    )


def _faults(purpose: ClearancePurpose) -> list[Reason]:
    reasons = [*([] if purpose.code else [CODE_EMPTY()]), *([] if purpose.name else [NAME_EMPTY()])]
    if ClearancePurpose.objects.filter(code=purpose.code).exclude(pk=purpose.pk).exists():
        reasons.append(PURPOSE_CODE_TAKEN(code=purpose.code))
    if not purpose.letter_text.strip():
        reasons.append(LETTER_TEXT_EMPTY())
    unknown = sorted(set(re.findall(r"\{[^}]*\}?", purpose.letter_text)) - PLACES)
    reasons += [LETTER_PLACE_UNKNOWN(place=each) for each in unknown]
    reasons += faults_of_pattern(purpose.number_pattern)
    named = [each for each in purpose.signers if each.get("name") and each.get("role")]
    if not 1 <= len(named) == len(purpose.signers) <= MOST_SIGNERS:
        reasons.append(SIGNERS_ONE_TO_FOUR())
    return reasons


def _faults_of_condition(condition: ClearanceCondition, verifiers: list[User]) -> list[Reason]:
    reasons = [] if condition.name else [NAME_EMPTY()]
    if condition.kind == Kinds.AUTOMATIC:
        return reasons if check_called(condition.check_code) else [*reasons, CHECK_UNKNOWN(code=condition.check_code)]
    return reasons if condition.verifier_role or verifiers else [*reasons, NOBODY_VERIFIES()]


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
