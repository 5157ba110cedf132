"""The tables of Koha (installer/data/mysql/kohastructure.sql), and what becomes of those that have no room here."""

MARC = "marc_export"
"""Ours: the records of a MARC export, when the dump has none."""

WANTED: dict[str, str] = {
    "biblio_metadata": "metadata", "items": "itemnumber", "borrowers": "borrowernumber", "categories": "categorycode",
    "itemtypes": "itemtype", "branches": "branchcode", "issues": "itemnumber", "old_issues": "itemnumber",
    "reserves": "biblionumber", "accountlines": "borrowernumber", "circulation_rules": "rule_name",
}  # fmt: skip
"""Tables, and the column each is known by. Without one of these something is missing, and that is told; without all of them it is no
database of Koha."""

INDEXES = (
    ("biblio_metadata", "biblionumber"), (MARC, "biblionumber"), ("biblio", "biblionumber"), ("biblioitems", "biblionumber"),
    ("items", "biblionumber"), ("items", "itemnumber"), ("borrowers", "borrowernumber"), ("issues", "issue_id"),
    ("old_issues", "issue_id"), ("accountlines", "accountlines_id"), ("reserves", "reserve_id"),
    ("article_requests", "id"),
    ("bookings", "booking_id"),
)  # fmt: skip

ITEM_COLUMNS: dict[str, str] = {
    "9": "itemnumber", "p": "barcode", "a": "homebranch", "b": "holdingbranch", "c": "location", "y": "itype", "o": "itemcallnumber",
    "d": "dateaccessioned", "e": "booksellerid", "g": "price", "i": "stocknumber", "8": "ccode", "7": "notforloan", "1": "itemlost",
    "4": "damaged", "0": "withdrawn", "z": "itemnotes", "x": "itemnotes_nonpublic", "t": "copynumber", "h": "enumchron",
    "v": "replacementprice", "2": "cn_source", "3": "materials", "5": "restricted", "6": "cn_sort", "f": "coded_location_qualifier",
    "j": "stack", "l": "issues", "m": "renewals", "n": "reserves", "q": "onloan", "r": "datelastseen", "s": "datelastborrowed",
    "u": "uri", "w": "replacementpricedate",
}  # fmt: skip
"""The subfields of 952, and the columns of ``items`` they are made of."""

CODES: dict[str, tuple[str, str, dict[str, str]]] = {
    "branches": ("branchcode", "branchname", {"items": "homebranch", "borrowers": "branchcode"}),
    "itemtypes": ("itemtype", "description", {"items": "itype"}),
    "categories": ("categorycode", "description", {"borrowers": "categorycode"}),
}
"""Tables of codes: their columns of code and name, and where their codes are used."""

MOVED = frozenset({"biblio_metadata", "biblio", "biblioitems", MARC})
"""Tables whose every row is carried over; what the last two say is read out of the records."""

PARTLY = frozenset({"accountlines", "circulation_rules", "special_holidays", "repeatable_holidays"})
"""Tables of which rows or values come over, and others have no room here: the whole is kept."""

SECRET = frozenset({"password", "secret"})
"""Columns that are kept nowhere."""

DERIVED = frozenset(
    {"zebraqueue", "sessions", "search_history", "statistics", "tmp_holdsqueue", "hold_fill_targets", "background_jobs"}
)
"""Made by Koha out of the rest, or of use to Koha alone."""
SKIPPED = frozenset({"zebraqueue", "sessions", "search_history", "background_jobs"})
