"""What circulation keeps of a member: to be read by them, and forgotten when they ask and nothing is open."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.circulation.domain.privacy import forget_member, forget_personal_rules, forget_words_about_money
from lumbung.circulation.models import (
    ArticleRequest,
    Booking,
    Fee,
    Handover,
    Hold,
    KeptAddress,
    Loan,
    Payment,
    PersonalRule,
    Pin,
)
from lumbung.circulation.queries import fees_of, standing
from lumbung.circulation.queries.parcels import kept_address
from lumbung.circulation.queries.personal_rules import NAMED, personal_words
from lumbung.circulation.refusals import (
    ARTICLES_STILL_OPEN,
    BOOKINGS_STILL_OPEN,
    FEES_STILL_OPEN,
    HANDOVERS_STILL_OPEN,
    HOLDS_STILL_OPEN,
    LOANS_STILL_OPEN,
)
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member


def _told_loan(loan: Loan) -> Mapping[str, Any]:
    return {
        "item__record__title": loan.item.record.title,
        "item__barcode": loan.item.barcode,
        "lent_at": loan.lent_at,
        "due_at": loan.due,
        "returned_at": loan.returned_at,
    }


def _told(member: Member) -> Mapping[str, Any]:
    loans = Loan.objects.filter(member=member).order_by("lent_at", "pk")
    holds = Hold.objects.filter(member=member).order_by("pk")
    owed = standing(member)
    return {
        "loans": [_told_loan(each) for each in loans.select_related("item__record")],
        "holds": list(holds.values("record__title", "state", "placed_at", "closed_at")),
        "bookings": list(
            Booking.objects.filter(member=member)
            .order_by("pk")
            .values("record__title", "item__barcode", "first_day", "last_day", "state", "note", "booked_at", "closed_at")
        ),
        "fees": [
            {"kind": each.kind, "amount": each.amount, "left": each.left, "charged": each.charged_at}
            for each in fees_of(member)
        ],
        "handovers": list(
            Handover.objects.filter(member=member)
            .order_by("pk")
            .values("kind", "state", "asked_at", "starts_at", "address", "courier", "tracking", "fee", "closed_at")
        ),
        "article_requests": list(
            ArticleRequest.objects.filter(member=member)
            .order_by("pk")
            .values(
                "record__title",
                "kind",
                "title",
                "author",
                "issue",
                "pages",
                "note",
                "purpose",
                "way",
                "address",
                "state",
                "reason",
                "fee",
                "postage",
                "page_count",
                "downloads",
                "asked_at",
                "agreed_at",
                "until",
                "closed_at",
            )
        ),
        "personal_rules": [
            {"says": personal_words(each), "reason": each.reason, "until": each.until, "added_at": each.added_at}
            for each in PersonalRule.objects.filter(member=member).prefetch_related(*NAMED)
        ],
        "kept_address": kept_address(member),
        "kept_address_agreed_at": KeptAddress.objects.filter(member=member).values_list("agreed_at", flat=True).first(),
        "owed": owed.owed,
        "credit": owed.credit,
        "payments": list(member.payments.order_by("pk").values("amount", "method", "state", "receipt_number", "reference")),
    }


def _against(member: Member) -> Sequence[Reason]:
    """Open loans, holds, bookings and money keep a member from being forgotten."""
    reasons = []
    if loans := Loan.objects.open().filter(member=member).count():
        reasons.append(LOANS_STILL_OPEN(count=loans))
    if holds := Hold.objects.filter(member=member, closed_at__isnull=True).count():
        reasons.append(HOLDS_STILL_OPEN(count=holds))
    if booked := Booking.objects.open().filter(member=member).count():
        reasons.append(BOOKINGS_STILL_OPEN(count=booked))
    if asked := Handover.objects.filter(member=member, state__in=Handover.OPEN).count():
        reasons.append(HANDOVERS_STILL_OPEN(count=asked))
    if articles := ArticleRequest.objects.current().filter(member=member).count():
        reasons.append(ARTICLES_STILL_OPEN(count=articles))
    owed = standing(member)
    if owed.owed or owed.credit:
        reasons.append(FEES_STILL_OPEN(amount=rupiah(owed.owed or owed.credit)))
    return reasons


def _erase(member: Member) -> None:
    """Loans, holds, bookings and hand-overs are nobody's, in the journal too; receipts keep numbers and amounts, as book-keeping must,
    without what was written beside them: bank references, reasons, notes and the pictures of transfers."""
    forget_member(member)
    forget_words_about_money(member)
    Pin.objects.filter(member=member).delete()
    KeptAddress.objects.filter(member=member).delete()
    forget_personal_rules(member)


HOLDING = Holding(
    code="circulation",
    name=gettext_lazy("Pinjaman, pesanan, dan biaya"),
    told=_told,
    erase=_erase,
    against=_against,
    words={
        "loans": gettext_lazy("pinjaman"),
        "barcode": gettext_lazy("kode batang"),
        "due_at": gettext_lazy("jatuh tempo"),
        "returned_at": gettext_lazy("kembali"),
        "holds": gettext_lazy("pesanan"),
        "bookings": gettext_lazy("pesanan bertanggal"),
        "first_day": gettext_lazy("hari pertama"),
        "last_day": gettext_lazy("hari terakhir"),
        "booked_at": gettext_lazy("dipesan"),
        "fees": gettext_lazy("biaya"),
        "left": gettext_lazy("sisa"),
        "charged": gettext_lazy("dikenakan"),
        "handovers": gettext_lazy("pengambilan dan kiriman"),
        "courier": gettext_lazy("kurir"),
        "tracking": gettext_lazy("nomor resi"),
        "fee": gettext_lazy("ongkos"),
        "article_requests": gettext_lazy("permintaan salinan"),
        "issue": gettext_lazy("jilid, nomor, atau tahun"),
        "pages": gettext_lazy("halaman"),
        "purpose": gettext_lazy("keperluan"),
        "way": gettext_lazy("cara mendapatkannya"),
        "postage": gettext_lazy("ongkos kirim"),
        "page_count": gettext_lazy("halaman yang disalin"),
        "downloads": gettext_lazy("kali dibuka"),
        "asked_at": gettext_lazy("diminta"),
        "agreed_at": gettext_lazy("disetujui"),
        "until": gettext_lazy("sampai"),
        "author": gettext_lazy("pengarang"),
        "personal_rules": gettext_lazy("ketentuan khusus"),
        "says": gettext_lazy("yang ditentukan"),
        "added_at": gettext_lazy("ditetapkan"),
        "kept_address": gettext_lazy("alamat kiriman yang disimpan"),
        "kept_address_agreed_at": gettext_lazy("disetujui disimpan"),
        "owed": gettext_lazy("harus dibayar"),
        "credit": gettext_lazy("saldo"),
        "payments": gettext_lazy("pembayaran"),
        "method": gettext_lazy("cara"),
        "receipt_number": gettext_lazy("nomor kuitansi"),
        "reference": gettext_lazy("rujukan"),
    },
    choices={
        "holds.state": Hold.States,
        "bookings.state": Booking.States,
        "fees.kind": Fee.Kinds,
        "handovers.kind": Handover.Kinds,
        "handovers.state": Handover.States,
        "article_requests.kind": ArticleRequest.Kinds,
        "article_requests.purpose": ArticleRequest.Purposes,
        "article_requests.way": ArticleRequest.Ways,
        "article_requests.state": ArticleRequest.States,
        "payments.state": Payment.States,
        "payments.method": Payment.Methods,
    },
    models=(
        "circulation.Loan",
        "circulation.Hold",
        "circulation.Booking",
        "circulation.Handover",
        "circulation.ArticleRequest",
        "circulation.DutyDay",
        "circulation.KeptAddress",
        "circulation.Payment",
        "circulation.PersonalRule",
        "circulation.FeeAccount",
        "circulation.Pin",
    ),
)
