"""What Koha's circulation rules say of how long a copy is kept before and after a booking, in our terms."""

from lumbung.moving.domain.koha.told import Group, single

GROUPS_OF_BOOKINGS: dict[str, Group] = {
    "booking_lead_days": single("booking_lead_days", "bookings_lead_period", 0),
    "booking_trail_days": single("booking_trail_days", "bookings_trail_period", 0),
}
"""By the first of the terms they say."""
