"""Every effect across parts, on one screen: which event sets off which reaction, and what happens every night."""

from datetime import time

from lumbung.kernel.jobs import Nightly, Reaction
from lumbung.kernel.jobs.upkeep import forget_finished_tasks

TABLE: list[Reaction] = []

NIGHTLY: list[Nightly] = [
    Nightly("forget_finished_tasks", time(3, 30), forget_finished_tasks),
]
