from lumbung.organization.models.barcode import Barcode
from lumbung.organization.models.branch import Branch, Location
from lumbung.organization.models.calendar import Closure, OpeningHours, Period
from lumbung.organization.models.library import Library
from lumbung.organization.models.service import Service
from lumbung.organization.models.study import Faculty, StudyProgramme

__all__ = [
    "Barcode",
    "Branch",
    "Closure",
    "Faculty",
    "Library",
    "Location",
    "OpeningHours",
    "Period",
    "Service",
    "StudyProgramme",
]
