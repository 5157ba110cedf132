"""The letter that goes along with copies to the national or the provincial library, on A4."""

from importlib.resources import files

from django.utils.formats import date_format

from lumbung.digital.models import LegalDepositCopy
from lumbung.kernel import clock, typesetting
from lumbung.organization.queries import library


def legal_deposit_letter(copy: LegalDepositCopy) -> bytes:
    """The letter for these copies as PDF, ready to be signed."""
    here, work = library(), copy.legal_deposit
    data = {
        "library": here.name,
        "institution": here.institution,
        "address": here.address,
        "npp": here.registration_number,
        "recipient": str(copy.get_recipient_display()),
        "today": date_format(clock.today(here.zone), "j F Y"),
        "title": work.record.title_told,
        "kind": str(work.get_kind_display()).lower(),
        "published": date_format(work.published_on, "j F Y"),
        "due": date_format(work.due_on, "j F Y"),
        "count": copy.count,
        "number": work.record_id,
    }
    return typesetting.pdf(files(__package__).joinpath("legal_deposit.typ").read_text(encoding="utf-8"), data)
