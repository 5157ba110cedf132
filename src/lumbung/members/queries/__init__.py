"""What others may ask about members, and about what stands between them and a clearance letter."""

from lumbung.members.queries.people import (
    MOST,
    categories,
    find_members,
    folded,
    has_ended,
    holders_of_cards,
    in_state,
    lineage,
    member_by_barcode,
    member_of,
    members_visible_to,
    merged_into,
    narrowed,
    search_text,
    search_text_of,
    user_of_code,
)

__all__ = [
    "MOST",
    "categories",
    "find_members",
    "folded",
    "has_ended",
    "holders_of_cards",
    "in_state",
    "lineage",
    "member_by_barcode",
    "member_of",
    "members_visible_to",
    "merged_into",
    "narrowed",
    "search_text",
    "search_text_of",
    "user_of_code",
]
