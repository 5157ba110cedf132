"""Weeding (penyiangan): copies proposed by criteria, looked through, approved with minutes, and taken back if need be."""

from lumbung.catalogue.domain.withdrawals.approving import approve_withdrawal, undo_withdrawal
from lumbung.catalogue.domain.withdrawals.proposing import Criteria, drop_withdrawal, keep_lines, propose_withdrawal

__all__ = ["Criteria", "approve_withdrawal", "drop_withdrawal", "keep_lines", "propose_withdrawal", "undo_withdrawal"]
