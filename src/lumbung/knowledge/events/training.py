"""What happened to training."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True)
class TrainingAdded(Event):
    """A training stands in the catalogue."""

    course: int


@dataclass(frozen=True)
class TrainingChanged(Event):
    """A training says something else now."""

    course: int
    fields: list[str]


@dataclass(frozen=True)
class TrainingOffered(Event):
    """A course is held on a day, with so many seats."""

    course: int
    session: int
    seats: int


@dataclass(frozen=True)
class TrainingEnrolled(Event):
    """Somebody took a seat."""

    session: int
    person: int


@dataclass(frozen=True)
class TrainingLeft(Event):
    """Somebody gave their seat back."""

    session: int
    person: int


@dataclass(frozen=True)
class TrainingCertified(Event):
    """Somebody who was there has a certificate."""

    session: int
    person: int
    enrolment: int


@dataclass(frozen=True)
class TrainingCertificateRevoked(Event):
    """A certificate is void; whoever checks it is told so."""

    session: int
    person: int
    enrolment: int


@dataclass(frozen=True)
class TrainingCertificateRestored(Event):
    """A certificate that had been revoked holds again."""

    session: int
    person: int
    enrolment: int
