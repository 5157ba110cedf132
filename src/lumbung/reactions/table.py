"""Every effect across parts, on one screen: which event sets off which reaction."""

from lumbung.kernel.jobs import Reaction

TABLE: list[Reaction] = []
