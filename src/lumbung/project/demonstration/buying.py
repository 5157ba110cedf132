"""Three months of acquisitions: a dozen requests in every state, two invented vendors, one fund, copies at each step to the shelf.

What came are more copies of titles that the library has.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from lumbung.accounts.models import User
from lumbung.acquisitions.domain.funds import add_fund
from lumbung.acquisitions.domain.orders import add_line, begin_order, claim_order, place_order
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.domain.requests import ask_for
from lumbung.acquisitions.domain.selection import accept_request, decline_request
from lumbung.acquisitions.domain.vendors import add_vendor
from lumbung.acquisitions.models import Fund, Order, PurchaseRequest, Vendor
from lumbung.catalogue.models import ItemType, Record
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch

NINE = time(9, 30)
STEPS = ("catalogued", "labelled", "shelved")


class Wish(NamedTuple):
    """Who (a name of a user) asked how many days ago for what; ``then`` tells how it went on."""

    who: str
    days: int
    title: str
    creator: str
    publisher: str
    year: str
    copies: int
    guess: int
    then: str = ""


WISHES = (
    Wish("ani", 62, "Laut bercerita", "Leila S. Chudori", "Kepustakaan Populer Gramedia", "2017", 2, 120_000, "came"),
    Wish("slamet", 60, "Statistika untuk penelitian", "Sugiyono", "Alfabeta", "2015", 3, 98_000, "came"),
    Wish("sari", 58, "Dasar-dasar ilmu politik", "Miriam Budiardjo", "Gramedia Pustaka Utama", "2008", 4, 150_000, "came"),
    Wish("slamet", 45, "Sistem informasi manajemen", "Tata Sutabri", "Andi", "2016", 3, 110_000, "late"),
    Wish("tono", 44, "Kimia organik dasar", "Riswiyanto", "Erlangga", "2015", 2, 135_000, "late"),
    Wish("budi", 30, "Filosofi teras", "Henry Manampiring", "Penerbit Buku Kompas", "2018", 2, 98_000, "draft"),
    Wish("ani", 26, "Pulang", "Leila S. Chudori", "Kepustakaan Populer Gramedia", "2012", 1, 115_000, "accepted"),
    Wish("tono", 21, "Akuntansi keuangan menengah", "Dwi Martani", "Salemba Empat", "2017", 5, 175_000, "accepted"),
    Wish("budi", 18, "Ensiklopedia superhero", "", "", "", 1, 300_000, "declined"),
    Wish("budi", 6, "Gadis kretek", "Ratih Kumala", "Gramedia Pustaka Utama", "2012", 1, 89_000),
    Wish("ani", 3, "Belajar mesin dengan Python", "", "Informatika", "2021", 1, 95_000),
    Wish("slamet", 1, "Psikologi perkembangan anak", "", "Rosdakarya", "", 4, 90_000),
)


def buy_books(today: date, *, by: User) -> None:
    """Make all of it by the verbs, each on its day; the same wherever it is made on that day."""
    branch = Branch.objects.get(code="PUSAT")
    ratna, tono = User.objects.get(username="ratna"), User.objects.get(username="tono")
    with _days_ago(today, branch, 80):
        fund = add_fund(name="DIPA buku", year=today.year, amount=12_000_000, by=ratna)
        near = add_vendor(name="Toko Buku Bengawan", contact="Ibu Wening", phone="0274-555-0132", delivery_days=14, by=by)
        far = add_vendor(
            name="CV Pustaka Merapi", contact="Bapak Jati", address="Jalan Rekaan 7\nSleman", delivery_days=21, by=by
        )
    wishes = {wish.title: (wish, _asked(wish, today, branch)) for wish in WISHES}
    _decide(wishes.values(), fund, today, branch, ratna)
    came = [asked for wish, asked in wishes.values() if wish.then == "came"]
    order = _order(near, came, fund, today, branch, sent=50, by=by)
    _take_in(order, today, branch, by=tono)
    late = _order(far, [asked for wish, asked in wishes.values() if wish.then == "late"], fund, today, branch, sent=34, by=by)
    with _days_ago(today, branch, 4):
        claim_order(late, by=by)
    _order(far, [asked for wish, asked in wishes.values() if wish.then == "draft"], fund, today, branch, sent=0, by=by)


def _asked(wish: Wish, today: date, branch: Branch) -> PurchaseRequest:
    user = User.objects.get(username=wish.who)
    member = Member.objects.filter(user=user).first()
    facts = {"title": wish.title, "creator": wish.creator, "publisher": wish.publisher, "year": wish.year}
    held = Record.objects.filter(title=wish.title).first() if wish.then == "came" else None
    with _days_ago(today, branch, wish.days):
        return ask_for(
            facts,
            record=held,
            member=member,
            copies=wish.copies,
            price_guess=wish.guess,
            why="Bacaan wajib semester ini" if wish.copies > 2 else "",  # noqa: PLR2004 -- what a class needs
            pickup_branch=branch if wish.title == "Laut bercerita" else None,
            by=user,
        )


def _decide(wishes: Iterable[tuple[Wish, PurchaseRequest]], fund: Fund, today: date, branch: Branch, ratna: User) -> None:
    for wish, asked in wishes:
        with _days_ago(today, branch, max(wish.days - 5, 0)):
            if wish.then == "declined":
                decline_request(asked, reason="Lebih cocok untuk perpustakaan umum; tersedia di perpustakaan daerah.", by=ratna)
            elif wish.then:
                accept_request(asked, priority=1 if wish.copies > 2 else 2, fund=fund, by=ratna)  # noqa: PLR2004 -- the same


def _order(
    vendor: Vendor, wishes: list[PurchaseRequest], fund: Fund, today: date, branch: Branch, *, sent: int, by: User
) -> Order:
    """An order for these wishes, sent so many days ago; 0 leaves a draft of two days ago."""
    with _days_ago(today, branch, sent or 2):
        order = begin_order(vendor, branch=branch, by=by)
        for asked in wishes:
            price = asked.price_guess or 0
            add_line(order, request=asked, fund=fund, unit_price=price, discount=10, copies=asked.copies, by=by)
        return place_order(order, by=by) if sent else order


def _take_in(order: Order, today: date, branch: Branch, *, by: User) -> None:
    """What came 36 days ago; of the last title half. The first title is on the shelf, the second labelled, the third waits."""
    textbook = ItemType.objects.get(code="textbook")
    lines = list(order.lines.order_by("pk"))
    for number, line in enumerate(lines):
        copies = line.copies if line is not lines[-1] else line.copies // 2
        barcodes = [f"P{number}{copy:04}" for copy in range(1, copies + 1)]
        with _days_ago(today, branch, 36):
            receipt = receive(line, barcodes, item_type=textbook, invoice="TBB-0417", by=by)
        steps = STEPS[: 3 - number]
        for at, step in enumerate(steps):
            with _days_ago(today, branch, 31 - 4 * at):
                for copy in receipt.new_copies.all():
                    tick(copy, step, by=by)


@contextmanager
def _days_ago(today: date, branch: Branch, days: int) -> Iterator[None]:
    """The clock stands at half past nine in the morning, so many days ago."""
    with clock.stopped_at(datetime.combine(today - timedelta(days=days), NINE, branch.zone).astimezone(UTC)):
        yield
