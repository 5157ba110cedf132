"""Small dumps as SLiMS writes them, whole or dirty."""

from typing import Any

from lumbung.moving.domain.slims.tables import FALLBACK


def sql(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'"


def table(name: str, rows: list[dict[str, Any]], *, columns: tuple[str, ...] | None = None) -> str:
    """A table with these rows; columns that a row does not name are NULL."""
    columns = columns or FALLBACK[name]
    text = (
        f"DROP TABLE IF EXISTS `{name}`;\nCREATE TABLE `{name}` (\n"
        + ",\n".join(f"  `{each}` text" for each in columns)
        + "\n);\n"
    )
    if rows:
        values = ",\n".join("(" + ",".join(sql(row.get(each)) for each in columns) + ")" for row in rows)
        text += f"INSERT INTO `{name}` VALUES\n{values};\n"
    return text


def biblio(key: int, title: str, **others: Any) -> dict[str, Any]:
    usual = {
        "gmd_id": 1,
        "language_id": "id",
        "publish_year": "2020",
        "classification": "297",
        "opac_hide": 0,
        "frequency_id": 0,
    }
    return {
        "biblio_id": key,
        "title": title,
        "input_date": "2020-05-20 09:00:00",
        "last_update": "2020-05-21 09:00:00",
        **usual,
        **others,
    }


def item(key: int, title: int, code: str | None, **others: Any) -> dict[str, Any]:
    usual = {
        "coll_type_id": 2,
        "location_id": "PST",
        "item_status_id": "0",
        "source": 1,
        "price": 85000,
        "price_currency": "Rupiah",
    }
    return {"item_id": key, "biblio_id": title, "item_code": code, "input_date": "2020-05-20 09:00:00", **usual, **others}


def member(number: str, name: str, **others: Any) -> dict[str, Any]:
    usual = {"gender": 1, "member_type_id": 1, "member_since_date": "2024-08-15", "expire_date": "2030-12-31", "is_pending": 0}
    return {"member_id": number, "member_name": name, **usual, **others}


def loan(key: int, code: str, number: str, **others: Any) -> dict[str, Any]:
    usual = {
        "loan_date": "2026-11-20",
        "due_date": "2026-12-04",
        "renewed": 0,
        "is_lent": 1,
        "is_return": 0,
        "return_date": None,
    }
    return {"loan_id": key, "item_code": code, "member_id": number, "input_date": "2026-11-20 10:00:00", **usual, **others}


SMALL: dict[str, list[dict[str, Any]]] = {
    "mst_gmd": [{"gmd_id": 1, "gmd_code": "TE", "gmd_name": "Text"}],
    "mst_language": [{"language_id": "id", "language_name": "Indonesia"}],
    "mst_publisher": [{"publisher_id": 1, "publisher_name": "Balai Pustaka"}],
    "mst_place": [{"place_id": 1, "place_name": "Jakarta"}],
    "mst_location": [{"location_id": "PST", "location_name": "Ruang Baca"}],
    "mst_coll_type": [{"coll_type_id": 1, "coll_type_name": "Reference"}, {"coll_type_id": 2, "coll_type_name": "Textbook"}],
    "mst_item_status": [
        {"item_status_id": "R", "item_status_name": "Repair", "no_loan": 1, "rules": 'a:1:{i:0;s:1:"1";}'},
        {"item_status_id": "NL", "item_status_name": "No Loan", "no_loan": 1},
        {"item_status_id": "MIS", "item_status_name": "Missing", "no_loan": 1},
    ],
    "mst_member_type": [
        {
            "member_type_id": 1, "member_type_name": "Taruna", "loan_limit": 4, "loan_periode": 14, "enable_reserve": 1,
            "reserve_limit": 2, "member_periode": 365, "reborrow_limit": 1, "fine_each_day": 500, "grace_periode": 1,
        }
    ],
    "mst_author": [
        {"author_id": 1, "author_name": "Toer, Pramoedya Ananta", "author_year": "1925-2006", "authority_type": "p"},
        {"author_id": 2, "author_name": "Lane, Max", "authority_type": "p"},
        {"author_id": 3, "author_name": "Balai Pustaka", "authority_type": "o"},
    ],
    "biblio_author": [
        {"biblio_id": 1, "author_id": 1, "level": 1},
        {"biblio_id": 1, "author_id": 2, "level": 4},
        {"biblio_id": 2, "author_id": 3, "level": 1},
    ],
    "mst_topic": [
        {"topic_id": 1, "topic": "Fiksi Indonesia", "topic_type": "t", "classification": ""},
        {"topic_id": 2, "topic": "Jawa", "topic_type": "g", "classification": ""},
    ],
    "biblio_topic": [{"biblio_id": 1, "topic_id": 1, "level": 1}, {"biblio_id": 1, "topic_id": 2, "level": 2}],
    "biblio": [
        biblio(
            1, "Bumi manusia : sebuah novel", sor="Pramoedya Ananta Toer", isbn_issn="9789799731234", publisher_id=1,
            publish_place_id=1, publish_year="1980", collation="xi, 354 hlm. : ilus. ; 20 cm", series_title="Tetralogi Buru",
            call_number="813 TOE b", classification="813", notes="Roman pertama <b>Tetralogi</b>&nbsp;Buru.", edition="Cet. 2",
        ),
        biblio(2, "Kamus besar", call_number="R 413 KAM", classification="413", opac_hide=1),
    ],
    "item": [
        item(11, 1, "B001", call_number="813 TOE b c.1", inventory_code="001/H/2020", received_date="2020-01-02", site="A1"),
        item(12, 1, "B002"),
        item(13, 2, "B003", coll_type_id=1, item_status_id="NL"),
    ],
    "member": [
        member("M01", "Ani Lestari", member_email="ani@contoh.ac.id", member_phone="0812-3456-7890", inst_name="Nautika"),
        member("M02", "BUDI"),
    ],
    "loan": [
        loan(100, "B001", "M01"),
        loan(
            101, "B002", "M02", loan_date="2024-01-10", due_date="2024-01-24", is_return=1, return_date="2024-01-20",
            input_date="2024-01-10 09:00:00",
        ),
    ],
    "reserve": [{"reserve_id": 1, "member_id": "M02", "biblio_id": 1, "item_code": "B001", "reserve_date": "2026-11-21 08:00:00"}],
    "fines": [
        {"fines_id": 1, "fines_date": "2026-10-01", "member_id": "M01", "debet": 5000, "credit": 0, "description": "Overdue"},
        {"fines_id": 2, "fines_date": "2026-10-02", "member_id": "m01", "debet": 0, "credit": 2000, "description": "Paid"},
    ],
    "visitor_count": [{"visitor_id": 1, "member_id": "M01", "member_name": "Ani", "checkin_date": "2026-11-20 08:00:00"}],
}  # fmt: skip
"""Two titles with three copies, two members, a loan each, a reservation, a debt, a visit."""


def dump(**changes: Any) -> str:
    """SMALL as a dump of mariadb-dump, with other rows for the tables named; None leaves a table out."""
    tables = {**SMALL, **changes}
    body = "".join(table(name, rows) for name, rows in tables.items() if rows is not None)
    return f"-- MariaDB dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\n{body}-- Dump completed on 2026-11-22\n"


def added(name: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of SMALL with these behind them."""
    return [*SMALL[name], *rows]
