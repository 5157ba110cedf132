"""Dumps as four programs write them, whole and damaged."""

# ruff: noqa: S608 -- dumps are read here, never run

import bz2
import gzip
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.sql_dump import Cut, Defect, NotADumpError, Row, Table, open_dump, read
from lumbung.formats.sql_dump import opening as opening_module
from lumbung.formats.sql_dump.opening import mended

CREATE = "CREATE TABLE `item` (\n  `item_id` int(11) NOT NULL,\n  `code` varchar(20) DEFAULT 'a,b)',\n  PRIMARY KEY (`item_id`)\n);\n"


def events(text: str | bytes, **options):
    data = text.encode() if isinstance(text, str) else text
    with open_dump(io.BytesIO(data)) as file:
        return list(read(file, **options))


def rows(text: str | bytes, **options):
    return [each.values for each in events(text, **options) if isinstance(each, Row)]


def defects(text: str | bytes):
    return [(each.cut, each.table, each.rows) for each in events(text) if isinstance(each, Defect)]


def test_a_table_tells_its_columns_and_keys_are_none():
    assert events(CREATE)[0] == Table("item", ("item_id", "code"))


def test_rows_of_mariadb_dump_stand_on_lines_of_their_own():
    assert rows(CREATE + "INSERT INTO `item` VALUES\n(1,'A'),\n(2,NULL);\n") == [["1", "A"], ["2", None]]


def test_phpmyadmin_names_the_columns_in_each_statement():
    found = events("INSERT INTO `senayan`.`item` (`code`, `item_id`) VALUES\n('A', 1),\n('B', -2.5e3);")
    assert found[1] == Row("item", ("code", "item_id"), ["A", "1"])
    assert found[2].values == ["B", "-2.5e3"]


def test_a_dump_of_data_alone_takes_the_columns_it_is_told():
    found = events("INSERT INTO item VALUES (1,'A');", fallback={"item": ("item_id", "code")})
    assert found == [Table("item", ("item_id", "code")), Row("item", ("item_id", "code"), ["1", "A"])]


def test_escapes_are_read_as_mysql_reads_them():
    assert rows(r"INSERT INTO t VALUES ('O\'Brien','it''s','a\\b','l\r\nn','\t\Z','100\%','\0x','\q');") == [
        ["O'Brien", "it's", "a\\b", "l\r\nn", "\t\x1a", "100\\%", "x", "q"]
    ]


def test_values_of_every_form_are_read():
    assert (
        rows(
            """INSERT INTO t VALUES (0x4D5A,x'00ff',b'101',_binary 'ab',_utf8mb4'é',N'n',"d""q",TRUE,CURRENT_TIMESTAMP(),'');"""
        )
        == []
    )
    assert rows("""INSERT INTO t VALUES (0x4D5A,x'00ff',b'101',_binary 'ab',_utf8mb4'é',N'n',"d""q",TRUE,'');""") == [
        [b"MZ", b"\x00\xff", "5", "ab", "é", "n", 'd"q', "TRUE", ""]
    ]


def test_sql_inside_a_value_is_only_text():
    evil = "'); DROP TABLE member; -- "
    quoted = evil.replace("'", "\\'")
    assert rows(f"INSERT INTO t VALUES ('{quoted}'),('b');") == [[evil], ["b"]]


def test_triggers_comments_and_other_statements_are_passed_over():
    dump = (
        "/*M!999999\\- enable the sandbox mode */ \n-- a comment; with 'quotes\n# another\nSET NAMES utf8mb4;\n"
        "DELIMITER ;;\n/*!50003 CREATE TRIGGER x AFTER INSERT ON loan\n FOR EACH ROW INSERT INTO loan_history\n SET a=1 */;;\n"
        "DELIMITER ;\nDELIMITER $$\nCREATE TRIGGER y INSERT INTO t VALUES (9);$$\nDELIMITER ;\n"
        "LOCK TABLES `t` WRITE;\nALTER TABLE t ADD KEY (`a`);\nINSERT INTO t VALUES (1);\nUNLOCK TABLES;\n"
    )
    assert rows(dump) == [["1"]]


def test_replace_and_insert_ignore_are_inserts_too():
    dump = "REPLACE INTO t VALUES (1);INSERT IGNORE INTO t VALUES (2) ON DUPLICATE KEY UPDATE a=VALUES(a);INSERT INTO t VALUES (3);"
    assert rows(dump) == [["1"], ["2"], ["3"]]


def test_a_table_made_anew_voids_what_it_held():
    found = [
        each
        for each in events(f"{CREATE}INSERT INTO item VALUES (1,'a');\nDROP TABLE IF EXISTS item;\n{CREATE}")
        if isinstance(each, Table)
    ]
    assert len(found) == 2


def test_a_row_with_a_value_too_few_is_told_and_the_others_are_kept():
    dump = f"{CREATE}INSERT INTO item VALUES (1,'a'),(2),(3,'c');"
    assert rows(dump) == [["1", "a"], ["3", "c"]]
    assert defects(dump) == [(Cut.WRONG_COUNT, "item", 1)]


@pytest.mark.parametrize("length", range(len(CREATE) + 24, len(CREATE) + 52))
def test_a_half_written_dump_gives_every_whole_row(length: int):
    dump = (CREATE + "INSERT INTO item VALUES (1,'first'),(2,'second');\n")[:length]
    found = rows(dump)
    assert found == [["1", "first"], ["2", "second"]][: len(found)]
    complete = dump.rstrip().endswith(("')", "');"))
    assert complete or defects(dump)[-1] in {(Cut.ENDS_EARLY, "item", len(found)), (Cut.ENDS_EARLY, "", 0)}


def test_a_dump_whose_maker_promises_a_last_line_is_told_when_it_has_none():
    head = "-- MySQL dump 10.13\nINSERT INTO t VALUES (1);\n"
    assert defects(head) == [(Cut.ENDS_EARLY, "", 0)]
    assert defects(head + "-- Dump completed on 2026-01-01\n") == []


def test_after_rubbish_the_reader_goes_on_with_the_next_statement():
    dump = "INSERT INTO t VALUES (1),(2,'b' 'c' oops " + "z" * 300 + ");\nINSERT INTO u VALUES (3);\n"
    assert rows(dump) == [["1"], ["3"]]
    assert defects(dump) == [(Cut.ROW_UNREADABLE, "t", 1)]


def test_a_quote_that_never_closes_costs_one_statement(monkeypatch):
    monkeypatch.setattr("lumbung.formats.sql_dump.reading.LARGEST_VALUE", 2000)
    dump = "INSERT INTO t VALUES (1),('open" + "x" * 5000 + ");\nINSERT INTO u VALUES (3);\n"
    assert rows(dump) == [["1"], ["3"]]
    assert defects(dump) == [(Cut.VALUE_TOO_LARGE, "t", 1)]


def test_packed_dumps_are_unpacked():
    dump = b"INSERT INTO t VALUES (1);"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "no dump")
        file.writestr("backup/senayan.sql", dump)
    for packed in (gzip.compress(dump), bz2.compress(dump), archive.getvalue()):
        assert rows(packed) == [["1"]]


def test_an_archive_without_a_dump_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "no dump")
    with pytest.raises(NotADumpError):
        rows(archive.getvalue())


def test_a_packed_dump_that_breaks_off_gives_what_was_whole():
    text = "INSERT INTO t VALUES " + ",".join(f"({n},'{n * 7919 % 10007}')" for n in range(60_000)) + ";"
    packed = gzip.compress(text.encode())
    found = events(packed[: len(packed) // 2])
    assert isinstance(found[-1], Defect)
    assert found[-1].cut is Cut.ENDS_EARLY
    assert 1000 < sum(isinstance(each, Row) for each in found) < 60_000


def test_utf_16_of_windows_powershell_is_read():
    assert rows("INSERT INTO t VALUES ('naïve');".encode("utf-16")) == [["naïve"]]


def test_latin_1_bytes_among_utf_8_are_read_as_windows_wrote_them():
    assert rows(b"INSERT INTO t VALUES ('caf\xe9 \x93x\x94 na\xc3\xafve');") == [["café “x” naïve"]]


def test_a_nul_is_left_out_because_no_database_holds_it():
    assert mended("a\0b") == "ab"


@given(
    st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0"))), min_size=1),
    st.integers(1, 40),
)
def test_what_mysql_would_write_is_read_back_wherever_blocks_end(values, block):
    def quoted(value):
        if value is None:
            return "NULL"
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'"

    dump = f"INSERT INTO t VALUES ({','.join(map(quoted, values))}),(1);"
    before, opening_module.BLOCK = opening_module.BLOCK, block
    try:
        assert rows(dump) == [values, ["1"]]
    finally:
        opening_module.BLOCK = before


def test_memory_stays_flat_however_long_the_dump():
    class Endless(io.RawIOBase):
        """A dump of 64 MB that is made while it is read."""

        def __init__(self):
            self.left = 16

        def readable(self):
            return True

        def read(self, size=-1):
            self.left -= 1
            return (
                b"INSERT INTO t VALUES " + b",".join([b"(1,'" + b"x" * 2000 + b"')"] * 2_000) + b";\n" if self.left > 0 else b""
            )

    tracemalloc.start()
    count = sum(isinstance(each, Row) for each in read(Endless()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 15 * 2_000
    assert peak < 40 << 20
