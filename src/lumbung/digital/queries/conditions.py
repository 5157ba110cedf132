"""What holds for all digital files of this library."""

from lumbung.digital.models import Terms
from lumbung.kernel.remembered import remembered


@remembered()
def terms() -> Terms:
    """The library's terms; the defaults until somebody changes them."""
    return Terms.objects.first() or Terms(pk=1)
