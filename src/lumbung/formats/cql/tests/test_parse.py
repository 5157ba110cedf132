"""CQL 1.2 read into a tree: the specification's own examples, and trees of any shape written down and read again."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.cql import (
    LONGEST_QUERY,
    MOST_OPERATORS,
    Boolean,
    Clause,
    Diagnostic,
    Modifier,
    Name,
    Operator,
    Problem,
    Query,
    Relation,
    SortKey,
    parse,
)

DC = "info:srw/context-sets/1/dc-v1.1"


def name(text: str) -> Name:
    before, dot, local = text.rpartition(".")
    return Name(before if dot else "", local)


def modifier(text: str, comparison: str = "", value: str = "") -> Modifier:
    return Modifier(name(text), comparison, value)


def clause(index: str, relation: str, term: str, *modifiers: Modifier) -> Clause:
    return Clause(term, name(index), Relation(name(relation), modifiers))


def both(operator: str, left, right, *modifiers: Modifier) -> Boolean:
    return Boolean(Operator(operator), left, right, modifiers)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("dinosaur", Clause("dinosaur")),
        ('"complete dinosaur"', Clause("complete dinosaur")),
        ('title = "complete dinosaur"', clause("title", "=", "complete dinosaur")),
        ('title exact "the complete dinosaur"', clause("title", "cql.exact", "the complete dinosaur")),
        ('title == "the complete dinosaur"', clause("title", "==", "the complete dinosaur")),
        ("dinosaur or bird", both("or", Clause("dinosaur"), Clause("bird"))),
        ("dinosaur not reptile", both("not", Clause("dinosaur"), Clause("reptile"))),
        (
            "dinosaur and bird or dinobird",
            both("or", both("and", Clause("dinosaur"), Clause("bird")), Clause("dinobird")),
        ),
        (
            "(bird or dinosaur) and (feathers or scales)",
            both("and", both("or", Clause("bird"), Clause("dinosaur")), both("or", Clause("feathers"), Clause("scales"))),
        ),
        ("publicationYear < 1980", clause("publicationyear", "<", "1980")),
        ("lengthOfFemur > 2.4", clause("lengthoffemur", ">", "2.4")),
        ("bioMass >= 100", clause("biomass", ">=", "100")),
        ("dc.title ALL fish", clause("dc.title", "cql.all", "fish")),
        ('title cql.any "fish frog"', clause("title", "cql.any", "fish frog")),
        ('dc.date within "2002 2005"', clause("dc.date", "cql.within", "2002 2005")),
        ("ribs prox/distance<=5 chevrons", both("prox", Clause("ribs"), Clause("chevrons"), modifier("distance", "<=", "5"))),
        (
            "ribs prox/distance>0/unit=paragraph chevrons",
            both(
                "prox", Clause("ribs"), Clause("chevrons"), modifier("distance", ">", "0"), modifier("unit", "=", "paragraph")
            ),
        ),
        (
            'dc.title any/relevant/rel.CORI "cat fish"',
            clause("dc.title", "cql.any", "cat fish", modifier("relevant"), modifier("rel.cori")),
        ),
        (f'> dc = "{DC}" dc.title any fish', Clause("fish", Name(DC, "title"), Relation(name("cql.any")))),
        (f'> "{DC}" title any fish', Clause("fish", Name(DC, "title"), Relation(name("cql.any")))),
        (
            f'(> x = "{DC}" x.title = a) and x.title = b',
            both("and", Clause("a", Name(DC, "title")), clause("x.title", "=", "b")),
        ),
        ("and", Clause("and")),
        ('"and" and "or"', both("and", Clause("and"), Clause("or"))),
        ("title = and", clause("title", "=", "and")),
        (r'"she said \"hi\""', Clause('she said "hi"')),
        (r"ma\*k", Clause(r"ma\*k")),
        ("dc.creator=Toer", clause("dc.creator", "=", "Toer")),
    ],
)
def test_the_specifications_examples_are_read(text, tree):
    assert parse(text) == Query(tree)


def test_sort_keys_follow_the_query_with_their_modifiers():
    assert parse('"cat" sortBy dc.date/sort.descending dc.title') == Query(
        Clause("cat"), (SortKey(name("dc.date"), (modifier("sort.descending"),)), SortKey(name("dc.title")))
    )


@pytest.mark.parametrize(
    ("text", "problem", "details"),
    [
        ("", Problem.SYNTAX, ""),
        ("   ", Problem.SYNTAX, ""),
        ("title =", Problem.SYNTAX, ""),
        ("= title", Problem.SYNTAX, "="),
        ("cat and", Problem.SYNTAX, ""),
        ("two words", Problem.SYNTAX, ""),
        ("a any/", Problem.SYNTAX, ""),
        ("cat sortBy", Problem.SYNTAX, ""),
        ("judul = \ud800", Problem.SYNTAX, "U+D800"),
        ("(cat", Problem.PARENTHESES, "("),
        ("cat)", Problem.PARENTHESES, ")"),
        ("()", Problem.PARENTHESES, ")"),
        ("(" * 17 + "cat" + ")" * 17, Problem.PARENTHESES, "16"),
        ('title = "cat', Problem.QUOTES, '"cat'),
        ("a" * (LONGEST_QUERY + 1), Problem.TOO_LONG, str(LONGEST_QUERY)),
        (" or ".join(["a"] * (MOST_OPERATORS + 2)), Problem.TOO_MANY_OPERATORS, str(MOST_OPERATORS)),
    ],
)
def test_what_breaks_the_grammar_earns_its_number(text, problem, details):
    with pytest.raises(Diagnostic) as raised:
        parse(text)
    assert (raised.value.problem, raised.value.details) == (problem, details)


WORDS = st.text(st.characters(blacklist_characters='"\\', blacklist_categories=["Cs"]), max_size=12)
NAMES = st.from_regex(r"\A[a-z]{1,6}\.[a-z]{1,8}\Z").map(name)
MODIFIERS = st.lists(
    st.one_of(
        st.builds(Modifier, NAMES),
        st.builds(Modifier, NAMES, st.sampled_from(["=", "<", ">=", "<>"]), WORDS),
    ),
    max_size=2,
).map(tuple)
RELATIONS = st.builds(
    Relation,
    st.one_of(st.sampled_from(["=", "==", "<>", "<", ">", "<=", ">="]).map(lambda sign: Name("", sign)), NAMES),
    MODIFIERS,
)
TREES = st.recursive(
    st.one_of(st.builds(Clause, WORDS), st.builds(Clause, WORDS, NAMES, RELATIONS)),
    lambda each: st.builds(Boolean, st.sampled_from(Operator), each, each, MODIFIERS),
    max_leaves=12,
)
QUERIES = st.builds(Query, TREES, st.lists(st.builds(SortKey, NAMES, MODIFIERS), max_size=2).map(tuple))


def written(query: Query) -> str:
    keys = "".join(f" {key.index}{written_modifiers(key.modifiers)}" for key in query.sort_keys)
    return written_tree(query.root) + (f" sortBy{keys}" if keys else "")


def written_tree(tree) -> str:
    if isinstance(tree, Boolean):
        operator = tree.operator.value + written_modifiers(tree.modifiers)
        return f"({written_tree(tree.left)}) {operator} ({written_tree(tree.right)})"
    relation = f"{tree.relation.name}{written_modifiers(tree.relation.modifiers)}"
    return f'{tree.index} {relation} "{tree.term}"'


def written_modifiers(modifiers) -> str:
    return "".join(f'/{each.name}{each.comparison}"{each.value}"' if each.comparison else f"/{each.name}" for each in modifiers)


@given(QUERIES)
def test_a_tree_written_down_is_read_as_the_same_tree(query):
    assert parse(written(query)) == query


@given(st.text(max_size=80) | st.text(st.sampled_from('ab"\\()=<>/.* and or not'), max_size=60))
def test_any_text_is_read_or_earns_a_diagnostic(text):
    with suppress(Diagnostic):
        assert isinstance(parse(text), Query)


def test_a_diagnostic_says_its_number_its_message_and_what_it_is_about():
    fault = Diagnostic(Problem.INDEX, "dc.banana")
    assert (str(fault), fault.problem.uri) == ("16 Unsupported index: dc.banana", "info:srw/diagnostic/1/16")
    assert [problem for problem in Problem if not problem.sentence] == []
