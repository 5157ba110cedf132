"""A plan that asks less, for when nothing has all that was asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from lumbung.search.analysis import words_of
from lumbung.search.expansion import expansions_of
from lumbung.search.plan import Node
from lumbung.search.planning import Plan, node_of_part, whole_of, with_other_ways
from lumbung.search.rarity import rare_enough, worth_of_rarity
from lumbung.search.syntax import Group, Kind, Part, clauses_in, parse

FEWEST_TO_SPARE_ONE = 3

Counts = Callable[[Sequence[Node]], list[int]]
"""How many documents each node matches, asked all at once."""


def relaxed(plan: Plan, filters: Sequence[Node], counts: Counts) -> tuple[Plan, list[str]]:
    """The plan with less asked, until something is found: phrases become words, words that occur nowhere are left out, then as
    many of the rest as any document has, or the one that is rarer than all others. Also the words left out."""
    looser = _without_phrases(plan)
    found = counts([replace(looser, must=(each,)).node(filters) for each in looser.must])
    known = tuple(each for each, count in zip(looser.must, found, strict=True) if count)
    left_out = [
        clause.text for part, _ in looser.must if part not in {each for each, _ in known} for clause in clauses_in([part])
    ]
    if not known:
        return _nearly_said(looser, filters, counts) or (plan, left_out)
    often, nodes = [count for count in found if count], [node for _, node in known]
    better = (*whole_of([part for part, _ in known]), *worth_of_rarity(nodes, often))
    looser = replace(looser, better=better, must=known, relaxed=True)
    fewer = [replace(looser, at_least=at_least if at_least < len(known) else None) for at_least in range(len(known), 0, -1)]
    found = counts([each.node(filters) for each in fewer])
    most = next((each for each, count in zip(fewer, found, strict=True) if count), fewer[-1])
    return most if most.at_least is None else replace(most, enough=rare_enough(nodes, often)), left_out


def _nearly_said(plan: Plan, filters: Sequence[Node], counts: Counts) -> tuple[Plan, list[str]] | None:
    """All words but one of what the words stand for, when nothing has those either: SIM, some *sistem informasi*."""
    texts = [text for other in expansions_of(plan.words) for text in other.texts]
    asked = [parse(text).parts for text in texts if len(words_of(text)) >= FEWEST_TO_SPARE_ONE]
    nearly = [
        replace(plan, must=tuple(must), better=tuple(whole_of(parts)), at_least=len(must) - 1, relaxed=True)
        for parts in asked
        if len(must := [(part, node) for part in parts if (node := node_of_part(part)) is not None]) >= FEWEST_TO_SPARE_ONE
    ]
    found = counts([each.node(filters) for each in nearly])
    return next(((each, []) for each, count in zip(nearly, found, strict=True) if count), None)


def _without_phrases(plan: Plan) -> Plan:
    parts = [each for part, _ in plan.must for each in _loosened(part)]
    return replace(plan, must=tuple((part, node) for part, node in with_other_ways(parts) if node is not None))


def _loosened(part: Part) -> list[Part]:
    """The words of a clause one by one; a group stays as it is."""
    if isinstance(part, Group):
        return [part]
    if part.kind not in {Kind.WORD, Kind.PHRASE} or part.field in {"identifier", "class"}:
        return [part]
    return [replace(part, text=word, kind=Kind.WORD) for word in part.text.split()]
