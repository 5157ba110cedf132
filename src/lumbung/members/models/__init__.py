from lumbung.members.models.category import Category
from lumbung.members.models.member import Member, MemberIdentifier

__all__ = ["Category", "Member", "MemberIdentifier"]
