"""The proof of a transfer: a picture or PDF that the member sends, known by its content, kept where no address leads but ours."""

from django.db import transaction

from lumbung.circulation.domain.payments import tell_of_payment
from lumbung.circulation.models import Payment
from lumbung.circulation.refusals import FILE_TOO_LARGE, PROOF_ACTS, PROOF_UNKNOWN
from lumbung.kernel import events, uploads
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.models import Branch

LARGEST = 8 << 20
FOLDER = "proofs"
KINDS = {ending: kind for kind, ending in uploads.ENDINGS.items()}


def send_proof(
    member: Member, amount: int, *, method: str, at: Branch, by: events.Actor | None, content: bytes = b"", reference: str = ""
) -> Payment:
    """Tell of money that was sent, with the file that shows it, if there is one. Refuses what ``tell_of_payment`` refuses, a file over
    8 MB, one that is neither PDF, JPEG, PNG nor WebP, and a PDF that carries scripts or other files; then nothing is kept.
    """
    kept = _kept(content) if content else ""
    try:
        with transaction.atomic():
            return tell_of_payment(member, amount, method=method, at=at, by=by, proof=kept, reference=reference)
    except Refused:
        uploads.forget(kept)
        raise


def kind_of_proof(payment: Payment) -> str:
    """What the kept file is; empty where there is none."""
    return KINDS.get(payment.proof.rpartition(".")[2], "")


def _kept(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refused(FILE_TOO_LARGE(most=LARGEST >> 20))
    kind = uploads.kind_of(content)
    if not kind:
        raise Refused(PROOF_UNKNOWN())
    if kind == "pdf" and uploads.acts(content):
        raise Refused(PROOF_ACTS())
    return uploads.keep(content, kind=kind, folder=FOLDER).stored_file
