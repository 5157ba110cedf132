from lumbung.members.models.category import Category
from lumbung.members.models.clearance import (
    ClearanceAnswer,
    ClearanceApplication,
    ClearanceCondition,
    ClearancePeriod,
    ClearancePurpose,
)
from lumbung.members.models.clearance_letter import ClearanceHook, ClearanceLetter, ClearanceRun, LetterCounter
from lumbung.members.models.member import Member, MemberIdentifier
from lumbung.members.models.privacy import Consent, ConsentPurpose, Look, PrivacyRequest
from lumbung.members.models.roster import Roster, RosterRow

__all__ = [
    "Category",
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
    "LetterCounter",
    "Look",
    "Member",
    "MemberIdentifier",
    "PrivacyRequest",
    "Roster",
    "RosterRow",
]
