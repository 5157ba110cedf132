"""Training: a catalogue, sessions with seats, and certificates for those who enrolled and were there."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.domain import sessions
from lumbung.knowledge.domain.learning.walking import learnt, unlearnt
from lumbung.knowledge.events import training as happened
from lumbung.knowledge.models import Enrolment, PlanItem, Session, Training
from lumbung.knowledge.models.session import Kinds
from lumbung.knowledge.refusals import training as refusals
from lumbung.members.domain.clearance.letters import ALPHABET, CODE_LENGTH
from lumbung.organization.queries import library

FIELDS = frozenset({"title", "field", "aim", "points", "hours", "skill", "is_offered"})
MOST_SEATS, MOST_HOURS = 500, 400


@transaction.atomic
def add_course(*, by: User | None, **fields: Any) -> Training:
    """Put a training into the catalogue. Refuses one without title, aim or outline."""
    course = Training()
    _set(course, fields)
    course.save()
    events.record(happened.TrainingAdded(course=course.pk), by=by)
    return course


@transaction.atomic
def change_course(course: Training, *, by: User | None, **fields: Any) -> Training:
    """Change what is named; sessions that are planned keep what they said. Refuses like ``add_course``."""
    course = Training.objects.select_for_update().get(pk=course.pk)
    if changed := _set(course, fields):
        course.save(update_fields=changed)
        events.record(happened.TrainingChanged(course=course.pk, fields=changed), by=by)
    return course


def _set(course: Training, fields: dict[str, Any]) -> list[str]:
    changed = set_changed(course, fields, allowed=FIELDS)
    reasons: list[Reason] = [] if course.title and course.aim and course.points.strip() else [refusals.COURSE_INCOMPLETE()]
    if not 1 <= course.hours <= MOST_HOURS:
        reasons.append(refusals.COURSE_HOURS())
    if reasons:
        raise Refused(reasons)
    return changed


@transaction.atomic
def offer(course: Training, *, starts_at: datetime, seats: int, trainer: User, place: str = "", by: User | None) -> Session:
    """Hold the course on a day: a published session with its outline as agenda, and so many seats."""
    reasons: list[Reason] = [] if course.is_offered else [refusals.COURSE_NOT_OFFERED()]
    if not 1 <= seats <= MOST_SEATS:
        reasons.append(refusals.SEATS_WRONG())
    if starts_at <= clock.now():
        reasons.append(refusals.TRAINING_PAST())
    if reasons:
        raise Refused(reasons)
    session = sessions.plan(
        title=course.title, kind=Kinds.TRAINING, starts_at=starts_at, minutes_long=min(45 * course.hours, 480), place=place,
        expected_product=_("Peserta dapat: %(aim)s") % {"aim": course.aim}, facilitator=trainer, points=course.points, by=by,
    )  # fmt: skip
    session.course, session.seats = course, seats
    session.save(update_fields=["course", "seats"])
    events.record(happened.TrainingOffered(course=course.pk, session=session.pk, seats=seats), by=by)
    return sessions.publish(session, by=by)


@refuse_when_broken(one_has_one_seat_in_a_training=refusals.ALREADY_ENROLLED)
@transaction.atomic
def enrol(session: Session, *, by: User) -> Enrolment:
    """Take a seat. The session is locked, so that the last seat is taken once. Refuses a full training and one that has begun."""
    session = _locked(session)
    taken = session.enrolments.count()
    reasons: list[Reason] = []
    if session.enrolments.filter(person=by).exists():
        reasons.append(refusals.ALREADY_ENROLLED())
    elif taken >= (session.seats or 0):
        reasons.append(refusals.TRAINING_FULL())
    if _has_begun(session):
        reasons.append(refusals.TRAINING_BEGUN())
    if reasons:
        raise Refused(reasons)
    row = Enrolment.objects.create(session=session, person=by, at=clock.now())
    events.record(happened.TrainingEnrolled(session=session.pk, person=by.pk), by=by)
    return row


@transaction.atomic
def withdraw(session: Session, *, by: User) -> None:
    """Give the seat back, as long as the training has not begun."""
    session = _locked(session)
    reasons: list[Reason] = [] if session.enrolments.filter(person=by).exists() else [refusals.NOT_ENROLLED()]
    if _has_begun(session):
        reasons.append(refusals.TRAINING_BEGUN())
    if reasons:
        raise Refused(reasons)
    session.enrolments.filter(person=by).delete()
    events.record(happened.TrainingLeft(session=session.pk, person=by.pk), by=by)


@refuse_when_broken(a_certificate_has_a_number_of_its_own=refusals.NUMBERED_MEANWHILE)
@transaction.atomic
def certify(session: Session, *, by: User | None) -> list[Enrolment]:
    """Certificates, numbered in the order of enrolment, for all who enrolled and were there; those who have one keep it. What they had
    planned to learn by this course is learnt, and the certificate is the evidence. Refuses before the end, and where nobody was there.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("course").get(pk=session.pk)
    reasons: list[Reason] = [] if session.course else [refusals.NO_TRAINING()]
    if session.state == Session.States.CANCELLED or not session.is_over(clock.now()):
        reasons.append(refusals.TRAINING_NOT_HELD())
    present = session.attendances.filter(person__isnull=False).values("person")
    came = list(session.enrolments.select_for_update(of=("self",)).filter(person__in=present).select_related("person"))
    if not came:
        reasons.append(refusals.NOBODY_ATTENDED())
    if reasons:
        raise Refused(reasons)
    fresh = [each for each in came if not each.code]
    for each in fresh:
        _certify(each, session, by)
        learnt(each.person, course=session.course, by=by)
    return fresh


@transaction.atomic
def revoke(row: Enrolment, *, reason: str, by: User | None) -> Enrolment:
    """Make a certificate void from now on: whoever checks it is told so, and a plan that it had fulfilled is open again. Refuses
    without a reason, and where there is no certificate or it was revoked already.
    """
    row = _held(row)
    reasons: list[Reason] = [] if reason.strip() else [refusals.REVOKED_WITHOUT_REASON()]
    if row.revoked_at:
        reasons.append(refusals.CERTIFICATE_REVOKED(number=row.number))
    if reasons:
        raise Refused(reasons)
    row.revoked_at, row.revoked_because = clock.now(), reason.strip()[:300]
    row.save(update_fields=["revoked_at", "revoked_because"])
    fulfilled = PlanItem.objects.filter(person=row.person_id, course=row.session.course_id, done_at=row.certified_at)
    fulfilled.update(done_at=None, evidence="")
    if row.session.course is not None:
        unlearnt(row.person, row.session.course, by=by)
    events.record(happened.TrainingCertificateRevoked(**_told(row)), by=by)
    return row


@transaction.atomic
def restore(row: Enrolment, *, by: User | None) -> Enrolment:
    """Let a certificate that was revoked by mistake hold again, with its number and code, and fulfil what is planned again."""
    row = _held(row)
    if row.revoked_at is None:
        raise Refused(refusals.CERTIFICATE_HOLDS(number=row.number))
    row.revoked_at, row.revoked_because = None, ""
    row.save(update_fields=["revoked_at", "revoked_because"])
    _fulfil(row, row.session)
    learnt(row.person, course=row.session.course, by=by)
    events.record(happened.TrainingCertificateRestored(**_told(row)), by=by)
    return row


def _held(row: Enrolment) -> Enrolment:
    """The seat, locked; it carries a certificate."""
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("session__course", "person").get(pk=row.pk)
    if not row.code:
        raise Refused(refusals.NO_CERTIFICATE())
    return row


def _told(row: Enrolment) -> dict[str, int]:
    return {"session": row.session_id, "person": row.person_id, "enrolment": row.pk}


def _certify(row: Enrolment, session: Session, by: User | None) -> None:
    row.number, row.name, row.certified_at = _next_number(), row.person.name, clock.now()
    row.code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row.save(update_fields=["number", "code", "name", "certified_at"])
    _fulfil(row, session)
    events.record(happened.TrainingCertified(**_told(row)), by=by)


def _fulfil(row: Enrolment, session: Session) -> None:
    planned = PlanItem.objects.filter(person=row.person_id, course=session.course_id, done_at=None)
    planned.update(done_at=row.certified_at, evidence=_("Sertifikat %(number)s") % {"number": row.number})


def _next_number() -> str:
    """From one again every year: SERT/2026/001. Where two trainings are certified at once, the constraint has the last word."""
    series = f"SERT/{clock.today(library().zone).year}/"
    given = Enrolment.objects.filter(number__startswith=series).values_list("number", flat=True)
    last = max((int(each.removeprefix(series)) for each in given), default=0)
    return f"{series}{last + 1:03d}"


def _locked(session: Session) -> Session:
    session = sessions.locked(session)
    if session.course_id is None:
        raise Refused(refusals.NO_TRAINING())
    return session


def _has_begun(session: Session) -> bool:
    return session.starts_at is not None and session.starts_at <= clock.now()
