from lumbung.spaces.models.gate import Gate, Purpose
from lumbung.spaces.models.visit import Visit

__all__ = ["Gate", "Purpose", "Visit"]
