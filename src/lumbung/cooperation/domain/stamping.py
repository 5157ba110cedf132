"""When what is handed on changed, and in which order: a moment for those who ask from and until, a serial for those who read on."""

from lumbung.cooperation.models import SharedRecord
from lumbung.kernel import clock
from lumbung.kernel.turns import wait_for_turn

APART = 60
"""The clocks of several machines may differ by so many seconds, and one be set back by as many: moments do not go back by that."""


def next_stamps(count: int) -> tuple[int, range]:
    """The moment and the serials of so many changes. To be called in the transaction that writes them.

    Whoever asks next waits until that has ended. So nobody can see a change without all those of lower serials, and who reads on from
    the last that they saw misses none.

    The moment is the coming second: an answer given before the change could be seen is not later than it.
    """
    wait_for_turn("cooperation.stamps")
    coming = int(clock.now().timestamp()) + 1
    latest = SharedRecord.objects.order_by("-moment").values_list("moment", flat=True).first() or 0
    last = SharedRecord.objects.order_by("-serial").values_list("serial", flat=True).first() or 0
    return latest if coming < latest <= coming + APART else coming, range(last + 1, last + 1 + count)
