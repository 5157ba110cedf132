from lumbung.members.models.breach import Breach
from lumbung.members.models.category import Category
from lumbung.members.models.channel_link import ChannelLink, LinkAttempt, LinkCode
from lumbung.members.models.clearance import (
    ClearanceAnswer,
    ClearanceApplication,
    ClearanceCondition,
    ClearancePeriod,
    ClearancePurpose,
)
from lumbung.members.models.clearance_letter import ClearanceHook, ClearanceLetter, ClearanceRun, LetterCounter
from lumbung.members.models.joining import JoinRequest
from lumbung.members.models.member import Member, MemberIdentifier
from lumbung.members.models.merger import FormerCard, MemberMerger, MemberPair
from lumbung.members.models.privacy import Consent, ConsentPurpose, Look, PrivacyRequest
from lumbung.members.models.roster import Roster, RosterRow
from lumbung.members.models.run import MemberRun

__all__ = [
    "Breach",
    "Category",
    "ChannelLink",
    "ClearanceAnswer",
    "ClearanceApplication",
    "ClearanceCondition",
    "ClearanceHook",
    "ClearanceLetter",
    "ClearancePeriod",
    "ClearancePurpose",
    "ClearanceRun",
    "Consent",
    "ConsentPurpose",
    "FormerCard",
    "JoinRequest",
    "LetterCounter",
    "LinkAttempt",
    "LinkCode",
    "Look",
    "Member",
    "MemberIdentifier",
    "MemberMerger",
    "MemberPair",
    "MemberRun",
    "PrivacyRequest",
    "Roster",
    "RosterRow",
]
