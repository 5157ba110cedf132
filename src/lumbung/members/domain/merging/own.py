"""How what this part itself keeps of a member follows when two registrations become one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.kernel.whole_rows import row_again, row_of
from lumbung.members.domain.merging.followers import Column, Follower, Pair, following
from lumbung.members.models import (
    ChannelLink,
    ClearanceApplication,
    Consent,
    FormerCard,
    JoinRequest,
    LinkCode,
    Look,
    MemberIdentifier,
    MemberPair,
    PrivacyRequest,
    RosterRow,
)
from lumbung.members.refusals import BOTH_APPLY, BOTH_ASK_CORRECTION, ERASURE_ASKED

Kinds, OPEN = PrivacyRequest.Kinds, PrivacyRequest.States.OPEN


def _numbers_move(pair: Pair, _by: events.Actor | None) -> list[list[str]]:
    rows = MemberIdentifier.objects.filter(member=pair.gone)
    told = [list(each) for each in rows.values_list("kind", "value")]
    rows.update(member=pair.kept)
    return told


def _numbers_back(moved: list[list[str]], pair: Pair, _by: events.Actor | None) -> None:
    for kind, value in moved:
        MemberIdentifier.objects.filter(member=pair.kept, kind=kind, value=value).update(member=pair.gone)


def _clearance_against(pair: Pair) -> Sequence[Reason]:
    """Nobody has two open applications for one purpose."""
    under_way = ClearanceApplication.objects.filter(state=ClearanceApplication.States.OPEN).select_related("purpose")
    theirs = {each.purpose_id: each.purpose for each in under_way.filter(member=pair.gone)}
    both = under_way.filter(member=pair.kept, purpose__in=theirs)
    return [BOTH_APPLY(purpose=str(each.purpose)) for each in both]


def _requests_against(pair: Pair) -> Sequence[Reason]:
    asked = PrivacyRequest.objects.filter(member__in=[pair.gone, pair.kept], state=OPEN).select_related("member")
    erasures = [ERASURE_ASKED(barcode=each.member.barcode) for each in asked if each.kind == Kinds.ERASURE]
    corrections = {each.member_id for each in asked if each.kind == Kinds.CORRECTION}
    return erasures + [BOTH_ASK_CORRECTION()] * (len(corrections) > 1)


def _links_move(pair: Pair, _by: events.Actor | None) -> dict[str, Any]:
    """Chats go on knowing the person; of two that are preferred, that of the member who stays is."""
    links = ChannelLink.objects.filter(member=pair.gone)
    standing = {"is_preferred": True, "ended_at": None}
    other = []
    if ChannelLink.objects.filter(member=pair.kept, **standing).exists():
        other = list(links.filter(**standing).values_list("pk", flat=True))
        ChannelLink.objects.filter(pk__in=other).update(is_preferred=False)
    keys = list(links.values_list("pk", flat=True))
    links.update(member=pair.kept)
    return {"links": keys, "preferred": other}


def _links_back(moved: dict[str, Any], pair: Pair, _by: events.Actor | None) -> None:
    ChannelLink.objects.filter(pk__in=moved["links"], member=pair.kept).update(member=pair.gone)
    again = ChannelLink.objects.filter(pk__in=moved["preferred"], member=pair.gone, ended_at=None, notices_since__isnull=False)
    again.update(is_preferred=True)


def _consents_move(pair: Pair, _by: events.Actor | None) -> dict[str, Any]:
    """What the person said last counts: a withdrawal ends a consent given before it, and of two that stand the later stays."""
    rows = list(Consent.objects.select_for_update().filter(member__in=[pair.gone, pair.kept]))
    before = {str(each.pk): row_of(each) for each in rows}
    for purpose in {each.purpose_id for each in rows}:
        said = [each for each in rows if each.purpose_id == purpose]
        last = max((each.withdrawn_at for each in said if each.withdrawn_at), default=None)
        standing = sorted((each for each in said if each.withdrawn_at is None), key=lambda each: (each.given_at, each.pk))
        for each in standing[:-1]:
            each.withdrawn_at = standing[-1].given_at
        if standing and last is not None and last > standing[-1].given_at:
            standing[-1].withdrawn_at = last
    moved = [each.pk for each in rows if each.member_id == pair.gone.pk]
    Consent.objects.bulk_update(rows, ["withdrawn_at"])
    ended = {str(each.pk): each.withdrawn_at for each in rows if before[str(each.pk)]["withdrawn_at"] != each.withdrawn_at}
    Consent.objects.filter(pk__in=moved).update(member=pair.kept)
    return {"moved": moved, "ended": ended}


def _consents_back(moved: dict[str, Any], pair: Pair, _by: events.Actor | None) -> None:
    Consent.objects.filter(pk__in=moved["moved"], member=pair.kept).update(member=pair.gone)
    for key, ended in moved["ended"].items():
        row = Consent.objects.filter(pk=int(key), withdrawn_at=datetime.fromisoformat(ended)).first()
        if row and not Consent.objects.filter(member=row.member, purpose=row.purpose, withdrawn_at=None).exists():
            Consent.objects.filter(pk=row.pk).update(withdrawn_at=None)


def _looks_move(pair: Pair, _by: events.Actor | None) -> dict[str, Any]:
    """Who looked at either looked at this person; looks of one day are counted together."""
    own = {(each.by_id, each.day): each for each in Look.objects.filter(member=pair.kept)}
    joined, moved = [], []
    for look in Look.objects.filter(member=pair.gone):
        if there := own.get((look.by_id, look.day)):
            joined.append(row_of(look))
            there.times, there.last_at = there.times + look.times, max(there.last_at, look.last_at)
            there.save(update_fields=["times", "last_at"])
            look.delete()
        else:
            moved.append(look.pk)
    Look.objects.filter(pk__in=moved).update(member=pair.kept)
    return {"moved": moved, "joined": joined}


def _looks_back(moved: dict[str, Any], pair: Pair, _by: events.Actor | None) -> None:
    Look.objects.filter(pk__in=moved["moved"], member=pair.kept).update(member=pair.gone)
    for row in moved["joined"]:
        there = Look.objects.filter(member=pair.kept, by=row["by_id"], day=row["day"]).first()
        if there is not None:
            there.times = max(there.times - row["times"], 0)
            there.save(update_fields=["times"])
            row_again(Look, row)


def _roster_move(pair: Pair, _by: events.Actor | None) -> list[int]:
    """Taking back a list must not take out or turn back the one who stays for what it did to the other."""
    rows = RosterRow.objects.filter(member=pair.gone)
    keys = list(rows.values_list("pk", flat=True))
    rows.update(member=None)
    return keys


def _roster_back(moved: list[int], pair: Pair, _by: events.Actor | None) -> None:
    RosterRow.objects.filter(pk__in=moved, member=None).update(member=pair.gone)


def _pairs_move(pair: Pair, _by: events.Actor | None) -> list[dict[str, Any]]:
    """What is known to be another person than the one who goes is another than the one who stays."""
    told = []
    about = MemberPair.objects.filter(Q(first=pair.gone) | Q(second=pair.gone))
    for each in about.filter(dismissed_at__isnull=False):
        told.append(row_of(each))
        other = each.second_id if each.first_id == pair.gone.pk else each.first_id
        if other != pair.kept.pk:
            first, second = sorted((pair.kept.pk, other))
            said = {"likeness": each.likeness, "weight": each.weight, "found_at": each.found_at}
            said |= {"dismissed_at": each.dismissed_at, "dismissed_by_id": each.dismissed_by_id}
            MemberPair.objects.update_or_create(first_id=first, second_id=second, defaults=said)
    about.delete()
    return told


def _pairs_back(moved: list[dict[str, Any]], _pair: Pair, _by: events.Actor | None) -> None:
    for row in moved:
        if not MemberPair.objects.filter(first=row["first_id"], second=row["second_id"]).exists():
            row_again(MemberPair, row)


OWN = (
    Follower("members.numbers", (MemberIdentifier,), _numbers_move, _numbers_back),
    following("members.clearance", Column(ClearanceApplication), against=_clearance_against),
    following("members.requests", Column(PrivacyRequest), against=_requests_against),
    Follower("members.chats", (ChannelLink,), _links_move, _links_back),
    Follower("members.consents", (Consent,), _consents_move, _consents_back),
    Follower("members.looks", (Look,), _looks_move, _looks_back),
    Follower("members.rosters", (RosterRow,), _roster_move, _roster_back),
    Follower("members.pairs", (MemberPair,), _pairs_move, _pairs_back),
    following("members.rest", Column(FormerCard), Column(JoinRequest), Column(LinkCode)),
)
