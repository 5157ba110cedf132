"""What a dirty database of SLiMS does: every row comes in or is told with its reason."""

from datetime import UTC, datetime

import pytest

from lumbung.catalogue.domain.name_entry import change_name_rule
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, Loan, LoanRule
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.moving.domain import course
from lumbung.moving.domain.options import Places
from lumbung.moving.models import Move
from lumbung.moving.tests.dumps import added, biblio, dump, item, loan, member, table
from lumbung.moving.tests.real import slice_of
from lumbung.organization.models import Closure, Location

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


def findings(move: Move, *, refused: bool | None = None) -> list[tuple[str, str, str]]:
    told = move.findings.filter(rehearsal=move.state != Move.States.MOVED)
    told = told if refused is None else told.filter(refused=refused)
    return sorted(told.values_list("entity", "source_id", "code"))


def test_zero_dates_are_no_dates(moved):
    move = moved(
        dump(
            member=[member("M01", "Ani", member_since_date="0000-00-00", register_date="0000-00-00", expire_date="0000-00-00")],
            item=[item(11, 1, "B001", received_date="0000-00-00")],
            biblio=[biblio(1, "Judul", input_date="0000-00-00 00:00:00", last_update=None)],
            loan=[loan(100, "B001", "M01", due_date="0000-00-00")],
            reserve=None,
            fines=None,
        )
    )
    assert Item.objects.get().accessioned_on is None
    assert str(Member.objects.get().joined_on) == "2026-11-25"
    assert ("member", "M01", "joined_unknown") in findings(move)
    assert findings(move, refused=True) == [("loan", "100", "days_unreadable")]


def test_orphans_of_myisam_are_rejected_with_their_reason(moved):
    move = moved(
        dump(
            item=added("item", item(20, 999, "B020")),
            biblio_author=added("biblio_author", {"biblio_id": 1, "author_id": 77, "level": 2}),
            biblio_topic=added("biblio_topic", {"biblio_id": 1, "topic_id": 88, "level": 1}),
            loan=added("loan", loan(102, "B404", "M01"), loan(103, "B003", "M99"), loan(104, "B020", "M01")),
            reserve=added(
                "reserve",
                {
                    "reserve_id": 2,
                    "member_id": "M99",
                    "biblio_id": 999,
                    "item_code": "x",
                    "reserve_date": "2026-11-21 08:00:00",
                },
            ),
        )
    )
    assert findings(move, refused=True) == [
        ("copy", "20", "title_missing"),
        ("hold", "2", "member_missing"),
        ("hold", "2", "title_missing"),
        ("loan", "102", "copy_missing"),
        ("loan", "103", "member_missing"),
        ("loan", "104", "copy_missing"),
    ]
    assert ("title", "1", "author_missing") in findings(move)
    assert ("title", "1", "topic_missing") in findings(move)
    assert move.proof["whole"] is True  # every row is here or has its reason
    assert [each["named"] for each in move.proof["sums"]] == [True, True, True]


def test_a_rejected_row_is_kept_as_it_came(moved):
    move = moved(dump(item=added("item", item(20, 999, "B020", price=1))))
    assert move.findings.get(refused=True, rehearsal=False).row["item_code"] == "B020"


def test_barcodes_that_differ_only_in_blanks_and_case_are_one(moved):
    move = moved(dump(item=added("item", item(21, 1, " b001 "), item(22, 2, ""), item(23, 2, None), item(24, 2, "B 5"))))
    assert findings(move, refused=True) == [
        ("copy", "21", "barcode_taken_by_item"),
        ("copy", "22", "barcode_empty"),
        ("copy", "23", "barcode_empty"),
    ]
    assert Item.objects.filter(barcode="B 5").exists()


def test_a_barcode_that_is_a_members_number_is_told(moved):
    move = moved(dump(member=added("member", member("B001", "Citra"))))
    assert findings(move, refused=True) == [("member", "B001", "barcode_taken_by_item")]


def test_two_titles_may_have_one_isbn(moved):
    moved(dump(biblio=added("biblio", biblio(3, "Bumi manusia lain", isbn_issn="9789799731234"))))
    assert Record.objects.filter(identifiers__value="9789799731234").count() == 2


@pytest.mark.parametrize(
    ("told", "year"), [("c2004", 2004), ("[2010]", 2010), ("1999-2003", 1999), ("t.t.", None), ("", None), ("19 tahun", None)]
)
def test_a_year_is_found_in_free_text_and_the_text_stays(moved, told, year):
    moved(dump(biblio=[biblio(1, "Judul", publish_year=told)]))
    record = Record.objects.get()
    assert record.year == year
    assert record.marc_record.all("264")[0].get("c") == told if told else not record.marc_record.all("264")


@pytest.mark.parametrize(
    ("name", "indicator"), [("Toer, Pramoedya Ananta", "1"), ("Pramoedya Ananta Toer", "0"), ("Suharto", "0")]
)
def test_names_are_kept_as_they_were_written(moved, name, indicator):
    moved(dump(mst_author=[{"author_id": 1, "author_name": name, "authority_type": "p"}]))
    main = Record.objects.get(title__startswith="Bumi").marc_record.all("100")[0]
    assert (main.get("a"), main.ind1) == (f"{name},", indicator)


def test_names_are_entered_by_the_librarys_rule_and_a_second_run_changes_nothing(moved):
    change_name_rule(order="last", by=None)
    one = dump(mst_author=[{"author_id": 1, "author_name": "Dr. Ayu Utami, M.A.", "authority_type": "p"}])
    moved(one)
    main = Record.objects.get(title__startswith="Bumi").marc_record.first("100")
    assert (main.ind1, main.subfields[:2]) == ("1", [("a", "Utami, Ayu,"), ("c", "Dr., M.A.,")])
    moved(one)
    assert {each.version for each in Record.objects.all()} == {1}


def test_html_in_notes_becomes_text_and_less_than_stays(moved):
    note = "<p>Isi &amp; kata</p><script>alert(1)</script><p>jika a < b</p>"
    moved(dump(biblio=[biblio(1, "Judul", notes=note)]))
    assert Record.objects.get().marc_record.all("500")[0].get("a") == "Isi & kata jika a < b"


def test_php_serialised_labels_are_read_and_broken_ones_kept(moved):
    labels = 'a:1:{i:0;a:2:{i:0;s:9:"label-new";i:1;N;}}'
    moved(
        dump(biblio=[biblio(1, "Satu", labels=labels, promoted=1, image="sampul.jpg"), biblio(2, "Dua", labels="a:1:{rusak")])
    )
    assert Record.objects.get(title="Satu").marc_record.all("996")[0].subfields == [
        ("i", "sampul.jpg"), ("p", "1"), ("l", "label-new"), ("2", "slims"),
    ]  # fmt: skip
    assert ("l", "a:1:{rusak") in Record.objects.get(title="Dua").marc_record.all("996")[0].subfields


def test_mojibake_is_mended_and_told(moved):
    move = moved(dump(biblio=[biblio(1, "Caf\u00c3\u00a9 Developer\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s")]))
    assert Record.objects.get().title == "Café Developer\u2019s"
    assert move.findings.get(code="text_mended").facts == {"table": "biblio", "count": "1"}


def test_a_dump_in_latin_1_is_read(moved):
    moved(dump(biblio=[biblio(1, "Café")]).encode("latin-1"))
    assert Record.objects.get().title == "Café"


def test_columns_of_plugins_are_kept_and_missing_columns_are_borne(moved):
    rows = [{"member_id": "M01", "member_name": "Ani", "expire_date": "2030-12-31", "golongan_darah": "O"}]
    text = dump(member=None) + table("member", rows, columns=("member_id", "member_name", "expire_date", "golongan_darah"))
    move = moved(text)
    assert Member.objects.get().name == "Ani"
    kept = move.kept_tables.get(name="member")
    assert kept.rows == 1


def test_a_table_without_the_column_it_is_known_by_is_told_and_the_rest_comes(moved):
    move = moved(dump(loan=None) + table("loan", [{"nomor": 1, "kode": "B001"}], columns=("nomor", "kode")))
    told = move.findings.get(entity="input", code="key_column_missing")
    assert told.facts == {"table": "loan", "column": "loan_id"}
    assert (Record.objects.count(), Loan.objects.count()) == (2, 0)


def test_missing_tables_are_told_and_the_rest_comes(moved):
    move = moved(dump(biblio_author=None, mst_author=None, loan=None, fines=None))
    assert Record.objects.count() == 2
    assert sorted(move.findings.filter(entity="input").values_list("source_id", flat=True)) == [
        "biblio_author",
        "loan",
        "mst_author",
    ]


def test_what_is_no_dump_is_refused(started):
    move = started("INSERT INTO wp_posts VALUES (1,'halo');")
    with pytest.raises(Refused) as refused:
        course.carry_on(move)
    assert refused.value.codes == ["not_a_dump"]
    move.refresh_from_db()
    assert (move.state, Record.objects.count()) == (Move.States.INTERRUPTED, 0)


def test_a_half_written_dump_brings_what_is_whole_and_tells(moved):
    text = dump()
    move = moved(text[: text.index("`reserve`")])
    assert (Record.objects.count(), Hold.objects.count()) == (2, 0)
    assert "dump_ends_early" in set(move.findings.filter(entity="input").values_list("code", flat=True))


def test_malicious_sql_in_values_is_only_text(moved):
    evil = "Robert'); DROP TABLE biblio; -- <script>"
    moved(dump(biblio=[biblio(1, evil)], member=[member("M01", evil)]))
    assert Member.objects.get().name == evil
    assert Record.objects.get().title.startswith("Robert'); DROP TABLE biblio; --")


def test_two_open_loans_of_one_copy_are_told_apart(moved):
    move = moved(dump(loan=added("loan", loan(105, "b001", "M02"))))
    assert findings(move, refused=True) == [("loan", "105", "two_open_loans")]
    assert Loan.objects.open().count() == 1
    assert move.proof["sums"][0] == {"name": "open_loans", "source": 2, "here": 1, "rejected": 1, "named": True}


def test_history_whose_loan_is_gone_counts_when_its_copy_is_there(moved):
    gone = {
        "loan_id": 90,
        "item_code": "B002",
        "member_id": "M01",
        "loan_date": "2023-01-01",
        "due_date": "2023-01-15",
        "is_lent": 1,
        "is_return": 1,
        "return_date": "2023-01-10",
    }
    columns = (
        "loan_id",
        "item_code",
        "biblio_id",
        "title",
        "member_id",
        "member_name",
        "loan_date",
        "due_date",
        "renewed",
        "is_lent",
        "is_return",
        "return_date",
    )
    text = dump() + table(
        "loan_history", [gone, {**gone, "loan_id": 91, "item_code": "B404"}, {**gone, "loan_id": 100}], columns=columns
    )
    move = moved(text)
    assert Loan.objects.count() == 3
    history = move.kept_tables.get(name="loan_history")
    assert (history.rows, history.because) == (3, "rest")  # its loans came; that of a copy that is gone is kept with it


def test_days_off_to_come_are_closures_and_others_are_kept(moved):
    days = [
        {"holiday_id": 1, "holiday_dayname": "Fri", "holiday_date": "2026-12-25", "description": "Natal"},
        {"holiday_id": 2, "holiday_dayname": "Mon", "holiday_date": "2009-06-01", "description": "Lama"},
        {"holiday_id": 3, "holiday_dayname": "Sun", "holiday_date": None, "description": "Minggu"},
    ]
    move = moved(dump(holiday=days))
    assert list(Closure.objects.values_list("reason", flat=True)) == ["Natal"]
    assert move.kept_tables.filter(name="holiday").exists()
    assert move.proof["whole"] is True


def test_a_rule_for_one_gmd_alone_is_told(moved):
    rule = {"loan_rules_id": 1, "member_type_id": 1, "coll_type_id": 0, "gmd_id": 24, "loan_limit": 1, "loan_periode": 3}
    special = {**rule, "loan_rules_id": 2, "coll_type_id": 2, "gmd_id": 0}
    move = moved(dump(mst_loan_rules=[rule, special]))
    assert findings(move, refused=True) == [("rule", "special:1", "rule_of_gmd")]
    assert LoanRule.objects.get(item_type__name="Textbook").loan_days == 3


def test_places_may_become_branches(moved, house):
    moved(dump(), places=Places.BRANCHES)
    assert Item.objects.get(barcode="B001").branch.name == "Ruang Baca"
    assert Location.objects.count() == 0


def test_the_real_dump_has_no_surprise_for_sixty_titles(moved, shared_data):
    move = moved(slice_of(shared_data / "migration" / "slims-9.7-10k.sql.gz", titles=60))
    assert (Record.objects.count(), findings(move, refused=True)) == (60, [])
    assert move.proof["differences"] == []
    assert move.proof["whole"] is True
