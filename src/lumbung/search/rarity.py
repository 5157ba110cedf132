"""How rare words count where nothing has all the words: of *lagu chrisye* the name says what is sought."""

from collections.abc import Sequence

from lumbung.search.plan import Node, Worth
from lumbung.search.ranking import MUCH_RARER, RARER


def worth_of_rarity(nodes: Sequence[Node], often: Sequence[int]) -> list[Node]:
    """What each word is worth besides, for being rarer than the most common one: all of it counts before what the words are worth."""
    steps = [(max(often) // count).bit_length() - 1 for count in often]
    return [Worth(node, RARER * step, "rarity") for node, step in zip(nodes, steps, strict=True) if step]


def rare_enough(nodes: Sequence[Node], often: Sequence[int]) -> Node | None:
    """The word that is so much rarer than every other that it alone says what is sought."""
    rarest, *others = sorted(often)
    return nodes[often.index(rarest)] if others and rarest * MUCH_RARER <= others[0] else None
