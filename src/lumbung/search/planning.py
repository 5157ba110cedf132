"""From what was typed to a plan: which hypotheses about the reader's wish are put to the index, and what they are worth.

How they are weighed stands in ``ranking``; how they are asked, in each engine; how less is asked when nothing has all of it, in
``relaxing``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lumbung.search.analysis import (
    ROOT_FIELDS,
    analyse,
    forms_of,
    headings_of,
    is_function_word,
    is_own_root,
    ways_to_name,
    words_of,
)
from lumbung.search.documents import EXACT_FIELDS, TEXT_FIELDS, Query
from lumbung.search.expansion import expansions_of
from lumbung.search.filters import from_year_to_year
from lumbung.search.identifiers import classes_from, forms_of_identifier, looks_like_class
from lumbung.search.masks import MaskedWord, masked_word
from lumbung.search.plan import (
    All,
    Any,
    Best,
    Better,
    But,
    Everything,
    Node,
    Nothing,
    Prefix,
    Term,
    Worth,
    all_of,
    any_of,
    sequence,
)
from lumbung.search.ranking import FIELDS, FORMS, FUNCTION_WORD, OTHERS, PREFERRED, WHOLE
from lumbung.search.syntax import (
    MASK,
    SHORTEST_STEM,
    Clause,
    Kind,
    Notice,
    Part,
    are_years,
    clauses_in,
    parse,
    says_nothing,
    years_of,
)
from lumbung.search.words.compounds import parted
from lumbung.search.words.names import is_initials, is_title_as_asked

MOST_PAIRS = 8
OTHER_WAYS_IN = ("title", "subject")
_PREPOSITION = re.compile(r"(di|ke)(bawah|atas|dalam|luar|depan|belakang|antara|samping|sini|sana|mana|tengah|balik)")


@dataclass(frozen=True, slots=True)
class Plan:
    """A query in parts: what must hold each (or ``at_least`` so many of them), what must not, and what only raises the rank.

    ``held`` must hold however little else is asked: years that were named as a field, which narrow down as a filter does.
    ``relaxed``: less is asked than was typed, and what has ``enough`` answers too. ``nothing``: a text without a word in it, which
    finds nothing. ``exactly``: a query that was planned by who asks it, and stands for all of these.
    """

    must: tuple[tuple[Part, Node], ...] = ()
    held: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    better: tuple[Node, ...] = ()
    nothing: bool = False
    notices: tuple[tuple[Notice, str], ...] = ()
    at_least: int | None = None
    relaxed: bool = False
    enough: Node | None = None
    exactly: Node | None = None

    @property
    def words(self) -> list[str]:
        """What must be there, as typed."""
        return [clause.text for clause in clauses_in([part for part, _ in self.must])]

    def node(self, filters: Iterable[Node] = ()) -> Node:
        """The whole query, with its filters."""
        if self.nothing:
            return Nothing()
        if self.exactly is not None:
            return All((self.exactly, *filters))
        parts = tuple(node for _, node in self.must)
        asked = all_of(list(parts)) if self.at_least is None else Any(parts, self.at_least)
        asked = asked if self.enough is None else Best((asked, self.enough))
        core = all_of([*([asked] if self.must or not self.held else []), *self.held, *filters])
        kept = But(core, self.must_not) if self.must_not else core
        return Better(kept, self.better) if self.better else kept


def plan_of(query: Query) -> Plan:
    """The plan of the query's words, or what it asks exactly. Never raises."""
    if query.exactly is not None:
        return Plan(exactly=query.exactly)
    words = query.words
    reading = parse(words)
    built = [(part, node) for part, node in with_other_ways(reading.parts) if node is not None]
    spare = _titles_of_people(reading.parts)
    asked = [(part, node) for part, node in built if not part.excluded and part not in spare]
    must = tuple((part, node) for part, node in asked if not are_years(part))
    held = tuple(node for part, node in asked if are_years(part))
    must_not = tuple(node for part, node in built if part.excluded)
    are_title = all(name == "title" for name, _ in query.preferred)
    better = whole_of(reading.parts) if are_title else []  # of a name that was said to be one, no title is meant
    if spare:
        better += [
            *whole_of([part for part in reading.parts if part not in spare]),
            *(node for part, node in built if part in spare),
        ]
    nothing = not says_nothing(words) and not built
    better += [*_typed_besides(query, reading.parts), *_in_their_fields(query)]
    return Plan(must, held, must_not, tuple(better), nothing, reading.notices)


def _in_their_fields(query: Query) -> list[Node]:
    """Each word that was said to be of a field, there."""
    told = [(name, word) for name, text in query.preferred for word in words_of(text)]
    met = [(_word(word, (name,)), word) for name, word in dict.fromkeys(told)]
    return [Worth(node, PREFERRED, "preferred", word) for node, word in met if node is not None]


def _typed_besides(query: Query, asked: Sequence[Part]) -> list[Node]:
    """What was typed beside the words that must be there, and all of it together."""
    parts = parse(query.typed).parts if query.typed else ()
    others = [node for part in parts if part not in asked and (node := node_of_part(part)) is not None]
    return [*whole_of(parts), *others] if others else []


def _titles_of_people(parts: Sequence[Part]) -> list[Part]:
    """The titles beside a name (Dr. Siti Aminah, M.Si.): they need not stand in the record, which may have the name alone."""
    words = [part for part in parts if isinstance(part, Clause) and part.kind is Kind.WORD and not part.excluded]
    titles: list[Part] = [part for part in words if part.field in {None, "creator"} and is_title_as_asked(part.text)]
    return titles if len(titles) < len(words) else []


def with_other_ways(parts: Sequence[Part]) -> list[tuple[Part, Node | None]]:
    """Each part with its node. Plain words side by side are also met written as one (mikro ekonomi, mikroekonomi), said in
    another way (SDM, sumber daya manusia), and as a name whose initials are written out (Toer, P.A.)."""
    nodes = [node_of_part(part) for part in parts]
    match parts:
        case [Clause(text, Kind.WORD, None, False)] if looks_like_class(text) and (below := _class(text)) is not None:
            _also(nodes, 0, 1, [below])
    for first, last in _runs(parts):
        texts = [part.text for part in parts[first:last] if isinstance(part, Clause)]
        for at, pair in enumerate(pairwise(texts), first):
            joined = "".join(token for text in pair for token in analyse(text).folded)
            if joined.isalpha():
                _also(nodes, at, at + 2, [_worth(_as_one(name, joined), name, "variant", joined) for name in OTHER_WAYS_IN])
        for at, text in enumerate(texts, first):
            if is_initials(text) and (named := _name(texts)) is not None:
                _also(nodes, at, at + 1, [named])
        for other in expansions_of(texts):
            ways = [way for text in other.texts for way in _synonym(text)]
            _also(nodes, first + other.first, first + other.last, ways)
    return list(zip(parts, nodes, strict=True))


def _also(nodes: list[Node | None], first: int, last: int, ways: list[Node]) -> None:
    """Let each of these nodes be met by any of the ways too."""
    for at in range(first, last):
        if (node := nodes[at]) is not None and ways:
            nodes[at] = Best((node, *ways))


def _as_one(name: str, joined: str) -> Node:
    """Two words written as one, and of a compound that the language knows its family (budi daya, pembudidayaan)."""
    families = [_of_family(name, root) for root in forms_of(joined).roots if parted(root)]
    return any_of([Term(name, joined), *families])


def _name(texts: Sequence[str]) -> Node | None:
    """The words as a name, of which the initials may be written out; None where there is nothing but initials."""
    written = [
        node for text in texts if not is_initials(text) for word in words_of(text) if (node := _word(word, ("creator",)))
    ]
    return all_of([*(_initials(text) for text in texts if is_initials(text)), *written]) if written else None


def _initials(text: str) -> Node:
    letters = [f"{letter}." for letter in words_of(text)]
    return _worth(all_of([Term("creator_name", letter) for letter in letters]), "creator", "initial", text)


def _synonym(text: str) -> list[Node]:
    """Another way to say what was asked, in the places that tell what a document is about."""
    words = words_of(text)
    tokens = tuple(token for word in words for token in forms_of(word).folded)
    if not tokens:
        return []
    return [_worth(_said_in(name, words, tokens), name, "synonym", text) for name in OTHER_WAYS_IN]


def _said_in(name: str, words: Sequence[str], tokens: tuple[str, ...]) -> Node:
    roots = [any_of([_of_family(name, root) for root in forms_of(word).roots]) for word in words]
    return any_of([sequence(name, tokens), all_of(roots)])


def _runs(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Where plain words follow each other."""
    runs: list[tuple[int, int]] = []
    for at, part in enumerate(parts):
        if not _is_plain(part):
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _is_plain(part: Part) -> bool:
    return isinstance(part, Clause) and part.kind is Kind.WORD and part.field is None and not part.excluded


def node_of_part(part: Part) -> Node | None:
    if isinstance(part, Clause):
        return node_of(part)
    nodes = [(each, node) for each in part.parts if (node := node_of_part(each)) is not None]
    wanted = [node for each, node in nodes if not each.excluded]
    unwanted = tuple(node for each, node in nodes if each.excluded)
    if part.any:
        wanted += [But(Everything(), (each,)) for each in unwanted]
        return any_of(wanted) if wanted else None
    if not nodes:
        return None
    return But(all_of(wanted), unwanted) if unwanted else all_of(wanted)


def node_of(clause: Clause) -> Node | None:
    """What one clause asks for; None when there is no word in it."""
    if clause.kind is Kind.YEARS:
        return from_year_to_year(*(years_of(clause.text) or (None, None)))
    fields = (clause.field,) if clause.field else TEXT_FIELDS
    if clause.field == "identifier" and clause.kind is not Kind.PREFIX:
        return _identifier(clause.text)
    if clause.field == "class":
        return _class(clause.text)
    if clause.kind is not Kind.WORD:
        reader = {Kind.PREFIX: _prefix, Kind.MASKED: _masked, Kind.PHRASE: _phrase}[clause.kind]
        return reader(clause.text, fields)
    words = [node for word in words_of(clause.text) if (node := _word(word, fields)) is not None]
    if clause.field == "creator" and is_initials(clause.text):
        return Best((all_of(words), _initials(clause.text)))
    return all_of(words) if words else None


def node_of_word(word: str) -> Node:
    """One plain word, wherever it may stand."""
    return node_of(Clause(word)) or Nothing()


def _word(word: str, fields: Sequence[str]) -> Node | None:
    """The word in any of the fields, in any of its forms; in each field the best one counts."""
    places = [ways[0] if len(ways) == 1 else Best(tuple(ways)) for name in fields if (ways := _ways(word, name))]
    return Best(tuple(places), OTHERS) if places else None


def _ways(word: str, name: str) -> list[Node]:
    if name == "identifier":
        found = _identifier(word)
        return [found] if found is not None else []
    if name == "class":
        return []
    forms = forms_of(word)
    ways: list[Node] = []
    if name in EXACT_FIELDS:
        ways.append(_worth(Term(f"{name}_exact", word), name, "exact", word))
    if forms.folded:
        ways.append(_worth(sequence(name, forms.folded), name, "folded", word))
    ways += [_worth(Term(name, each), name, "variant", word) for each in forms.variants]
    if split := _PREPOSITION.fullmatch(word):
        ways.append(_worth(sequence(name, (split[1], split[2])), name, "variant", word))
    if name in OTHER_WAYS_IN and not is_function_word(word):
        pairs = [pair for each in dict.fromkeys((*forms.folded, *forms.roots)) for pair in parted(each)]
        ways += [_worth(sequence(name, pair), name, "variant", word) for pair in pairs]
    if name in ROOT_FIELDS:
        ways += [_worth(_of_family(name, each), name, "root", word) for each in forms.roots]
    if name == "creator" and (keys := ways_to_name(word)):
        ways += [_worth(all_of([Term("creator_name", each[0]) for each in keys]), name, "name", word)]
        if any(len(each) > 1 for each in keys):
            heard = all_of([any_of([Term("creator_name", key) for key in each]) for each in keys])
            ways.append(_worth(heard, name, "heard", word))
    return ways


def _of_family(name: str, root: str) -> Node:
    """A word that has this root; the root itself is met among the words."""
    others = Term(f"{name}_root", root)
    return any_of([others, Term(name, root)]) if is_own_root(root) else others


def _worth(node: Node, name: str, form: str, words: str) -> Node:
    weight = FUNCTION_WORD if is_function_word(words) else 1.0
    return Worth(node, FIELDS[name] * FORMS[form] * weight, f"{name}.{form}", words)


def _phrase(text: str, fields: Sequence[str]) -> Node | None:
    tokens = tuple(analyse(text).folded)
    if not tokens:
        return None
    count = len(tokens)
    ways = [
        Worth(sequence(name, tokens), FIELDS[name] * FORMS["folded"] * count, f"{name}.phrase", text)
        for name in fields
        if name not in {"identifier", "class"}
    ]
    return Best(tuple(ways), OTHERS) if ways else None


def _prefix(text: str, fields: Sequence[str]) -> Node | None:
    tokens = analyse(text).folded
    if not tokens:
        return None
    *before, last = tokens
    stem = re.sub(r"[\W_]", "", last)
    if len(stem) < SHORTEST_STEM:
        return _phrase(text, fields)
    begun = Best(tuple(_worth(Prefix(name, stem), name, "prefix", text) for name in fields), OTHERS)
    words = [node for word in before if (node := _word(word, fields)) is not None]
    return all_of([*words, begun])


def _masked(text: str, fields: Sequence[str]) -> Node | None:
    pieces = ["".join(analyse(piece).folded) for piece in text.split(MASK)]
    if len(pieces[0]) < SHORTEST_STEM:  # of what was typed, signs that are no letters are gone
        return _phrase(text.replace(MASK, ""), fields)
    return masked_word(MaskedWord(MASK.join(pieces), masked=True), fields)


def _identifier(text: str) -> Node | None:
    forms = forms_of_identifier(text)
    return (
        Worth(any_of([Term("identifier", form) for form in forms]), FIELDS["identifier"], "identifier", text) if forms else None
    )


def _class(text: str) -> Node | None:
    """Everything in this class and below it, or in the classes from one to another."""
    stems = classes_from("".join(text.casefold().split()))
    return Worth(any_of([Prefix("class", stem) for stem in stems]), FIELDS["class"], "class", text) if stems else None


def whole_of(parts: Sequence[Part]) -> list[Node]:
    """What the plain words say together: a title, a name, a series, a subject."""
    if not all(isinstance(part, Clause) and part.field in {None, "title"} for part in parts):
        return []
    text = " ".join(part.text for part in parts if isinstance(part, Clause) and not part.excluded)
    hypotheses: list[Node] = [
        Worth(Term("heading", heading), WHOLE["whole_title"], "whole_title", text) for heading in sorted(headings_of(text))
    ]
    tokens = tuple(analyse(text).folded)
    if len(tokens) > 1:
        hypotheses += [
            Worth(sequence("title", tokens), WHOLE["title_phrase"], "title_phrase", text),
            *(
                Worth(sequence("title", pair), WHOLE["title_pair"], "title_pair", " ".join(pair))
                for pair in list(pairwise(tokens))[:MOST_PAIRS]
                if len(tokens) > 2  # noqa: PLR2004 -- a pair alone is the phrase
            ),
            Worth(_each("title", tokens), WHOLE["title_words"], "title_words", text),
            Worth(_each("creator", tokens), WHOLE["whole_name"], "whole_name", text),
            Worth(sequence("series", tokens), WHOLE["series_phrase"], "series_phrase", text),
            Worth(sequence("subject", tokens), WHOLE["subject_phrase"], "subject_phrase", text),
        ]
    return hypotheses


def _each(field: str, tokens: Sequence[str]) -> Node:
    return all_of([Term(field, token) for token in dict.fromkeys(tokens)])
