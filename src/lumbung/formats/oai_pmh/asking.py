"""What a harvester asks: the verb with its arguments, judged as the protocol says before anything is looked up."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from lumbung.formats.oai_pmh.moments import as_moment, is_day


class Code(StrEnum):
    """The errors of the protocol."""

    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"  # noqa: S105 -- no secret
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_METADATA_FORMATS = "noMetadataFormats"
    NO_RECORDS_MATCH = "noRecordsMatch"


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, with a sentence in English for the person behind the harvester."""

    code: Code
    told: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose arguments are well formed and belong to the verb; ``first`` and ``last`` are both included."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None


class Wrong(Exception):
    """The question cannot be answered: every reason, and what the answer may repeat of it."""

    def __init__(self, problems: list[Problem], echo: dict[str, str] | None = None) -> None:
        super().__init__(", ".join(each.code for each in problems))
        self.problems = problems
        self.echo = echo or {}


@dataclass(frozen=True, slots=True)
class _Rule:
    required: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    exclusive: str = ""


_LIST = _Rule(frozenset({"metadataPrefix"}), frozenset({"metadataPrefix", "from", "until", "set"}), "resumptionToken")
_RULES = {
    "Identify": _Rule(),
    "ListMetadataFormats": _Rule(allowed=frozenset({"identifier"})),
    "ListSets": _Rule(exclusive="resumptionToken"),
    "GetRecord": _Rule(frozenset({"identifier", "metadataPrefix"}), frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}
_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_PREFIX, _SET = re.compile(_WORD), re.compile(rf"{_WORD}(?::{_WORD})*")
SHOWN = 80


def read_question(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The question that these arguments ask, in the order in which they came. Raises Wrong with every reason."""
    given = list(pairs)
    verb = _verb(given)
    arguments = {name: value for name, value in given if name != "verb"}
    if problems := list(_faults(verb, given, arguments)):
        raise Wrong([Problem(Code.BAD_ARGUMENT, told) for told in problems])
    return Asked(verb, arguments, as_moment(arguments.get("from", "")), as_moment(arguments.get("until", ""), last=True))


def _verb(given: list[tuple[str, str]]) -> str:
    verbs = [value for name, value in given if name == "verb"]
    if not verbs:
        raise Wrong([Problem(Code.BAD_VERB, "The argument verb is missing.")])
    if len(verbs) > 1:
        raise Wrong([Problem(Code.BAD_VERB, "The argument verb is repeated.")])
    if verbs[0] not in _RULES:
        raise Wrong([Problem(Code.BAD_VERB, f"There is no verb “{verbs[0][:SHOWN]}”.")])
    return verbs[0]


def _faults(verb: str, given: list[tuple[str, str]], arguments: dict[str, str]) -> Iterable[str]:
    rule = _RULES[verb]
    for name, times in Counter(name for name, _ in given).items():
        if name not in rule.allowed | {"verb", rule.exclusive} or not name:
            yield f"{verb} has no argument “{name[:SHOWN]}”."
        elif times > 1:
            yield f"The argument {name} is repeated."
    if rule.exclusive and rule.exclusive in arguments:
        if len(arguments) > 1:
            yield f"The argument {rule.exclusive} stands alone."
        return
    yield from (f"{verb} needs the argument {name}." for name in sorted(rule.required - arguments.keys()))
    yield from _malformed({name: value for name, value in arguments.items() if name in rule.allowed})
    yield from _span_faults(arguments) if verb in {"ListIdentifiers", "ListRecords"} else ()


def _malformed(arguments: dict[str, str]) -> Iterable[str]:
    for name, value in arguments.items():
        if not value:
            yield f"The argument {name} is empty."
        elif name == "metadataPrefix" and not _PREFIX.fullmatch(value):
            yield f"“{value[:SHOWN]}” cannot be a metadataPrefix."
        elif name == "set" and not _SET.fullmatch(value):
            yield f"“{value[:SHOWN]}” cannot be a set."
        elif name in {"from", "until"} and as_moment(value) is None:
            yield f"The argument {name} is to be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, not “{value[:SHOWN]}”."


def _span_faults(arguments: dict[str, str]) -> Iterable[str]:
    since, until = arguments.get("from", ""), arguments.get("until", "")
    first, last = as_moment(since), as_moment(until, last=True)
    if first is None or last is None:
        return
    if is_day(since) != is_day(until):
        yield "The arguments from and until are to have the same granularity."
    elif first > last:
        yield "The argument from is later than until."
