"""Gates, purposes and visits for tests: the main door of the central library."""

import factory

from lumbung.kernel import clock
from lumbung.organization.tests.factories import BranchFactory
from lumbung.spaces.models import Gate, Visit, VisitPurpose


class GateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Gate

    branch = factory.SubFactory(BranchFactory)
    name = factory.Sequence(lambda n: "Pintu utama" if n == 0 else f"Pintu {n}")


class PurposeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitPurpose

    name = factory.Sequence(lambda n: f"Tujuan {n}")
    position = factory.Sequence(int)


class VisitFactory(factory.django.DjangoModelFactory):
    """A guest without a name, now; ``member=`` makes it a member's."""

    class Meta:
        model = Visit

    gate = factory.SubFactory(GateFactory)
    branch = factory.SelfAttribute("gate.branch")
    kind = factory.LazyAttribute(lambda visit: "member" if visit.member else "guest")
    member = None
    came_at = factory.LazyFunction(clock.now)
    day = factory.LazyAttribute(lambda visit: visit.came_at.astimezone(visit.branch.zone).date())
    hour = factory.LazyAttribute(lambda visit: visit.came_at.astimezone(visit.branch.zone).hour)
    channel = "gate"
