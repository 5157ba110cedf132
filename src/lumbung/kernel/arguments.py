"""Numbers on the command line that must lie within bounds: kinds of argument for argparse."""

from argparse import ArgumentTypeError
from collections.abc import Callable

from django.utils.translation import gettext as _

LARGEST_PORT = 65_535


def number_from(least: int, most: int | None = None) -> Callable[[str], int]:
    """A kind of argument: a whole number from ``least`` on, up to ``most`` where that is told.

    Anything else is refused with these bounds.
    """

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least or (most is not None and number > most):
            said = _("“%(text)s” tidak dapat dipakai; isi bilangan mulai %(least)s")
            if most is not None:
                said = _("“%(text)s” tidak dapat dipakai; isi bilangan %(least)s sampai %(most)s")
            raise ArgumentTypeError(said % {"text": text, "least": least, "most": most})
        return number

    return read


port_number = number_from(0, LARGEST_PORT)
"""A port to listen on; 0 lets the system choose one."""
