"""SRU's diagnostics that a query can earn, by their numbers (https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html)."""

from enum import IntEnum


class Problem(IntEnum):
    """The number of a diagnostic in ``info:srw/diagnostic/1/``; ``sentence`` is its message as listed."""

    SYNTAX = 10
    TOO_LONG = 12
    PARENTHESES = 13
    QUOTES = 14
    CONTEXT_SET = 15
    INDEX = 16
    RELATION = 19
    RELATION_MODIFIER = 20
    RELATION_AND_INDEX = 22
    RELATION_AND_TERM = 24
    ESCAPE = 26
    EMPTY_TERM = 27
    MASKING = 28
    MASKED_TOO_SHORT = 29
    TOO_MANY_MASKS = 30
    ANCHORING = 31
    ADJACENCY_AND_MASKING = 33
    FORMAT_OF_TERM = 36
    TOO_MANY_OPERATORS = 38
    PROXIMITY = 39
    BOOLEAN_MODIFIER = 46
    RESULT_SETS = 50
    SORT = 80
    TOO_MANY_SORT_KEYS = 84
    SORT_DIRECTION = 88

    @property
    def uri(self) -> str:
        return f"info:srw/diagnostic/1/{self.value}"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Problem.SYNTAX: "Query syntax error",
    Problem.TOO_LONG: "Too many characters in query",
    Problem.PARENTHESES: "Invalid or unsupported use of parentheses",
    Problem.QUOTES: "Invalid or unsupported use of quotes",
    Problem.CONTEXT_SET: "Unsupported context set",
    Problem.INDEX: "Unsupported index",
    Problem.RELATION: "Unsupported relation",
    Problem.RELATION_MODIFIER: "Unsupported relation modifier",
    Problem.RELATION_AND_INDEX: "Unsupported combination of relation and index",
    Problem.RELATION_AND_TERM: "Unsupported combination of relation and term",
    Problem.ESCAPE: "Non special character escaped in term",
    Problem.EMPTY_TERM: "Empty term unsupported",
    Problem.MASKING: "Masking character not supported",
    Problem.MASKED_TOO_SHORT: "Masked words too short",
    Problem.TOO_MANY_MASKS: "Too many masking characters in term",
    Problem.ANCHORING: "Anchoring character not supported",
    Problem.ADJACENCY_AND_MASKING: "Combination of proximity/adjacency and masking characters not supported",
    Problem.FORMAT_OF_TERM: "Term in invalid format for index or relation",
    Problem.TOO_MANY_OPERATORS: "Too many boolean operators in query",
    Problem.PROXIMITY: "Proximity not supported",
    Problem.BOOLEAN_MODIFIER: "Unsupported boolean modifier",
    Problem.RESULT_SETS: "Result sets not supported",
    Problem.SORT: "Sort not supported",
    Problem.TOO_MANY_SORT_KEYS: "Too many sort keys",
    Problem.SORT_DIRECTION: "Unsupported direction for sort",
}


class Diagnostic(Exception):
    """Why a query is not answered. ``details`` is what SRU lists for the number: most often the very name or term."""

    def __init__(self, problem: Problem, details: str = "") -> None:
        super().__init__(f"{problem.value} {problem.sentence}: {details}" if details else f"{problem.value} {problem.sentence}")
        self.problem = problem
        self.details = details
