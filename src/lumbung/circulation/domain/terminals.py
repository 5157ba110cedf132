"""Machines at which members serve themselves: who they are, where they stand, in whose name they act."""

import secrets
from typing import Any

from django.db import transaction

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.domain.tokens import digest_of
from lumbung.accounts.models import User
from lumbung.circulation import queries
from lumbung.circulation.events import TerminalAdded, TerminalChanged, TerminalRemoved, TerminalSecretRenewed
from lumbung.circulation.models import Terminal
from lumbung.circulation.permissions import LEND
from lumbung.circulation.refusals import TERMINAL_ACCOUNT_MAY_NOT_LEND, TERMINAL_LOGIN_TAKEN, TERMINAL_NAME_EMPTY
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization.models import Branch

SETTINGS = {
    "is_active",
    "needs_pin",
    "lends",
    "takes_back",
    "places_holds",
    "takes_fees",
    "blocks_cards",
    "encoding",
    "language",
}
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_SECRET_LENGTH = 20
"""Letters that no one mistakes for another, because the secret is typed into a machine: 99 bits."""


@refuse_when_broken(terminal_login_is_unique_in_any_case=TERMINAL_LOGIN_TAKEN)
@transaction.atomic
def add_terminal(
    *, name: str, login: str, branch: Branch, account: User, by: events.Actor | None, **settings: Any
) -> tuple[Terminal, str]:
    """Make a machine known; returns it with its secret, which is shown now and never again.

    Refuses an empty name, a login that another has, and an account that may not lend.
    """
    secret = _new_secret()
    terminal = Terminal(name=name.strip(), login=login.strip(), branch=branch, account=account, digest=digest_of(secret))
    set_changed(terminal, settings, allowed=SETTINGS)
    _refuse(terminal)
    terminal.save(force_insert=True)
    queries.active_terminals.changed()
    events.record(TerminalAdded(terminal=terminal.pk, branch=branch.pk), by=by)
    return terminal, secret


@refuse_when_broken(terminal_login_is_unique_in_any_case=TERMINAL_LOGIN_TAKEN)
@transaction.atomic
def change_terminal(terminal: Terminal, *, by: events.Actor | None, **changes: Any) -> Terminal:
    """Change what is known of a machine. A session under way keeps what it began with until it asks again. Refuses as ``add_terminal``."""
    terminal = Terminal.objects.select_for_update(of=("self",)).get(pk=terminal.pk)
    if changed := set_changed(terminal, changes, allowed={"name", "login", "branch", "account", *SETTINGS}):
        _refuse(terminal)
        terminal.save(update_fields=changed)
        queries.active_terminals.changed()
        events.record(TerminalChanged(terminal=terminal.pk, fields=changed), by=by)
    return terminal


@transaction.atomic
def renew_secret(terminal: Terminal, *, by: events.Actor | None) -> str:
    """Give the machine another secret, shown now and never again; the old one is worthless at once."""
    secret = _new_secret()
    Terminal.objects.filter(pk=terminal.pk).update(digest=digest_of(secret))
    queries.active_terminals.changed()
    events.record(TerminalSecretRenewed(terminal=terminal.pk), by=by)
    return secret


@transaction.atomic
def remove_terminal(terminal: Terminal, *, by: events.Actor | None) -> None:
    """Forget the machine; what was done at it stays."""
    key = terminal.pk
    Terminal.objects.get(pk=key).delete()
    queries.active_terminals.changed()
    events.record(TerminalRemoved(terminal=key), by=by)


def terminal_with(login: str, secret: str) -> Terminal | None:
    """The machine of this login and secret, with branch and account; None unless it is active and its account may lend."""
    terminals = Terminal.objects.select_related("branch", "account")
    terminal = terminals.filter(login__iexact=login, digest=digest_of(secret), is_active=True).first()
    if terminal is None or not may(terminal.account, LEND):
        return None
    Terminal.objects.filter(pk=terminal.pk).update(last_seen_at=clock.now())
    return terminal


def _new_secret() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_LENGTH))


def _refuse(terminal: Terminal) -> None:
    reasons: list[Reason] = []
    if not terminal.name.strip() or not terminal.login.strip():
        reasons.append(TERMINAL_NAME_EMPTY())
    if Terminal.objects.filter(login__iexact=terminal.login).exclude(pk=terminal.pk).exists():
        reasons.append(TERMINAL_LOGIN_TAKEN())
    if not may(terminal.account, LEND):
        reasons.append(TERMINAL_ACCOUNT_MAY_NOT_LEND(account=terminal.account))
    if reasons:
        raise Refused(reasons)
