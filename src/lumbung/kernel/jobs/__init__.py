"""Background work: reactions to journal entries and nightly jobs, at least once, retried with back-off.

Two kinds of reaction. A *task* reaction runs once per entry, as a Django task enqueued in the verb's transaction. A *coalesced*
reaction (the search index) takes many entries at a time, drained by the worker a few times a second. Both must be idempotent.
"""

from lumbung.kernel.jobs.nightly import Nightly, every_night
from lumbung.kernel.jobs.reactions import Reaction, Unavailable, react, replayed, schedule

__all__ = ["Nightly", "Reaction", "Unavailable", "every_night", "react", "replayed", "schedule"]
