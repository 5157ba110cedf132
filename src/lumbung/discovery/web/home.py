"""The first page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lumbung.catalogue.models import Material
from lumbung.discovery.models import Ranked
from lumbung.discovery.queries import most_borrowed, new_titles
from lumbung.discovery.queries.curated import lists_for, picks, shown_lists
from lumbung.discovery.queries.interest import ranked
from lumbung.discovery.queries.purposes import shown_aims
from lumbung.discovery.queries.suggestions import wants_suggestions
from lumbung.discovery.structured import places
from lumbung.discovery.web.purposes import chosen_aim
from lumbung.members.queries import member_of
from lumbung.organization.models import Branch
from lumbung.organization.queries import Hours, Status, hours_today, public_branches, status_now

CHIPS = [Material.BOOK, Material.THESIS, Material.EBOOK, Material.SERIAL]
SHELF, RANKED, TERM, PICKS = 14, 5, 180, 4


@dataclass(frozen=True)
class OpenBranch:
    """A branch with its hours of today."""

    branch: Branch
    status: Status
    today: tuple[Hours, ...]


def home(request: HttpRequest) -> HttpResponse:
    aim = chosen_aim(request)
    open_branches = [OpenBranch(each, status_now(each), hours_today(each)) for each in public_branches()]
    return render(
        request,
        "discovery/home.html",
        {
            "chips": CHIPS,
            "aims": shown_aims(),
            "aim": aim,
            "aim_picks": picks(lists) if aim and (lists := list(lists_for(aim.key)[:PICKS])) else [],
            "branches": open_branches,
            "structured": places(public_branches(), address_of=lambda each: request.build_absolute_uri(f"/#branch-{each.pk}")),
            "first": min(
                (each for each in open_branches if each.status.hours_known), key=lambda each: each.branch.pk, default=None
            ),
            "new": new_titles(SHELF),
            "picks": picks(lists) if (lists := list(shown_lists()[:PICKS])) else [],
            "suggests": (member := member_of(request.user)) is not None and wants_suggestions(member),
            "trending": ranked(Ranked.Lists.TRENDING_WEEK, SHELF),
            "ranked": most_borrowed(RANKED, TERM),
        },
    )
