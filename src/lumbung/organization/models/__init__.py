from lumbung.organization.models.barcode import Barcode
from lumbung.organization.models.branch import Branch, BranchGroup, Location
from lumbung.organization.models.calendar import Closure, HolidayList, OpeningHours, Period
from lumbung.organization.models.library import Library
from lumbung.organization.models.offering import Offering
from lumbung.organization.models.study import Faculty, StudyProgramme

__all__ = [
    "Barcode",
    "Branch",
    "BranchGroup",
    "Closure",
    "Faculty",
    "HolidayList",
    "Library",
    "Location",
    "Offering",
    "OpeningHours",
    "Period",
    "StudyProgramme",
]
