"""The columns of Koha's tables that come over, and those that do not: each is told by name, with how many rows say something in it."""

from collections.abc import Iterator

from lumbung.moving.domain.koha.tables import SECRET
from lumbung.moving.domain.sources import Kept, Problem
from lumbung.moving.domain.staging import Staged
from lumbung.moving.refusals import COLUMN_DROPPED, COLUMN_KEPT

_LOAN = (
    "issue_id",
    "borrowernumber",
    "itemnumber",
    "date_due",
    "issuedate",
    "returndate",
    "renewals_count",
    "renewals",
    "unseen_renewals",
    "lastreneweddate",
    "onsite_checkout",
    "branchcode",
)
TAKEN: dict[str, tuple[str, ...]] = {
    "branches": ("branchcode", "branchname"),
    "categories": ("categorycode", "description", "enrolmentperiod"),
    "itemtypes": ("itemtype", "description", "notforloan"),
    "items": (
        "itemnumber", "biblionumber", "barcode", "homebranch", "location", "itype", "itemcallnumber", "dateaccessioned",
        "booksellerid", "price", "stocknumber", "notforloan", "itemlost", "damaged", "withdrawn", "itemnotes", "copynumber",
        "enumchron",
    ),
    "borrowers": (
        "borrowernumber", "cardnumber", "surname", "firstname", "middle_name", "categorycode", "branchcode", "dateenrolled",
        "dateexpiry", "email", "mobile", "debarred", "debarredcomment", "gonenoaddress", "lost", "borrowernotes", "password", "flags",
    ),
    "issues": _LOAN,
    "old_issues": _LOAN,
    "reserves": (
        "reserve_id", "borrowernumber", "biblionumber", "itemnumber", "reservedate", "branchcode", "found", "priority",
        "expirationdate", "patron_expiration_date", "suspend", "suspend_until",
    ),
    "article_requests": (
        "id", "borrowernumber", "biblionumber", "itemnumber", "branchcode", "title", "author", "volume", "issue", "date", "pages",
        "chapters", "patron_notes", "status", "format", "cancellation_reason", "created_on", "updated_on",
    ),
    "bookings": (
        "booking_id", "patron_id", "biblio_id", "item_id", "start_date", "end_date", "pickup_library_id", "status", "creation_date",
    ),
}  # fmt: skip
"""What is read of each table; its first column is its key."""
_DERIVED = frozenset(
    {
        "timestamp",
        "updated_on",
        "modification_date",
        "biblioitemnumber",
        "cn_sort",
        "onloan",
        "login_attempts",
        "imageurl",
        "made_of_952",
    }
)
"""Made by Koha out of the rest, or of use to its own pages alone."""
_NOTHING = ("", "0", "0.00", "0.000000", "0000-00-00", "0000-00-00 00:00:00")
_AS_EVER = {
    "lang": "default", "checkprevcheckout": "inherit", "privacy": "1", "default_privacy": "default", "autorenew_checkouts": "1",
    "blockexpiredpatronopacactions": "-1", "public": "1", "pickup_location": "1", "issuing": "1", "can_place_ill_in_opac": "1",
    "auth_method": "password",
}  # fmt: skip
"""What stands in a column where nobody ever chose anything."""
_ONLY_WHERE: dict[str, tuple[str, tuple[str, ...]]] = {
    "replacementprice": ("coalesce(price, 0) + 0 <> 0", ("price",)),
    "holdingbranch": ("coalesce(homebranch, '') NOT IN ('', holdingbranch)", ("homebranch",)),
    "permanent_location": ("coalesce(location, '') <> permanent_location", ("location",)),
    "emailpro": ("coalesce(email, '') NOT IN ('', emailpro)", ("email",)),
    "smsalertnumber": ("coalesce(mobile, '') NOT IN ('', smsalertnumber)", ("mobile",)),
    "phone": ("coalesce(mobile, '') || coalesce(smsalertnumber, '') <> ''", ("mobile", "smsalertnumber")),
    "userid": (
        "coalesce(cardnumber, '') NOT IN ('', userid) AND CAST(coalesce(flags, 0) AS INTEGER) = 0",
        ("cardnumber", "flags"),
    ),
}
"""Columns that come over in the place of others that say nothing: they are left where those do, and say something else."""


def told(staged: Staged) -> Iterator[Problem]:
    """Every column with something in it that does not come over."""
    for table in TAKEN:
        for column, rows in _left(staged, table):
            refusal = COLUMN_DROPPED if column in SECRET else COLUMN_KEPT
            yield Problem(refusal(table=table, column=column, rows=rows), f"{table}.{column}")


def kept(staged: Staged, table: str) -> list[Kept]:
    """What is kept of a table: its key, and these columns. Secrets are not."""
    columns = tuple(column for column, _ in _left(staged, table) if column not in SECRET)
    return [Kept(table, "columns", (TAKEN[table][0], *columns))] if columns else []


def _left(staged: Staged, table: str) -> Iterator[tuple[str, int]]:
    for column in staged.columns.get(table, ()):
        if (
            column not in TAKEN[table]
            and column not in _DERIVED
            and (rows := staged.count(table, _filled(staged, table, column)))
        ):
            yield column, rows


def _filled(staged: Staged, table: str, column: str) -> str:
    """A condition: the column says something, and something that is not said elsewhere."""
    name = '"' + column.replace('"', '""') + '"'
    nothing = ", ".join(f"'{each}'" for each in (*_NOTHING, *filter(None, [_AS_EVER.get(column)])))
    conditions = [f"CAST(coalesce({name}, '') AS TEXT) NOT IN ({nothing})"]
    only, needed = _ONLY_WHERE.get(column, ("", ()))
    if only and set(needed) <= set(staged.columns[table]):
        conditions.append(f"({only})")
    return " AND ".join(conditions)
