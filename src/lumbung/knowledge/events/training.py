"""What happened to training."""

from lumbung.kernel.events import Event, event


@event
class TrainingAdded(Event):
    """A training stands in the catalogue."""

    course: int


@event
class TrainingChanged(Event):
    """A training says something else now."""

    course: int
    fields: list[str]


@event
class TrainingOffered(Event):
    """A course is held on a day, with so many seats."""

    course: int
    session: int
    seats: int


@event
class TrainingEnrolled(Event):
    """Somebody took a seat."""

    session: int
    person: int


@event
class TrainingLeft(Event):
    """Somebody gave their seat back."""

    session: int
    person: int


@event
class TrainingCertified(Event):
    """Somebody who was there has a certificate."""

    session: int
    person: int
    enrolment: int


@event
class TrainingCertificateRevoked(Event):
    """A certificate is void; whoever checks it is told so."""

    session: int
    person: int
    enrolment: int


@event
class TrainingCertificateRestored(Event):
    """A certificate that had been revoked holds again."""

    session: int
    person: int
    enrolment: int
