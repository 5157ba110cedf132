"""What the library does when many wait."""

from lumbung.circulation.models import Urgency
from lumbung.kernel.remembered import remembered


@remembered()
def urgency() -> Urgency:
    """The settings; the defaults where nothing was set."""
    return Urgency.objects.first() or Urgency()
