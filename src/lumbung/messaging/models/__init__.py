from lumbung.messaging.models.account import Account
from lumbung.messaging.models.delivery import Delivery, Occasion
from lumbung.messaging.models.dialogue import Dialogue, Understood
from lumbung.messaging.models.identity import Identity
from lumbung.messaging.models.incoming import Attachment, Inbound, Incoming
from lumbung.messaging.models.pace import Pace
from lumbung.messaging.models.policy import NoticePolicy, Wording
from lumbung.messaging.models.template import Template

__all__ = [
    "Account",
    "Attachment",
    "Delivery",
    "Dialogue",
    "Identity",
    "Inbound",
    "Incoming",
    "NoticePolicy",
    "Occasion",
    "Pace",
    "Template",
    "Understood",
    "Wording",
]
