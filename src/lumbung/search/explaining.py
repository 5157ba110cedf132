"""Why a document stands where it stands: every hypothesis of the query, and what it is worth for the document and its neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lumbung.search.documents import Query
from lumbung.search.filters import filters_of
from lumbung.search.interface import Engine
from lumbung.search.plan import All, Any, Best, Better, But, Node, Worth, worths
from lumbung.search.planning import plan_of
from lumbung.search.relaxing import relaxed

FARTHEST = 500


@dataclass(frozen=True, slots=True)
class Placed:
    """A document at its place. ``score`` is ``sum`` times ``factor``, which loans, holds and the year make a little more than one."""

    key: int
    place: int
    score: float
    sum: float

    @property
    def factor(self) -> float:
        return self.score / self.sum if self.sum else 1.0


@dataclass(frozen=True, slots=True)
class Tested:
    """A hypothesis, what it is worth, and the keys it holds for."""

    why: str
    words: str
    score: float
    holds_for: frozenset[int]


@dataclass(frozen=True, slots=True)
class Explanation:
    """``total`` answers; those ``placed`` near the one asked for; and every hypothesis that holds for one of them."""

    total: int
    placed: Sequence[Placed]
    tested: Sequence[Tested]
    relaxed: bool


def explain(query: Query, engine: Engine, *, key: int | None = None, around: int = 2) -> Explanation:
    """The places around the document ``key``, or the first ones when it is not among the first FARTHEST."""
    plan, filters = plan_of(query), filters_of(query)
    [total] = engine.counts([plan.node(filters)])
    if not total and plan.must:
        plan, _ = relaxed(plan, filters, engine.counts)
        [total] = engine.counts([plan.node(filters)])
    node = plan.node(filters)
    ranked = engine.best(node, FARTHEST)
    at = next((place for place, (each, _) in enumerate(ranked) if each == key), around)
    shown = list(enumerate(ranked, 1))[max(0, at - around) : max(0, at - around) + 2 * around + 1]
    keys = [each for _, (each, _) in shown]
    holds = {worth: frozenset(engine.matched(worth.part, keys)) for worth in dict.fromkeys(worths(node))} if keys else {}
    placed = [Placed(each, place, score, sum_of(node, each, holds)) for place, (each, score) in shown]
    tested = [Tested(worth.why, worth.words, worth.score, found) for worth, found in holds.items() if found]
    return Explanation(total, placed, tested, plan.relaxed)


def sum_of(node: Node, key: int, holds: Mapping[Worth, frozenset[int]]) -> float:
    """What the node is worth for the document, before it is raised."""
    match node:
        case Worth(_, score):
            return score if key in holds[node] else 0.0
        case Best(parts, others):
            scores = [sum_of(part, key, holds) for part in parts]
            return max(scores) + others * (sum(scores) - max(scores))
        case All(parts) | Any(parts):
            return sum(sum_of(part, key, holds) for part in parts)
        case Better(part, bonuses):
            return sum(sum_of(each, key, holds) for each in (part, *bonuses))
        case But(part):
            return sum_of(part, key, holds)
        case _:
            return 0.0
