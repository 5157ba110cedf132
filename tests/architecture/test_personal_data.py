"""Personal data is kept nowhere unknown: whatever refers to a member, or to their account as its owner, says how it is read and erased."""

from lumbung.accounts.models import User
from lumbung.members.domain.privacy.holdings import registered
from lumbung.members.models import Member


def test_every_model_that_refers_to_a_person_belongs_to_a_holding():
    told = {name for each in registered() for name in each.models}
    of_members = [each for each in Member._meta.get_fields(include_hidden=True) if each.is_relation and each.auto_created]
    referring = {relation.related_model._meta.label for relation in [*of_members, *User._meta.related_objects]}
    assert referring - told == set()
