"""Sessions for tests: published, yesterday at nine, with one point."""

from datetime import timedelta

import factory

from lumbung.kernel import clock
from lumbung.knowledge.models import AgendaPoint, Session


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Diskusi {n}")
    state = "published"
    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=1))
    expected_product = "Notulen"

    @factory.post_generation
    def points(self: Session, create: bool, extracted: list[str] | None, **_: object) -> None:
        for n, title in enumerate(extracted or ["Antrean siang"], start=1):
            AgendaPoint.objects.create(session=self, position=n, title=title)
