"""The cases of Koha's circulation rules: a row says one value for a branch, category and item type, NULL (or ``*``) for any.

Where two cases fit, Koha takes the one that names the branch, then the category, then the type; here the type weighs more than the
category, and several values are one term. So a case says what it says in Koha, and besides whatever the rules before it would otherwise say
differently here; and a case that both a rule of the category and one of the type fit gets a rule of its own where that is needed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple
from weakref import WeakKeyDictionary

from lumbung.circulation.domain.terms import BOUNDS
from lumbung.circulation.models import VALUES, LoanKinds, Policy
from lumbung.kernel.refusals import Reason
from lumbung.moving.domain.koha.borrowing import ON_SITE
from lumbung.moving.domain.koha.demand import NAME as DECREASE
from lumbung.moving.domain.koha.demand import Waiting, case_of_waiting, shortened, waiting_of
from lumbung.moving.domain.koha.rules import GROUPS, NEVER, left_over
from lumbung.moving.domain.koha.told import Terms, Told
from lumbung.moving.domain.plain import Plain, Rule
from lumbung.moving.domain.sources import Problem, Source, text_of
from lumbung.moving.domain.staging import Staged
from lumbung.moving.domain.values import line, number, written
from lumbung.moving.refusals import RULE_PARTS_KEPT

Case = tuple[str, str, str]
"""Branch, category and item type; empty for any."""
EVERY: Case = ("", "", "")
_BY_KOHA, _BY_US = (0, 1, 2), (0, 2, 1)
"""Which parts of a case weigh most, for each of us."""
USUAL = Policy()
_OF_ALL_TYPES = {"loan_limit": "maxissueqty", ON_SITE: "maxonsiteissueqty"}
"""Limits that may be of loans of every type together, and the name under which Koha says one of a type alone."""
_LENGTHS = frozenset({"loan_days", "loan_hours"})
_BOOKS: WeakKeyDictionary[Staged, "Book"] = WeakKeyDictionary()


class Laid(NamedTuple):
    """One of our rules: for which case and kind of loan, what it says, and whether only when so many wait."""

    case: Case
    kind: LoanKinds | None
    terms: Terms
    waiting: Waiting | None = None


class Book:
    """All of Koha's rules, and ours for them."""

    def __init__(self, source: Source) -> None:
        self.values = _values(source)
        rows = source.staged.rows("systempreferences")
        self.preferences = {text_of(row, "variable").lower(): text_of(row, "value") for row in rows} or None

    @cached_property
    def ours(self) -> dict[Case, Terms]:
        """What each case says here; cases that say nothing we have are left out."""
        return {case: terms for case, said in self._said.items() if (terms := _together(said.values()))}

    def told(self, case: Case) -> Told:
        """What Koha says in this case."""
        found: dict[str, tuple[str, Case]] = {}
        for near in reversed([case, *_around(case, _BY_KOHA)]):
            found.update({name: (value, near) for name, value in self.values.get(near, {}).items()})
        values = {name: value for name, (value, _) in found.items()}
        of_type = frozenset(name for name, (_, near) in found.items() if near[2])
        return Told(
            values,
            self.preferences,
            is_typed=bool(case[2]),
            of_type=of_type,
            is_of_category=bool(case[1]),
            is_of_branch=bool(case[0]),
        )

    @cached_property
    def laid_out(self) -> dict[str, Laid]:
        """Our rules by their source ids: of each case what holds for all lending, then the limit of what is read in the house alone; last
        how long what many wait for is lent."""
        found: dict[str, Laid] = {}
        for case, terms in sorted(self.ours.items()):
            if of_all := {name: value for name, value in terms.items() if name != ON_SITE}:
                found[_named(case)] = Laid(case, None, of_all)
            if ON_SITE in terms:
                found[f"{_named(case)}|{LoanKinds.ON_SITE}"] = Laid(case, LoanKinds.ON_SITE, {"loan_limit": terms[ON_SITE]})
        waiting = waiting_of(Told({}, self.preferences))
        of_demand = self._shortened() if waiting else {}
        return found | {f"{_named(case)}|waiting": Laid(case, None, terms, waiting) for case, terms in of_demand.items()}

    def _shortened(self) -> dict[Case, Terms]:
        """How long what many wait for is lent, in each case where that is another time, or would else be that of a more general one."""
        lengths = {case for case, terms in self.ours.items() if not _LENGTHS.isdisjoint(terms)}
        said = {case for case, values in self.values.items() if DECREASE in values}
        met = {both for one, other in product(lengths, said) if (both := _meeting(one, other)) is not None}
        found: dict[Case, Terms] = {}
        for case in sorted({*lengths, *met}, key=lambda each: (sum(map(bool, each)), each)):
            told = self.told(case)
            own = GROUPS["loan_days"].say(told, set())
            terms = shortened(own, told)
            if terms and (terms != own or any(near in found for near in _around(case, _BY_US))):
                found[case] = terms
        return found

    def left_over(self, case: Case) -> tuple[Reason, ...]:
        """What Koha says of this case, and cannot be said here."""
        parts = left_over(self.values.get(case, {}), self.told(case))
        return (RULE_PARTS_KEPT(parts=", ".join(parts)),) if parts else ()

    @cached_property
    def _said(self) -> dict[Case, dict[str, Terms]]:
        """Of each case the groups that it says here, general ones before those they go for."""
        written: dict[Case, dict[str, Terms]] = {}
        for case in sorted(self._cases(), key=lambda each: (sum(map(bool, each)), each)):
            told = self.told(case)
            spoken = {head: self._spoken(case, head, told, written) for head in GROUPS}
            written[case] = {head: terms for head, terms in spoken.items() if terms}
        return written

    def _cases(self) -> set[Case]:
        """Those that Koha's rules name, and those that two of them fit which say something of the same."""
        named = {case: _groups(values) for case, values in self.values.items() if values}
        met = {
            both
            for (one, its), (other, others) in combinations(named.items(), 2)
            if (both := _meeting(one, other)) is not None and its & others
        }
        return {*named, *met, EVERY} if named else set()

    def _spoken(self, case: Case, head: str, told: Told, written: Mapping[Case, Mapping[str, Terms]]) -> Terms:
        """What the case has to say of this: what it says itself, and what would else be said differently."""
        terms = GROUPS[head].say(told, set())
        teller = next((near for near in _around(case, _BY_US) if head in written.get(near, {})), None)
        if not terms or (head in _OF_ALL_TYPES and _is_of_all_types(_OF_ALL_TYPES[head], case, told, teller)):
            return {}
        before = written[teller][head] if teller else {name: getattr(USUAL, name, ...) for name in terms}
        limitless = {name: _no_limit(name, told) if value is None else value for name, value in terms.items()}
        own = self.values.get(case, {}).keys() & GROUPS[head].names
        if own and head in self._spoken_of:  # a case that fits beside this one may say otherwise
            return limitless
        return {} if before in (terms, limitless) else limitless

    @cached_property
    def _spoken_of(self) -> set[str]:
        """The groups of which some case says more than a blank."""
        return {
            head
            for values in self.values.values()
            for head, group in GROUPS.items()
            if any(values.get(each) for each in group.names)
        }


def _is_of_all_types(name: str, case: Case, told: Told, teller: Case | None) -> bool:
    """Whether the limit that holds for this type is one of loans of every type, and nothing here says otherwise."""
    return bool(case[2]) and name not in told.of_type and not (teller and teller[2])


def _no_limit(name: str, told: Told) -> object:
    """What says, to a rule of ours, that there is none where a more general rule has one."""
    if name in {"due_by", "auto_renew_until"}:
        return NEVER
    if name == "renewal_days":
        return number(told.values.get("issuelength"), least=1, most=BOUNDS[name][1]) or BOUNDS[name][0]
    return BOUNDS["loan_limit" if name == ON_SITE else name][1]


def _meeting(one: Case, other: Case) -> Case | None:
    """The case that is both; None where nothing is."""
    (branch, category, kind), (branch_too, category_too, kind_too) = one, other
    if (branch and branch_too and branch != branch_too) or (category and category_too and category != category_too):
        return None
    if kind and kind_too and kind != kind_too:
        return None
    return branch or branch_too, category or category_too, kind or kind_too


def _groups(values: Mapping[str, str]) -> set[str]:
    return {head for head, group in GROUPS.items() if not group.names.isdisjoint(values)}


def _around(case: Case, order: Sequence[int]) -> Iterator[Case]:
    """The cases that are more general, the nearest first."""
    parts = [(case[at], "") if case[at] else ("",) for at in order]
    for each in product(*parts):
        near = tuple(each[order.index(at)] for at in range(len(case)))
        if near != case:
            yield near[0], near[1], near[2]


def _together(said: Iterable[Terms]) -> Terms:
    return {name: value for terms in said for name, value in terms.items()}


def _values(source: Source) -> dict[Case, dict[str, str]]:
    found: dict[Case, dict[str, str]] = {}
    for row in source.staged.rows("circulation_rules"):
        branch, category, kind = (
            "" if text_of(row, name) == "*" else text_of(row, name) for name in ("branchcode", "categorycode", "itemtype")
        )
        if row.get("rule_value") is not None:
            found.setdefault((branch, category, kind), {})[line(row.get("rule_name"))] = line(row["rule_value"])
    return found


def rules(source: Source, after: int) -> Iterator[Plain]:
    book, told = _book(source), set[Case]()
    for at, (key, (case, kind, terms, waiting)) in enumerate(book.laid_out.items(), start=1):
        if at > after:
            yield Rule(
                source_id=key,
                at=at,
                branch=case[0] or None,
                category=case[1] or None,
                copy_type=case[2] or None,
                loan_days=0,
                loan_limit=0,
                renewal_limit=0,
                terms=tuple(sorted(terms.items())),
                loan_kind=kind or "",
                **case_of_waiting(waiting),
                warnings=() if case in told else book.left_over(case),
                raw={"case": "|".join(case), **book.values.get(case, {})},
            )
        told.add(case)


def _book(source: Source) -> Book:
    """Made once for what is staged: it does not change."""
    if source.staged not in _BOOKS:
        _BOOKS[source.staged] = Book(source)
    return _BOOKS[source.staged]


def _named(case: Case) -> str:
    return "|".join(each or "*" for each in case)


def count(source: Source) -> int:
    return len(_book(source).laid_out)


def silent(source: Source) -> list[Problem]:
    """The cases that say nothing we have: what they say is told with the input."""
    book = _book(source)
    mute = sorted(book.values.keys() - book.ours.keys())
    return [Problem(reason, _named(case)) for case in mute for reason in book.left_over(case)]


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Every term of these rules, those they leave open too, so that nothing stands in a rule of ours that is not Koha's."""
    told = _book(source).laid_out
    return {key: {name: written(told[key].terms.get(name)) for name in VALUES} for key in keys if key in told}
