"""Where somebody is signed in, and the verbs that end it. Also the engine that keeps sessions (``SESSION_ENGINE``)."""

from datetime import UTC, date, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from lumbung.accounts.domain.devices import device_of
from lumbung.accounts.events import SessionsEnded
from lumbung.accounts.models import DeviceSession, User
from lumbung.accounts.queries import devices_of
from lumbung.kernel import clock, events

DEVICE, BEGAN = "device", "began"


class SessionStore(InDatabase):
    """Django's own, whose rows also say whose they are, on what device they began, and on what day they were last used."""

    @classmethod
    def get_model_class(cls) -> type[DeviceSession]:
        return DeviceSession

    def create_model_instance(self, data: dict[str, Any]) -> DeviceSession:
        told = cast("DeviceSession", super().create_model_instance(data))
        told.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        told.device = data.get(DEVICE, "")
        told.began_at = datetime.fromtimestamp(data[BEGAN], UTC) if BEGAN in data else None
        told.last_used_on = _today()
        return told

    def _get_session_from_db(self) -> DeviceSession | None:
        found: DeviceSession | None = super()._get_session_from_db()  # type: ignore[misc]
        if found and found.user_id and found.last_used_on != _today():  # once a day: most pages are read without a write
            DeviceSession.objects.filter(pk=found.pk).update(last_used_on=_today())
        return found


def note_device(request: HttpRequest) -> None:
    """Remember on what device somebody has just signed in, and when."""
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    request.session[BEGAN] = int(clock.now().timestamp())


@transaction.atomic
def end_session(user: User, handle: str, *, by: User) -> bool:
    """Sign the user out on the device that the handle names; False when it was signed out already."""
    return _end(user, [each for each in devices_of(user) if each.handle == handle], by) > 0


@transaction.atomic
def end_other_sessions(user: User, *, but: str | None, by: User) -> int:
    """Sign the user out everywhere but in the session of the key ``but``; returns on how many devices."""
    return _end(user, [each for each in devices_of(user) if each.session_key != but], by)


def forget_ended_sessions() -> None:
    """Delete those that are over: every night."""
    SessionStore.clear_expired()


def _end(user: User, sessions: list[DeviceSession], by: User) -> int:
    ended, _kinds = DeviceSession.objects.filter(pk__in=[each.pk for each in sessions]).delete()
    if ended:
        events.record(SessionsEnded(user=user.pk, count=ended), by=by)
    return ended


def _today() -> date:
    return timezone.localdate(clock.now())
