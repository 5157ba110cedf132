from lumbung.cooperation.models.named_host import NamedHost
from lumbung.cooperation.models.rules import SharingRules
from lumbung.cooperation.models.shared_record import KeptIdentifier, SharedRecord, Theses
from lumbung.cooperation.models.source import Source, SourceRecord, SourceTrouble
from lumbung.cooperation.models.visit import HarvestVisit

__all__ = [
    "HarvestVisit",
    "KeptIdentifier",
    "NamedHost",
    "SharedRecord",
    "SharingRules",
    "Source",
    "SourceRecord",
    "SourceTrouble",
    "Theses",
]
