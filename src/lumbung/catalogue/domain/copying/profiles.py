"""Profiles of taking over: add, change, remove; and the one that is used."""

from typing import Any

from django.db import transaction

from lumbung.catalogue.domain.copying.mapping import faults_of
from lumbung.catalogue.events.copying import ProfileAdded, ProfileChanged, ProfileRemoved
from lumbung.catalogue.models import TakeOverProfile, Target
from lumbung.catalogue.refusals import LOCATION_ELSEWHERE, PROFILE_NAME_EMPTY, PROFILE_NAME_TAKEN
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused

FIELDS = frozenset({"name", "kept", "dropped", "moved", "added", "call_number", "branch", "location", "item_type", "usual"})


USUALLY_DROPPED = "005 019 029 59X 852 9XX XXX$9"


def usual_profile() -> TakeOverProfile:
    """The profile for targets that have none of their own: the usual one; without any, one that drops other libraries' local fields."""
    return TakeOverProfile.objects.filter(usual=True).first() or TakeOverProfile(dropped=USUALLY_DROPPED)


def profile_of(target: Target) -> TakeOverProfile:
    return target.profile or usual_profile()


@transaction.atomic
def add_profile(*, by: events.Actor | None, **given: Any) -> TakeOverProfile:
    """Add a profile. Refuses a name that is empty or taken, and rules that cannot be read. A usual one takes the place of the last."""
    profile = TakeOverProfile()
    set_changed(profile, given, allowed=FIELDS)
    _refuse(profile)
    _step_aside(profile)
    profile.save(force_insert=True)
    events.record(ProfileAdded(profile=profile.pk), by=by)
    return profile


@transaction.atomic
def change_profile(profile: TakeOverProfile, *, by: events.Actor | None, **changes: Any) -> TakeOverProfile:
    """Change the named fields; refuses as ``add_profile`` does."""
    current = TakeOverProfile.objects.select_for_update().get(pk=profile.pk)
    if changed := set_changed(current, changes, allowed=FIELDS):
        _refuse(current)
        _step_aside(current)
        current.save(update_fields=changed)
        events.record(ProfileChanged(profile=current.pk, fields=changed), by=by)
    return current


@transaction.atomic
def remove_profile(profile: TakeOverProfile, *, by: events.Actor | None) -> None:
    """Forget the profile; targets that had it use the usual one from now on."""
    key = profile.pk
    profile.delete()
    events.record(ProfileRemoved(profile=key), by=by)


def _step_aside(profile: TakeOverProfile) -> None:
    if profile.usual:
        TakeOverProfile.objects.filter(usual=True).exclude(pk=profile.pk).update(usual=False)


def _refuse(profile: TakeOverProfile) -> None:
    reasons: list[Reason] = [] if profile.name else [PROFILE_NAME_EMPTY()]
    if TakeOverProfile.objects.filter(name=profile.name).exclude(pk=profile.pk).exists():
        reasons.append(PROFILE_NAME_TAKEN(name=profile.name))
    reasons += faults_of(profile)
    if profile.location is not None and profile.branch is not None and profile.location.branch_id != profile.branch_id:
        reasons.append(LOCATION_ELSEWHERE(location=profile.location.name, branch=profile.branch.name))
    if reasons:
        raise Refused(reasons)
