"""What was done at the desk since the clerk last finished: loans by their keys, kept with the session, for the list and the receipt."""

from typing import Literal

from django.http import HttpRequest

from lumbung.circulation.models import Loan

Deed = Literal["lent", "renewed", "returned"]
_KEY = "desk_deeds"
_AT_MOST = 200


def deeds(request: HttpRequest) -> dict[int, Deed]:
    """Loan → what was last done with it, newest last."""
    return {loan: deed for deed, loan in request.session.get(_KEY, [])}


def add(request: HttpRequest, deed: Deed, loan: Loan) -> None:
    """Note what was done with the loan; what was done with it before no longer counts."""
    kept = [row for row in request.session.get(_KEY, []) if row[1] != loan.pk]
    request.session[_KEY] = [*kept, [deed, loan.pk]][-_AT_MOST:]


def forget(request: HttpRequest, loan_id: int) -> None:
    """The loan never was."""
    request.session[_KEY] = [row for row in request.session.get(_KEY, []) if row[1] != loan_id]


def finish(request: HttpRequest, member: int) -> None:
    """Done with this member, or (0, nobody is open) with what was taken back; what was done for others at another tab stays."""
    done = deeds(request)
    if member:
        over = set(Loan.objects.filter(pk__in=done, member=member).values_list("pk", flat=True))
    else:
        over = {loan for loan, deed in done.items() if deed == "returned"}
    request.session[_KEY] = [row for row in request.session.get(_KEY, []) if row[1] not in over]
