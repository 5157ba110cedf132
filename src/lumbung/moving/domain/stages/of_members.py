"""What stages share whose rows are each a member's."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar

from lumbung.members.models import Member
from lumbung.moving.domain.plain import Owed, Permitted
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.refusals import MEMBER_MISSING

OfMember = TypeVar("OfMember", Owed, Permitted)


class StageOfMembers(Stage[OfMember]):
    """One by one, each with its member; rows of a member who did not come are told."""

    def bring_in(self, fresh: Sequence[OfMember]) -> None:
        for row in fresh:
            member = self.work.origins.key("member", row.member)
            if member is None:
                self.work.reject(row, MEMBER_MISSING(member=row.member))
            elif self.work.pretend:
                self.came(row, None)
            else:
                self.give(row, Member.objects.get(pk=member))

    @abstractmethod
    def give(self, row: OfMember, member: Member) -> None:
        """Store the row for the member, and note with ``came`` what it became."""
