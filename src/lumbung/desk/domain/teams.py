"""Teams of librarians, and guests of partner libraries in them."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.desk.events import TeamAdded, TeamChanged, TeamJoined, TeamLeft
from lumbung.desk.models import Team, TeamMember
from lumbung.desk.queries import colleagues, librarians, teams
from lumbung.desk.refusals import GUEST_NEEDS_AN_END, NOT_A_LIBRARIAN, TEAM_NAME_EMPTY, TEAM_NAME_TAKEN
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.ui.words import day
from lumbung.messaging.domain.messages import send
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library


@transaction.atomic
def add_team(name: str, *, channels: Sequence[str] = (), by: events.Actor) -> Team:
    """A new team. Refuses an empty name and one that is there."""
    team = Team(name=name.strip(), channels=sorted(channels))
    _refuse_faults(team)
    team.save(force_insert=True)
    teams.changed()
    events.record(TeamAdded(team=team.pk), by=by)
    return team


@transaction.atomic
def change_team(team: Team, *, name: str, channels: Sequence[str], is_active: bool, by: events.Actor) -> Team:
    """Another name, other channels, or no more use. Refuses like ``add_team``."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    team.name, team.channels, team.is_active = name.strip(), sorted(channels), is_active
    _refuse_faults(team)
    team.save()
    teams.changed()
    events.record(TeamChanged(team=team.pk), by=by)
    return team


@transaction.atomic
def join_team(team: Team, user: User, *, guest_until: date | None = None, by: events.Actor) -> TeamMember:
    """Put somebody in the team: a librarian, or with a last day a guest of a partner library, who sees this team alone and is told."""
    is_librarian = librarians().filter(pk=user.pk).exists()
    reasons: list[Reason] = []
    if not is_librarian and guest_until is None:
        reasons.append(NOT_A_LIBRARIAN(name=user.name))
    if guest_until is not None and guest_until < clock.today(library().zone):
        reasons.append(GUEST_NEEDS_AN_END())
    if reasons:
        raise Refused(reasons)
    facts = {"is_guest": guest_until is not None, "until": guest_until}
    person, _ = TeamMember.objects.update_or_create(team=team, user=user, defaults=facts)
    colleagues.changed()
    events.record(TeamJoined(team=team.pk, user=user.pk, is_guest=person.is_guest), by=by)
    if person.is_guest and user.email:
        _invite(person, user)
    return person


def _invite(person: TeamMember, user: User) -> None:
    """Tell a guest which queue is theirs, until when, and where it is."""
    occasion = f"guest:{person.pk}:{person.until}"
    if not unspoken([occasion]):
        return
    path = reverse("desk:inbox")
    facts = {
        "name": user.name,
        "library": library().name,
        "team": person.team.name,
        "until": day(person.until) if person.until else "",
        "link": f"{settings.SITE_URL}{path}" if settings.SITE_URL else path,
    }
    send("desk_guest", address=user.email, facts=facts, language=user.language, occasions=[occasion])


@transaction.atomic
def leave_team(person: TeamMember, *, by: events.Actor) -> None:
    """Take somebody out of the team."""
    colleagues.changed()
    events.record(TeamLeft(team=person.team_id, user=person.user_id), by=by)
    person.delete()


def _refuse_faults(team: Team) -> None:
    if not team.name:
        raise Refused(TEAM_NAME_EMPTY())
    if Team.objects.filter(name__iexact=team.name).exclude(pk=team.pk).exists():
        raise Refused(TEAM_NAME_TAKEN(name=team.name))
