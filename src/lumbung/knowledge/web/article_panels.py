"""Places and panels of articles, questions and people: the way to them, what waits for the reader, how we do this here, guests."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lumbung.kernel.permissions import may
from lumbung.kernel.ui import navigation, slots
from lumbung.kernel.ui.icons import icon
from lumbung.knowledge.permissions import ENTER
from lumbung.knowledge.queries import waiting
from lumbung.knowledge.queries.communities import communities_of, guests
from lumbung.members.models import Member

NOTHING = SafeString("")


def fill_slots() -> None:
    """Called once, at start-up."""
    slots.fill("knowledge.places", "portal", places)
    slots.fill("knowledge.home", "waiting", waiting_panel, order=20)
    slots.fill("staff.here", "knowledge.guide", guide_link)
    slots.fill("my.page", "knowledge.guest", guest_panel, order=90)


def places(request: HttpRequest) -> SafeString:
    """The ways through the portal; the one that is open is marked."""
    home = reverse("knowledge:home")
    ways = [
        ("home", _("Portal")),
        ("sessions", _("Sesi")),
        ("actions", _("Tindakan")),
        ("articles", pgettext("many", "Artikel")),
        ("questions", pgettext("knowledge", "Pertanyaan")),
        ("communities", pgettext("many", "Komunitas")),
        ("people", pgettext("knowledge", "Orang")),
        ("courses", _("Pelatihan")),
        ("topics", _("Topik")),
        ("signals", _("Sinyal")),
        ("incidents", _("Insiden")),
        ("ideas", _("Gagasan")),
        ("consultations", _("Musyawarah")),
        ("search", _("Cari")),
    ]
    links = [
        format_html('<a href="{}"{}>{}</a>', address, SafeString(' aria-current="true"') if here else "", label)
        for name, label in ways
        for address in [reverse(f"knowledge:{name}")]
        for here in [request.path == home if address == home else request.path.startswith(address)]
    ]
    return SafeString("".join(links))


def waiting_panel(request: HttpRequest) -> SafeString:
    """What waits for this person, and what became of what they wrote."""
    return render_to_string("knowledge/waiting.html", {"waiting": waiting.waiting_for(request.user)}, request)


def guest_panel(request: HttpRequest, *, member: Member) -> SafeString:
    """On the own page of a guest from another library: the way to the communities they were invited to."""
    if request.user.pk not in guests():
        return NOTHING
    return render_to_string("knowledge/guest_panel.html", {"communities": communities_of(request.user)}, request)


def guide_link(request: HttpRequest) -> SafeString:
    """From a screen of the staff to the article that tells its work: that of the place in the menu which the screen belongs to."""
    match, entry = request.resolver_match, navigation.entry_at(request.path)
    if match is None or entry is None or match.namespace == "knowledge" or not may(request.user, ENTER):
        return NOTHING
    address = reverse("knowledge:here", args=[entry.url_name])
    said = _("Bagaimana kami mengerjakan ini")
    return format_html(
        '<a class="wide here" href="{}" title="{}">{}<span>{}</span></a>', address, said, icon("info"), _("Cara kerja")
    )
