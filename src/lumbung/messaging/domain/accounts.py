"""The library's accounts on channels: opened, changed, switched on and off, and all cut at once."""

import secrets as randomness
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from lumbung.kernel import clock, events, secrets_at_rest
from lumbung.kernel.refusals import Refused
from lumbung.messaging import channels, queries
from lumbung.messaging.events import AccountChanged, AccountOpened, AccountSwitched, ChannelsCut, ChannelsRestored
from lumbung.messaging.models import Account
from lumbung.messaging.refusals import FIELD_MISSING, UNKNOWN_KIND

HOOK_BYTES = 24
BUILT_IN = frozenset({"email", "web"})


def built_in(kind: str) -> Account:
    """The account that is there without set-up: letters by ``LUMBUNG_EMAIL_URL``, chat on our own pages."""
    account = Account.objects.filter(kind=kind, is_built_in=True).first()
    return account or _made_built_in(kind)


def _made_built_in(kind: str) -> Account:
    if kind not in BUILT_IN:
        raise KeyError(kind)
    name = str(channels.channel_called(kind).needs().title)
    try:
        with transaction.atomic():
            return Account.objects.create(kind=kind, name=name, is_built_in=True, hook_key=_new_key())
    except IntegrityError:
        return Account.objects.get(kind=kind, is_built_in=True)  # another process made it just now


def _new_key() -> str:
    return randomness.token_urlsafe(HOOK_BYTES)


@transaction.atomic
def open_account(
    kind: str, *, name: str, settings: Mapping[str, Any], secrets: Mapping[str, str], by: events.Actor | None
) -> Account:
    """Set up an account on a channel; it is switched on when somebody says so. Refuses a kind there is not and fields left empty."""
    if kind not in channels.kinds():
        raise Refused(UNKNOWN_KIND(kind=kind))
    _refuse_missing(kind, settings, secrets)
    account = Account.objects.create(
        kind=kind,
        name=name.strip() or str(channels.channel_called(kind).needs().title),
        settings=dict(settings),
        sealed_secrets=secrets_at_rest.seal(secrets),
        is_enabled=False,
        hook_key=_new_key(),
    )
    events.record(AccountOpened(account=account.pk, kind=kind), by=by)
    return account


@transaction.atomic
def change_account(
    account: Account, *, name: str, settings: Mapping[str, Any], secrets: Mapping[str, str], by: events.Actor | None
) -> Account:
    """Set it up differently. A secret left empty stays what it was: nobody can see it to type it again."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    try:
        kept = account.secrets
    except secrets_at_rest.Unreadable:
        kept = {}
    kept |= {key: value for key, value in secrets.items() if value}
    _refuse_missing(account.kind, settings, kept)
    account.name = name.strip() or account.name
    account.settings, account.sealed_secrets = dict(settings), secrets_at_rest.seal(kept)
    account.health, account.health_note = Account.Healths.UNKNOWN, ""
    account.save(update_fields=["name", "settings", "sealed_secrets", "health", "health_note"])
    queries.hooks.changed()
    events.record(AccountChanged(account=account.pk, kind=account.kind), by=by)
    return account


def _refuse_missing(kind: str, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
    given = {**settings, **secrets}
    fields = channels.channel_called(kind).needs().fields
    if missing := [FIELD_MISSING(label=each.label) for each in fields if each.is_required and not given.get(each.name)]:
        raise Refused(missing)


@transaction.atomic
def switch(account: Account, *, on: bool, by: events.Actor | None) -> None:
    """Switch an account on or off. What waits for it waits on, until it is too late for it."""
    if Account.objects.filter(pk=account.pk).exclude(is_enabled=on).update(is_enabled=on):
        _tell_readers()
        events.record(AccountSwitched(account=account.pk, enabled=on), by=by)


@transaction.atomic
def cut_all(*, by: events.Actor | None) -> int:
    """Cut every channel at once: nothing goes out and nothing is taken in. Returns how many accounts."""
    for kind in BUILT_IN:
        built_in(kind)
    cut = Account.objects.filter(cut_at=None).update(cut_at=clock.now())
    if cut:
        _tell_readers()
        events.record(ChannelsCut(accounts=cut), by=by)
    return cut


@transaction.atomic
def restore_all(*, by: events.Actor | None) -> int:
    """End the cut: what was on before is on again. Returns how many accounts."""
    restored = Account.objects.exclude(cut_at=None).update(cut_at=None)
    if restored:
        _tell_readers()
        events.record(ChannelsRestored(accounts=restored), by=by)
    return restored


def look_after_all() -> int:
    """Every night: whether each account that is on still works, so that a token that holds no longer is seen before anybody writes."""
    there = list(Account.objects.open().filter(is_built_in=False))
    for account in there:
        look_after(account)
    return len(there)


def _tell_readers() -> None:
    """What is read again and again of accounts was changed."""
    queries.web_chat_is_open.changed()
    queries.hooks.changed()


def look_after(account: Account) -> channels.Health:
    """Ask the channel whether the account works, and keep what it said."""
    try:
        health = channels.channel_called(account.kind).check(account)
    except secrets_at_rest.Unreadable:
        health = channels.Health(is_well=False, note="LUMBUNG_SECRETS_KEY")
    Account.objects.filter(pk=account.pk).update(
        health=Account.Healths.WELL if health.is_well else Account.Healths.AILING,
        health_note=health.note[:1000],
        health_at=clock.now(),
    )
    return health
