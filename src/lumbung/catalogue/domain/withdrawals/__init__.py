"""Weeding (penyiangan): copies proposed by criteria, looked through, approved with minutes, and taken back if need be.

What concerns few copies is done at once; what concerns many is left ``is_under_way`` for the background, which goes on where it was.
"""

from lumbung.catalogue.domain.withdrawals.approving import approve_withdrawal, run_withdrawal
from lumbung.catalogue.domain.withdrawals.criteria import Criteria
from lumbung.catalogue.domain.withdrawals.proposing import (
    drop_withdrawal,
    keep_lines,
    prepare_withdrawal,
    propose_withdrawal,
)
from lumbung.catalogue.domain.withdrawals.undoing import take_back_withdrawal, undo_withdrawal

__all__ = [
    "Criteria",
    "approve_withdrawal",
    "drop_withdrawal",
    "keep_lines",
    "prepare_withdrawal",
    "propose_withdrawal",
    "run_withdrawal",
    "take_back_withdrawal",
    "undo_withdrawal",
]
