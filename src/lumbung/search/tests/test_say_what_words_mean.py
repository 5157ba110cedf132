"""Librarians say which words belong together, and take it back."""

import pytest

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.search.analysis import Told, forms_of, tell
from lumbung.search.domain.words import (
    add_group,
    bring_in_built_in,
    change_group,
    follow,
    remove_group,
    set_active,
    undo_change,
)
from lumbung.search.expansion import expansions_of
from lumbung.search.expansion import tell as tell_expansions
from lumbung.search.models import WordGroup
from lumbung.search.queries import word_changes
from lumbung.search.telling import tell_words

pytestmark = pytest.mark.django_db
FAMILY, APART, SYNONYM, ONE_WAY = "family", "apart", "synonym", "one_way"


@pytest.fixture(autouse=True)
def as_found():
    """What a test tells this process is forgotten after it."""
    yield
    tell(Told())
    tell_expansions([])


def found(*words):
    tell_words()
    return [text for each in expansions_of(words) for text in each.texts]


def roots(word):
    tell_words()
    return forms_of(word).roots


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_synonym_is_found_in_both_directions():
    add_group(kind=SYNONYM, terms=["gawai", "perangkat genggam"], by=None)
    assert found("gawai") == ["perangkat genggam"]
    assert found("perangkat", "genggam") == ["gawai"]
    assert found("genggam") == []


def test_a_doubled_word_is_recognised_with_a_blank_between():
    add_group(kind=SYNONYM, terms=["UUD", "undang-undang dasar"], by=None)
    assert set(found("undang", "undang", "dasar")) == set(found("undang-undang", "dasar")) == {"UUD"}
    assert found("UUD") == ["undang-undang dasar"]


def test_a_synonym_is_recognised_in_any_of_its_forms():
    add_group(kind=SYNONYM, terms=["kecerdasan buatan", "AI"], by=None)
    assert found("kecerdasannya", "buatan") == ["AI"]


def test_one_way_is_one_way():
    add_group(kind=ONE_WAY, terms=["qur'an", "koran"], by=None)
    assert found("quran") == ["koran"]
    assert found("koran") == []


def test_a_switched_off_synonym_is_not_looked_for():
    group = add_group(kind=SYNONYM, terms=["gawai", "gadget"], by=None)
    set_active(group, False, by=None)
    assert found("gawai") == []
    set_active(group, True, by=None)
    assert found("gawai") == ["gadget"]


def test_until_the_index_follows_a_family_is_looked_for_both_ways():
    add_group(kind=FAMILY, terms=["gawai", "telepon"], by=None)
    assert roots("telepon") == ("gawai", "telepon")
    change = word_changes().first()
    follow(change, done=3, titles=3, finished=True)
    assert roots("telepon") == ("gawai",)
    assert roots("bertelepon") == ("gawai",)


def test_a_word_that_stands_alone_leaves_its_family():
    group = add_group(kind=APART, terms=["pengantar"], by=None)
    follow(word_changes().first(), done=0, titles=0, finished=True)
    assert roots("pengantar") == ("pengantar=",)
    assert roots("mengantar") == ("antar",)
    remove_group(group, by=None)
    assert roots("pengantar") == ("antar", "pengantar=")


def test_every_change_is_undone_in_turn():
    group = add_group(kind=SYNONYM, terms=["gawai", "gadget"], by=None)
    change_group(group, kind=SYNONYM, terms=["gawai", "gadget", "ponsel"], note="usul Ani", by=None)
    remove_group(group, by=None)
    removed, changed, added = word_changes()
    undo_change(removed, by=None)
    assert found("gawai") == ["gadget", "ponsel"]
    undo_change(changed, by=None)
    assert found("gawai") == ["gadget"]
    undo_change(added, by=None)
    assert not WordGroup.objects.exists()
    assert [entry.name for entry in JournalEntry.objects.order_by("pk")] == [
        "WordGroupAdded", "WordGroupChanged", "WordGroupRemoved", "WordChangeUndone", "WordChangeUndone", "WordChangeUndone",
    ]  # fmt: skip


def test_only_the_latest_change_of_a_group_can_be_undone_and_once():
    group = add_group(kind=SYNONYM, terms=["gawai", "gadget"], by=None)
    set_active(group, False, by=None)
    changed, added = word_changes()
    with pytest.raises(Refused) as refused:
        undo_change(added, by=None)
    assert codes(refused) == ["changed_since"]
    undo_change(changed, by=None)
    with pytest.raises(Refused) as refused:
        undo_change(changed, by=None)
    assert codes(refused) == ["already_undone"]


@pytest.mark.parametrize(
    ("kind", "terms", "reasons"),
    [
        ("rhyme", ["a", "b"], ["kind_unknown"]),
        (SYNONYM, ["gawai"], ["too_few_terms"]),
        (SYNONYM, ["Gawai", "gawai "], ["too_few_terms"]),
        (SYNONYM, ["gawai", "!?", "yang"], ["term_without_word", "function_word"]),
        (SYNONYM, ["gawai", "x" * 81], ["term_too_long"]),
        (SYNONYM, [f"kata{number}" for number in range(25)], ["too_many_terms"]),
        (FAMILY, ["gawai", "perangkat genggam"], ["not_one_word"]),
        (APART, [], ["too_few_terms"]),
    ],
)
def test_everything_wrong_with_a_group_is_told_at_once(kind, terms, reasons):
    with pytest.raises(Refused) as refused:
        add_group(kind=kind, terms=terms, by=None)
    assert codes(refused) == reasons


def test_the_same_group_is_not_added_twice_and_a_word_is_in_one_family():
    add_group(kind=SYNONYM, terms=["gawai", "gadget"], by=None)
    with pytest.raises(Refused) as refused:
        add_group(kind=SYNONYM, terms=["Gadget", "gawai"], by=None)
    assert codes(refused) == ["group_exists"]
    add_group(kind=FAMILY, terms=["gawai", "telepon"], by=None)
    with pytest.raises(Refused) as refused:
        add_group(kind=APART, terms=["telepon"], by=None)
    assert codes(refused) == ["in_another_family"]


def test_what_the_program_brings_comes_once_and_stays_as_it_was_changed():
    brought = bring_in_built_in()
    assert brought > 100
    assert found("ptk") == ["penelitian tindakan kelas", "classroom action research"]
    group = WordGroup.objects.get(built_in="synonym:gawai")
    set_active(group, False, by=None)
    assert bring_in_built_in() == 0
    assert found("gawai") == []
    with pytest.raises(Refused) as refused:
        remove_group(group, by=None)
    assert codes(refused) == ["built_in_stays"]
