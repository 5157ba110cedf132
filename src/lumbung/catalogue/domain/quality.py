"""What records lack or have wrong: one record looked at, and the whole catalogue surveyed in the background."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from lumbung.catalogue.domain.record_selection import RecordSelection
from lumbung.catalogue.events_of_many import QualitySurveyed
from lumbung.catalogue.models import Defect, QualitySurvey, Record, RecordDefect, RecordHeading
from lumbung.catalogue.models.titles_of_copies import copies_counted
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.checking import Finding, Level, findings
from lumbung.kernel import clock, events, rows

STRETCH = 500
KEPT = 400
_CLASSES = {"050", "060", "080", "082", "084", "090", "092", "099"}
_SUBJECTS = {"600", "610", "611", "630", "648", "650", "651", "653", "655"}
_CREATORS = {"100", "110", "111", "700", "710", "711", "720"}
_CARRIERS = ("336", "337", "338")
_FIXED = {"LDR", "006", "007", "008"}
_NUMBERS = {"isbn": Defect.BAD_ISBN, "issn": Defect.BAD_ISSN}
SHORTEST_SHOUT = 8


def defects_of(record: Record, *, has_items: bool, unlinked: bool) -> list[str]:
    """The defects of the record, in the order of ``Defect``; what stands beside it in other rows is told."""
    marc = record.marc_record
    tags = {each.tag for each in marc.fields}
    found = set(_wrong(marc))
    lacking = {
        Defect.NO_CLASS: not tags & _CLASSES,
        Defect.NO_SUBJECT: not tags & _SUBJECTS,
        Defect.NO_CREATOR: not tags & _CREATORS,
        Defect.NO_YEAR: record.year is None,
        Defect.NO_LANGUAGE: not record.language,
        Defect.NO_FIXED: "008" not in tags,
        Defect.NO_CARRIER: not tags.issuperset(_CARRIERS),
        Defect.SHOUTED: _is_shouted(record.title),
        Defect.UNLINKED: unlinked,
        Defect.NO_ITEMS: not has_items and "856" not in tags,
    }
    found |= {defect for defect, holds in lacking.items() if holds}
    return [each.value for each in Defect if each in found]


def _wrong(marc: Marc) -> set[Defect]:
    found = set()
    for each in findings(marc):
        if each.kind in _NUMBERS:
            found.add(_NUMBERS[each.kind])
        elif each.tag in _FIXED and each.level is not Level.HINT and not _is_uncoded(each):
            found.add(Defect.BAD_FIXED)
        elif each.level is Level.ERROR:
            found.add(Defect.MALFORMED)
    return found


def _is_uncoded(finding: Finding) -> bool:
    """A place left blank where MARC 21 has no blank: nobody coded it, which is no wrong code."""
    return finding.kind == "place" and not finding.facts.get("code", "").strip("# ")


def _is_shouted(title: str) -> bool:
    return sum(map(str.isalpha, title)) >= SHORTEST_SHOUT and title.upper() == title


def defects_now(records: Sequence[Record]) -> dict[int, list[str]]:
    """The defects that these records have at this moment, by key. Records need ``marc``."""
    keys = [each.pk for each in records]
    held = copies_counted(keys)
    loose = RecordHeading.objects.filter(record__in=keys, authority__isnull=True, whole=False)
    unlinked = set(loose.order_by().values_list("record", flat=True).distinct())
    return {each.pk: defects_of(each, has_items=each.pk in held, unlinked=each.pk in unlinked) for each in records}


@transaction.atomic
def begin_survey() -> QualitySurvey:
    """A survey to be carried out, or the one that is under way."""
    survey, _ = QualitySurvey.objects.select_for_update().get_or_create(
        is_under_way=True, defaults={"started_at": clock.now(), "expected": Record.objects.count()}
    )
    return survey


def survey_quality(*, by: events.Actor | None = None) -> QualitySurvey:
    """Look through the whole catalogue, a stretch at a time; asked again after a stop, it goes on."""
    survey = begin_survey()
    for keys in RecordSelection(after=survey.reached).stretches(STRETCH):
        _look_at(survey.pk, keys)
    return _finish(survey.pk, by)


@transaction.atomic
def _look_at(survey: int, keys: Sequence[int]) -> None:
    row = QualitySurvey.objects.select_for_update().get(pk=survey)
    if not row.is_under_way or row.reached >= keys[-1]:
        return  # another process has been here
    found = defects_now(list(Record.objects.filter(pk__in=keys)))
    RecordDefect.objects.filter(record__gt=row.reached, record__lte=keys[-1]).delete()
    rows.insert(RecordDefect, ("record_id", "defect"), [(key, defect) for key, told in found.items() for defect in told])
    counts = Counter(row.counts)
    counts.update(defect for told in found.values() for defect in told)
    row.counts, row.reached = dict(counts), keys[-1]
    row.records += len(found)
    row.sound += sum(not told for told in found.values())
    row.save(update_fields=["counts", "reached", "records", "sound"])


@transaction.atomic
def _finish(key: int, by: events.Actor | None) -> QualitySurvey:
    survey = QualitySurvey.objects.select_for_update().get(pk=key)
    if survey.is_under_way:
        survey.is_under_way, survey.finished_at = False, clock.now()
        survey.save(update_fields=["is_under_way", "finished_at"])
        events.record(QualitySurveyed(survey=survey.pk, records_seen=survey.records), by=by)
        old = QualitySurvey.objects.values_list("pk", flat=True)[KEPT:]
        QualitySurvey.objects.filter(pk__in=list(old)).delete()
    return survey
