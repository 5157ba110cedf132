"""The tables of SLiMS: the columns of a dump without definitions, and what becomes of tables that have no room here."""

FALLBACK: dict[str, tuple[str, ...]] = {
    "biblio": (
        "biblio_id", "gmd_id", "title", "sor", "edition", "isbn_issn", "publisher_id", "publish_year", "collation", "series_title",
        "call_number", "language_id", "source", "publish_place_id", "classification", "notes", "image", "file_att", "opac_hide",
        "promoted", "labels", "frequency_id", "spec_detail_info", "content_type_id", "media_type_id", "carrier_type_id", "input_date",
        "last_update", "uid",
    ),
    "biblio_author": ("biblio_id", "author_id", "level"),
    "biblio_topic": ("biblio_id", "topic_id", "level"),
    "biblio_attachment": ("biblio_id", "file_id", "placement", "access_type", "access_limit"),
    "biblio_relation": ("biblio_id", "rel_biblio_id", "rel_type"),
    "item": (
        "item_id", "biblio_id", "call_number", "coll_type_id", "item_code", "inventory_code", "received_date", "supplier_id",
        "order_no", "location_id", "order_date", "item_status_id", "site", "source", "invoice", "price", "price_currency",
        "invoice_date", "input_date", "last_update", "uid",
    ),
    "member": (
        "member_id", "member_name", "gender", "birth_date", "member_type_id", "member_address", "member_mail_address", "member_email",
        "postal_code", "inst_name", "is_new", "member_image", "pin", "member_phone", "member_fax", "member_since_date",
        "register_date", "expire_date", "member_notes", "is_pending", "mpasswd", "last_login", "last_login_ip", "input_date",
        "last_update",
    ),
    "loan": (
        "loan_id", "item_code", "member_id", "loan_date", "due_date", "renewed", "loan_rules_id", "actual", "is_lent", "is_return",
        "return_date", "input_date", "last_update", "uid",
    ),
    "reserve": ("reserve_id", "member_id", "biblio_id", "item_code", "reserve_date"),
    "fines": ("fines_id", "fines_date", "member_id", "debet", "credit", "description"),
    "holiday": ("holiday_id", "holiday_dayname", "holiday_date", "description"),
    "mst_author": ("author_id", "author_name", "author_year", "authority_type", "auth_list", "input_date", "last_update"),
    "mst_topic": ("topic_id", "topic", "topic_type", "auth_list", "classification", "input_date", "last_update"),
    "mst_publisher": ("publisher_id", "publisher_name", "input_date", "last_update"),
    "mst_place": ("place_id", "place_name", "input_date", "last_update"),
    "mst_language": ("language_id", "language_name", "input_date", "last_update"),
    "mst_gmd": ("gmd_id", "gmd_code", "gmd_name", "icon_image", "input_date", "last_update"),
    "mst_coll_type": ("coll_type_id", "coll_type_name", "input_date", "last_update"),
    "mst_location": ("location_id", "location_name", "input_date", "last_update"),
    "mst_item_status": ("item_status_id", "item_status_name", "rules", "no_loan", "skip_stock_take", "input_date", "last_update"),
    "mst_member_type": (
        "member_type_id", "member_type_name", "loan_limit", "loan_periode", "enable_reserve", "reserve_limit", "member_periode",
        "reborrow_limit", "fine_each_day", "grace_periode", "input_date", "last_update",
    ),
    "mst_loan_rules": (
        "loan_rules_id", "member_type_id", "coll_type_id", "gmd_id", "loan_limit", "loan_periode", "reborrow_limit",
        "fine_each_day", "grace_periode", "input_date", "last_update",
    ),
    "mst_supplier": (
        "supplier_id", "supplier_name", "address", "postal_code", "phone", "contact", "fax", "account", "e_mail", "input_date",
        "last_update",
    ),
    "visitor_count": ("visitor_id", "member_id", "member_name", "institution", "room_code", "checkin_date"),
}  # fmt: skip

WANTED: dict[str, str] = {
    "biblio": "biblio_id", "item": "item_code", "member": "member_id", "loan": "loan_id", "mst_author": "author_id",
    "biblio_author": "author_id", "mst_topic": "topic_id", "biblio_topic": "topic_id", "mst_member_type": "member_type_id",
}  # fmt: skip
"""Tables, and the column each is known by. Without one of these something is missing, and that is told; without all of them it is no
database of SLiMS."""

INDEXES = (
    ("biblio", "biblio_id"), ("biblio_author", "biblio_id"), ("mst_author", "author_id"), ("biblio_topic", "biblio_id"),
    ("mst_topic", "topic_id"), ("item", "biblio_id"), ("item", "item_id"), ("biblio_relation", "biblio_id"), ("serial", "biblio_id"),
    ("member", "member_id"), ("loan", "loan_id"), ("biblio_attachment", "biblio_id"), ("files", "file_id"),
    ("biblio_custom", "biblio_id"), ("stock_take", "stock_take_id"),
)  # fmt: skip

MOVED = frozenset(
    {
        "biblio", "biblio_author", "biblio_topic", "item", "loan", "mst_author", "mst_carrier_type", "mst_coll_type",
        "mst_content_type", "mst_frequency", "mst_gmd", "mst_item_status", "mst_language", "mst_location", "mst_media_type",
        "mst_member_type", "mst_place", "mst_publisher", "mst_topic", "fines", "reserve", "biblio_relation", "mst_label",
        "stock_take_item",
    }
)  # fmt: skip
"""Tables whose every row is carried over."""

COLUMNS_KEPT: dict[str, tuple[str, ...]] = {
    "member": (
        "member_id", "gender", "birth_date", "member_address", "member_mail_address", "postal_code", "is_new", "member_image", "pin",
        "member_fax", "register_date", "last_login", "last_login_ip", "input_date", "last_update",
    ),
    "visitor_count": ("visitor_id", "member_id", "member_name", "institution", "room_code", "checkin_date"),
    "stock_take": ("stock_take_id", "init_user", "stock_take_users", "report_file"),
    "user": ("user_id", "username", "realname", "user_type", "social_media", "groups", "last_login", "input_date", "last_update"),
}  # fmt: skip
"""What of a table that is carried over has no room here yet."""

DERIVED = frozenset(
    {
        "search_biblio",
        "index_words",
        "index_documents",
        "cache",
        "plugins",
        "user_tokens",
        "mst_module",
        "mst_relation_term",
        "backup_log",
    }
)
"""Made by SLiMS out of the rest, or of use to SLiMS alone."""

SKIPPED = frozenset({"search_biblio", "index_words", "index_documents", "cache"})
"""Not even staged: an index made of what is there anyway."""
