"""How often one caller may check codes of letters, so that they can be neither guessed nor harvested."""

from lumbung.accounts.domain.rates import Allowance

CHECKS_A_MINUTE = 20

_allowance = Allowance(CHECKS_A_MINUTE)


def seconds_to_wait(caller: str) -> int:
    """Count one check of the caller's; 0 when it is allowed, else the seconds to wait."""
    return _allowance.seconds_to_wait(caller)
