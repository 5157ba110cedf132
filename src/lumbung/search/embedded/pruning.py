"""What is asked, without what no document has and without what adds nothing to the rest: half of the forms of most words.

The answers and their scores are the same, to the last. Each list of documents that need not be gone through is saved once for the order
of the answers and once for each part of the counts.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from lumbung.search.documents import TEXT_FIELDS
from lumbung.search.fields import TOKEN_FIELDS
from lumbung.search.plan import All, Any, Best, Better, But, Node, Nothing, Phrase, Term, Worth
from lumbung.search.planning import Plan

Frequency = Callable[[str, str], int]
"""How many documents have the token in the field."""

_WORDS = frozenset((*TEXT_FIELDS, *TOKEN_FIELDS))


def pruned(plan: Plan, frequency: Frequency) -> Plan:
    """The same plan for one state of the index."""
    pruning = _Pruning(lru_cache(maxsize=None)(frequency))
    return replace(
        plan,
        must=tuple([(part, pruning.node(node)) for part, node in plan.must]),
        must_not=pruning.some(plan.must_not),
        better=pruning.some(plan.better),
        enough=plan.enough and pruning.node(plan.enough),
        exactly=plan.exactly and pruning.node(plan.exactly),
    )


class _Pruning:
    def __init__(self, frequency: Frequency) -> None:
        self._frequency = frequency

    def some(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Those that match anything."""
        return tuple([each for each in map(self.node, nodes) if not isinstance(each, Nothing)])

    def node(self, node: Node) -> Node:  # noqa: PLR0911 -- one for each kind
        match node:
            case Term(field, str(token)) if field in _WORDS:
                return node if self._frequency(field, token) else Nothing()
            case Phrase(field, tokens):
                return node if all(self._frequency(field, token) for token in tokens) else Nothing()
            case Worth(part):
                left = self.node(part)
                return left if isinstance(left, Nothing) else replace(node, part=left)
            case All(parts):
                all_left = self.some(parts)
                return All(all_left) if len(all_left) == len(parts) else Nothing()
            case Any(parts, at_least):
                left_of_any = self.some(parts)
                return self._alone(Any(left_of_any, at_least)) if len(left_of_any) >= at_least else Nothing()
            case Best(parts, others):
                best = self.some(parts)
                return self._alone(Best(best if others else self._without_lesser(best), others)) if best else Nothing()
            case Better(part, bonuses):
                return Better(self.node(part), self.some(bonuses))
            case But(part, without):
                return But(self.node(part), self.some(without))
            case _:
                return node

    @staticmethod
    def _alone(node: Any | Best) -> Node:
        return node.parts[0] if len(node.parts) == 1 else node

    def _without_lesser(self, parts: tuple[Node, ...]) -> tuple[Node, ...]:
        """Of several ways to meet a word in one place the best one counts: without those all of whose documents a better one has."""
        kept: list[Node] = []
        better: list[Term] = []
        for part in sorted(parts, key=lambda each: -each.score if isinstance(each, Worth) else 0):
            match part:
                case Worth(Term() as term):
                    if not self._is_among(term, better):
                        kept.append(part)
                        better.append(term)
                case Worth(Any(ways, 1)):
                    left = tuple([way for way in ways if not (isinstance(way, Term) and self._is_among(way, better))])
                    if left:
                        kept.append(replace(part, part=self._alone(Any(left))))
                case _:
                    kept.append(part)
        return tuple(kept)

    def _is_among(self, term: Term, better: list[Term]) -> bool:
        """Whether what has the term has one of the others: the same, or the word written so, letter by letter, by as many documents."""
        if term in better:
            return True
        exact = Term(f"{term.field}_exact", term.value)
        return exact in better and self._frequency(exact.field, str(term.value)) == self._frequency(term.field, str(term.value))
