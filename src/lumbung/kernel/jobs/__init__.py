"""Background work: reactions to journal entries and nightly jobs, at least once, retried with back-off.

Steady work finds for itself what is to be done.

Two kinds of reaction. A *task* reaction runs once per entry, as a Django task enqueued in the verb's transaction. A *coalesced*
reaction (the search index) takes many entries at a time, drained by the worker a few times a second. Both must be idempotent.
"""

from lumbung.kernel.jobs.nightly import Nightly, every_night
from lumbung.kernel.jobs.reactions import Reaction, Unavailable, react, replayed, schedule
from lumbung.kernel.jobs.steady import Steady, steadily

__all__ = ["Nightly", "Reaction", "Steady", "Unavailable", "every_night", "react", "replayed", "schedule", "steadily"]
