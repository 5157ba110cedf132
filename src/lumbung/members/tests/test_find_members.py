"""Finding the member at the desk."""

import pytest

from lumbung.members.domain.members import register
from lumbung.members.queries import MOST, find_members, member_by_barcode, member_of, members_visible_to
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory, MemberFactory, MemberIdentifierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maruf(db):
    return register(
        name="KH. Ma'ruf Amin, S.Pd.I.",
        category=CategoryFactory(),
        branch=HomeBranchFactory(),
        barcode="K-77",
        identifiers=[("nim", "2110101"), ("nidn", "0010123456")],
        by=None,
    )


@pytest.mark.parametrize(
    "words",
    ["maruf", "MA'RUF", "amin ma’ruf", "Amin, Ma", "spdi", "2110101", "21101", "k-77", "77 amin", "0010123456", "KH Maruf"],
)
def test_words_in_any_order_and_case_begin_words_of_name_card_or_number(maruf, words):
    assert list(find_members(words)) == [maruf]


@pytest.mark.parametrize("words", ["", "  ", "aruf", "maruf budi", "%", "_", "10101", "'"])
def test_what_does_not_begin_a_word_finds_nobody(maruf, words):
    assert list(find_members(words)) == []


def test_accents_do_not_matter():
    member = MemberFactory(name="Désirée Müller")
    assert list(find_members("desiree MULLER")) == [member]


def test_an_answer_is_never_longer_than_the_most(db):
    MemberFactory.create_batch(MOST + 1, name="Sri")
    assert len(find_members("sri", limit=1000)) == MOST
    assert len(find_members("sri")) == 20


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_members_takes_one_statement(rows, django_assert_num_queries):
    MemberFactory.create_batch(rows, name="Sri")
    with django_assert_num_queries(1):
        assert [(member.category.name, member.branch.name) for member in find_members("sri")] == [
            ("Mahasiswa", "Perpustakaan Pusat")
        ] * rows


@pytest.mark.parametrize("code", ["K-77", "k-77", " K-77 ", "2110101", "001.012-3456"])
def test_a_scan_of_the_card_or_of_any_number_finds_the_member(maruf, code):
    assert member_by_barcode(code) == maruf


@pytest.mark.parametrize("code", ["", "K-7", "K-777", "maruf"])
def test_another_scan_finds_nobody(maruf, code):
    assert member_by_barcode(code) is None


def test_a_number_two_people_have_in_different_registers_finds_neither_but_a_card_does(maruf):
    other = MemberFactory(barcode="K-78")
    MemberIdentifierFactory(member=other, kind="other", value="2110101")
    assert member_by_barcode("2110101") is None
    assert member_by_barcode("K-78") == other


def test_ani_sees_herself_budi_sees_himself_and_sari_sees_all(sari, ani, budi):
    assert set(members_visible_to(sari)) == {ani, budi}
    assert list(members_visible_to(ani.user)) == [ani]
    assert list(members_visible_to(budi.user)) == [budi]
    assert list(members_visible_to(None)) == []
    assert (member_of(ani.user), member_of(sari), member_of(None)) == (ani, None, None)
