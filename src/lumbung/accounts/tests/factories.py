"""Users for tests. Everybody's password is ``PASSWORD``."""

from collections.abc import Iterable

import factory
from django.contrib.auth.hashers import make_password

from lumbung.accounts.models import RoleGrant, User

PASSWORD = "lumbung-padi-1908"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"pengguna{n}")
    name = factory.Sequence(lambda n: f"Pengguna {n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @factory.post_generation
    def roles(self: User, create: bool, extracted: Iterable[str] | None, **_: object) -> None:
        RoleGrant.objects.bulk_create(RoleGrant(user=self, role=role) for role in extracted or ())
