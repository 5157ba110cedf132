"""What circulation shows on the pages of a member, a title and a copy."""

from collections.abc import Sequence

from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import volume_label
from lumbung.circulation import permissions, queries
from lumbung.circulation.models import Hold, HoldOf
from lumbung.circulation.queries.articles import articles_offered, articles_served, articles_visible_to
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.web import bookings, own_bookings
from lumbung.circulation.web.closed_doors import banner
from lumbung.circulation.web.due_dates import closures_panel
from lumbung.circulation.web.handover_place_forms import PickupForm
from lumbung.circulation.web.handover_places import home_panel
from lumbung.circulation.web.handovers import own_panel
from lumbung.circulation.web.own_articles import own_panel as own_articles_panel
from lumbung.circulation.web.own_articles import record_link
from lumbung.circulation.web.own_rules import own_rules_panel
from lumbung.circulation.web.parcels import own_address_panel
from lumbung.circulation.web.parcels import own_panel as own_parcels_panel
from lumbung.circulation.web.personal_rules import lines_of_member
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui import slots
from lumbung.members.models import Member
from lumbung.organization.queries import public_branches

HISTORY_SHOWN = 10
QUEUE_SHOWN = 20
AWAY = {
    queries.ItemStates.ON_LOAN,
    queries.ItemStates.SET_ASIDE,
    queries.ItemStates.IN_TRANSIT,
    queries.ItemStates.RESTING,
    queries.ItemStates.BOOKED,
}


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("member.actions", "circulation.desk", desk_link)
    slots.fill("member.page", "circulation.loans", loans_panel, order=10)
    slots.fill("member.page", "circulation.holds", holds_panel, order=20)
    slots.fill("member.side", "circulation.pin", pin_panel)
    slots.fill("member.side", "circulation.personal_rules", personal_panel)
    slots.fill("my.page", "circulation.borrow", borrow_link)
    slots.fill("my.page", "circulation.rules", own_rules_panel, order=10)
    slots.fill("my.page", "circulation.handover", own_panel)
    slots.fill("my.page", "circulation.parcels", own_parcels_panel)
    slots.fill("my.asked", "circulation.articles", own_articles_panel)
    slots.fill("member.page", "circulation.articles", articles_panel, order=25)
    slots.fill("record.page", "circulation.articles", title_articles_panel)
    slots.fill("record.copying", "circulation.articles", record_link)
    slots.fill("my.asked", "circulation.bookings", own_bookings.own_panel, order=10)
    slots.fill("record.copying", "circulation.book", own_bookings.book_link, order=110)
    slots.fill("member.page", "circulation.bookings", bookings.member_panel, order=21)
    slots.fill("item.page", "circulation.bookings", bookings.item_panel)
    slots.fill("record.page", "circulation.bookings", bookings.title_panel)
    slots.fill("my.hold", "circulation.queue", own_hold_panel)
    slots.fill("home.branches", "circulation.places", home_panel)
    slots.fill("record.hold", "circulation.volumes", volume_choice)
    slots.fill("record.hold_terms", "circulation.unfetched", hold_terms_panel)
    slots.fill("my.cancel_hold", "circulation.cancel", cancel_panel)
    slots.fill("my.settings", "circulation.pin", own_pin_panel)
    slots.fill("my.settings", "circulation.address", own_address_panel)
    slots.fill("member.page", "circulation.fees", fees_panel, order=15)
    slots.fill("item.page", "circulation.loan", item_panel)
    slots.fill("record.page", "circulation.queue", queue_panel)
    slots.fill("item.state", "circulation.state", state_tag)
    slots.fill("closures.above", "circulation.due_dates", closures_panel)
    slots.fill("public.banner", "circulation.closed_doors", banner)


def desk_link(request: HttpRequest, *, member: Member) -> SafeString:
    """The way from the member's page to the desk with that member open."""
    return _drawn(request, "circulation/panels/desk_link.html", permissions.LEND, member=member)


def loans_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member has now; and what came back, when the member keeps a history."""
    history = queries.loan_history(member)[:HISTORY_SHOWN] if member.keeps_history else []
    return _drawn(
        request,
        "circulation/panels/loans.html",
        permissions.SEE,
        member=member,
        loans=queries.open_loans(member),
        history=history,
    )


def holds_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member waits for."""
    return _drawn(request, "circulation/panels/holds.html", permissions.SEE, member=member, holds=queries.open_holds(member))


def articles_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member asked to have copied and has not got, and the way to ask for another."""
    asked, may_ask = list(articles_visible_to(request.user).current().filter(member=member)), articles_served()
    if not asked and not may_ask:
        return SafeString("")
    facts = {"member": member, "articles": asked, "may_ask": may_ask}
    return _drawn(request, "circulation/panels/articles.html", permissions.SEE, **facts)


def title_articles_panel(request: HttpRequest, *, record: Record) -> SafeString:
    """Of which parts of the title a copy is being made, and the way to ask for one for a member."""
    rows = articles_visible_to(request.user).current().filter(record=record)
    asked, may_ask = list(rows[:QUEUE_SHOWN]), articles_offered(record)
    if not asked and not may_ask:
        return SafeString("")
    facts = {"record": record, "articles": asked, "may_ask": may_ask}
    return _drawn(request, "circulation/panels/articles.html", permissions.SEE, **facts)


def personal_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What this member alone may borrow, and the way to say more of it."""
    lines = lines_of_member(member)
    return _drawn(request, "circulation/panels/personal_rules.html", permissions.SEE, member=member, lines=lines)


def pin_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """Where staff let the member choose a PIN."""
    return _drawn(request, "circulation/panels/pin.html", permissions.LEND, member=member, pin=queries.pin_of(member))


def own_pin_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """Where a member goes to choose a PIN; nothing for an account without membership."""
    if member is None:
        return SafeString("")
    return render_to_string("circulation/panels/own_pin.html", {"pin": queries.pin_of(member)}, request)


def borrow_link(request: HttpRequest, *, member: Member) -> SafeString:
    """The way to borrowing with one's own telephone, where a branch does it."""
    return render_to_string("circulation/panels/borrow.html", {}, request) if queries.lending_by_phone() else SafeString("")


def own_hold_panel(request: HttpRequest, *, hold: Hold, holds: Sequence[Hold]) -> SafeString:
    """On a member's own page: about when a copy will be there, asking one back, and letting others go before for a while. ``holds`` are
    read once."""
    if hold.state != Hold.States.WAITING:
        return SafeString("")
    read = vars(request)
    if "expected" not in read:
        read["expected"] = queries.expected_for(holds)
        read["offers"] = queries.recall_offers(
            [each for each in holds if each.state == Hold.States.WAITING and rules_now().let_recall]
        )
    choice = PickupForm(
        initial={"branch": f"p{hold.place_id}" if hold.place_id else hold.pickup_branch_id}, auto_id=f"ambil-{hold.pk}-%s"
    )
    facts = {"hold": hold, "expected": read["expected"].get(hold.pk), "choice": choice, "offer": read["offers"].get(hold.pk)}
    return render_to_string("circulation/panels/own_hold.html", facts, request)


def cancel_panel(request: HttpRequest, *, hold: Hold) -> SafeString:
    """The button that gives a hold up, or why the member cannot: it stands ready, and a rule says that it stays."""
    facts = {"hold": hold, "reasons": queries.blocks_to_give_up(hold)}
    return render_to_string("circulation/panels/cancel_hold.html", facts, request)


def hold_terms_panel(request: HttpRequest, *, record: Record, member: Member) -> SafeString:
    """What it costs not to fetch what one asked for, told before it is asked for."""
    told = _terms_told(request, record, member)
    return render_to_string("circulation/panels/hold_terms.html", {"told": told}, request) if told.fees else SafeString("")


def _terms_told(request: HttpRequest, record: Record, member: Member) -> queries.HoldTerms:
    read = vars(request)
    if "hold_terms" not in read:
        read["hold_terms"] = queries.hold_terms(record, member, public_branches())
    told: queries.HoldTerms = read["hold_terms"]
    return told


def volume_choice(request: HttpRequest, *, record: Record, member: Member, own: queries.OwnVolumes | None = None) -> SafeString:
    """In the form that places a hold: which volume, for a work in several; and which copy, where the rules let members choose one. Of
    what the reader has some of as their ``own``, only the volumes that are left."""
    said = _terms_told(request, record, member).hold_of
    volumes = queries.volumes_of(record, to=member) if own is None else own.left
    drawn = SafeString("")
    if (own or len(volumes) > 1) and said != HoldOf.COPY:
        facts = {"volumes": [(each, volume_label(each)) for each in volumes], "any": own is None}
        drawn += render_to_string("circulation/panels/volumes.html", facts, request)
    if said != HoldOf.TITLE:
        copies = queries.copies_to_choose(record, to=member, of=None if own is None else own.left)
        offered = {"copies": copies, "must": said == HoldOf.COPY}
        drawn += render_to_string("circulation/panels/copies_to_choose.html", offered, request)
    return drawn


def fees_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """What the member owes, and the way to pay it."""
    account = queries.standing(member)
    return _drawn(request, "circulation/panels/fees.html", permissions.FEES, member=member, account=account)


def item_panel(request: HttpRequest, *, item: Item) -> SafeString:
    """Who has the copy, or had it last."""
    return _drawn(request, "circulation/panels/item_loan.html", permissions.SEE, loan=queries.last_loan_of(item))


def state_tag(request: HttpRequest, *, item: Item, page: Page) -> SafeString:
    """Where a copy in a list is when not on its shelf: lent, set aside, on its way. The whole page of copies is read once."""
    read = vars(page)
    if "states" not in read:
        read["states"] = queries.item_states(list(page.object_list))
    state = read["states"][item.pk]
    if state.state not in AWAY:
        return SafeString("")
    return render_to_string("circulation/panels/item_state.html", {"state": state}, request)


def queue_panel(request: HttpRequest, *, record: Record) -> SafeString:
    """Who waits for the title, first come first."""
    waiting = list(queries.open_holds_on(record)[: QUEUE_SHOWN + 1])
    shown, more = waiting[:QUEUE_SHOWN], len(waiting) > QUEUE_SHOWN
    today = timezone.localdate(clock.now())
    return _drawn(request, "circulation/panels/record_queue.html", permissions.SEE, holds=shown, more=more, today=today)


def _drawn(request: HttpRequest, template: str, permission: str, **context: object) -> SafeString:
    if not may(request.user, permission):
        return SafeString("")
    return render_to_string(template, context, request)
