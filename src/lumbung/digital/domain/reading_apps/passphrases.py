"""The passphrase with which a member opens what they borrow in reading programs: one for all, never kept as it was typed."""

from base64 import b64encode

from django.db import transaction

from lumbung.digital.lending_events import ReadingPassphraseSet
from lumbung.digital.models import Passphrase
from lumbung.digital.refusals import HINT_EMPTY, HINT_TELLS, PASSPHRASE_MISSING, PASSPHRASE_SHORT
from lumbung.formats.lcp import passphrase_hash
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.kernel.secrets_at_rest import Unreadable, seal, unseal
from lumbung.members.models import Member

SHORTEST = 8


@transaction.atomic
def set_passphrase(member: Member, passphrase: str, hint: str, *, by: events.Actor | None) -> Passphrase:
    """Open with this passphrase from now on what is borrowed; licences given out before follow when they are next fetched. Refuses a short
    one, and a hint that is empty or tells it."""
    hint = " ".join(hint.split())[: Passphrase._meta.get_field("hint").max_length or 0]
    reasons = [PASSPHRASE_SHORT(least=SHORTEST)] * (len(passphrase) < SHORTEST) + [HINT_EMPTY()] * (not hint)
    if passphrase and passphrase.casefold() in hint.casefold():
        reasons.append(HINT_TELLS())
    if reasons:
        raise Refused(reasons)
    row = Passphrase.objects.select_for_update().filter(member=member).first() or Passphrase(member=member)
    row.sealed, row.hint, row.set_at = seal({"hash": passphrase_hash(passphrase).hex()}), hint, clock.now()
    row.save()
    events.record(ReadingPassphraseSet(member=member.pk), by=by)
    return row


def hash_of(passphrase: Passphrase | None) -> bytes:
    """Its SHA-256. Refuses where there is none, or it was sealed with a key that the installation no longer has."""
    if passphrase is None:
        raise Refused(PASSPHRASE_MISSING())
    try:
        return bytes.fromhex(unseal(passphrase.sealed)["hash"])
    except Unreadable:
        raise Refused(PASSPHRASE_MISSING()) from None


def hashed_passphrase(member: Member) -> str:
    """The hash in base64, for a program in which the member has signed in; empty where there is none."""
    try:
        return b64encode(hash_of(Passphrase.objects.filter(member=member).first())).decode()
    except Refused:
        return ""
