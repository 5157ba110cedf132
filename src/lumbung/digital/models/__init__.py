from lumbung.digital.models.deposit import Deposit, DepositFile, DepositKinds, DepositPerson, DepositRemark, DepositStates
from lumbung.digital.models.deposit_batch import BatchStates, DepositBatch
from lumbung.digital.models.deposit_rules import DepositRule, PermanentIdentifier, ReturnReason, RubricLine
from lumbung.digital.models.file import File, Levels, Parts
from lumbung.digital.models.incoming_bag import IncomingBag, IncomingFile, IncomingStates
from lumbung.digital.models.kept_content import Conditions, KeptContent
from lumbung.digital.models.kept_format import KeptFormat, Risks
from lumbung.digital.models.legal_deposit import LegalDeposit, LegalDepositCopy, LegalDepositKinds, LegalDepositStates
from lumbung.digital.models.lending import EHold, ELoan, Lending
from lumbung.digital.models.reading import FileUse, Mark, Position
from lumbung.digital.models.reading_apps import Licence, LockedPublication, Passphrase, ReadingDevice
from lumbung.digital.models.scan import ScanRound, ScanStates, VirusScan
from lumbung.digital.models.sitting import Sitting
from lumbung.digital.models.takedown import TakedownRequest
from lumbung.digital.models.terms import ScanPolicies, Terms
from lumbung.digital.models.words import PageText, WordReading

__all__ = [
    "BatchStates",
    "Conditions",
    "Deposit",
    "DepositBatch",
    "DepositFile",
    "DepositKinds",
    "DepositPerson",
    "DepositRemark",
    "DepositRule",
    "DepositStates",
    "EHold",
    "ELoan",
    "File",
    "FileUse",
    "IncomingBag",
    "IncomingFile",
    "IncomingStates",
    "KeptContent",
    "KeptFormat",
    "LegalDeposit",
    "LegalDepositCopy",
    "LegalDepositKinds",
    "LegalDepositStates",
    "Lending",
    "Levels",
    "Licence",
    "LockedPublication",
    "Mark",
    "PageText",
    "Parts",
    "Passphrase",
    "PermanentIdentifier",
    "Position",
    "ReadingDevice",
    "ReturnReason",
    "Risks",
    "RubricLine",
    "ScanPolicies",
    "ScanRound",
    "ScanStates",
    "Sitting",
    "TakedownRequest",
    "Terms",
    "VirusScan",
    "WordReading",
]
