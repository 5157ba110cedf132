from lumbung.spaces.models.gate import Gate, VisitPurpose
from lumbung.spaces.models.visit import Visit

__all__ = ["Gate", "Visit", "VisitPurpose"]
