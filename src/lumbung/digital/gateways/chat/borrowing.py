"""Borrowing a file by chat, at any hour, and reading it at once by its address; keeping it longer; giving it back."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.digital.domain.lending import borrow, renew_e_loan, return_early, wait_for
from lumbung.digital.models import ELoan, File
from lumbung.digital.queries import Asker, access_to, lending_state, open_e_loans, reads_or_may_borrow
from lumbung.digital.queries.access import is_lent
from lumbung.digital.queries.files import files_of_records
from lumbung.kernel.shortening import LABEL, shortened
from lumbung.kernel.ui.words import day
from lumbung.members.models import Member
from lumbung.messaging.chat import Answer, Asking, Command, Confirm, Inquire, Offer, Outcome

MOST = 10


def lend(asking: Asking) -> Outcome:
    """Lend the file of a title to the member, or put them on its waiting list where every place is taken."""
    key = asking.subject.removeprefix("r")
    if not key.isdigit():
        return Inquire(_("Judul digital apa yang ingin Kakak pinjam?"), of="search")
    member: Member = asking.person
    file = _lent_file(int(key), member)
    if file is None:
        return Answer(_("Judul itu tidak dipinjamkan dalam bentuk digital, Kak."))
    state = lending_state(file, member)
    if state is not None and state.is_lent_to_them:
        return Answer(_("Sudah Kakak pinjam.") + " " + _read_at(file))
    if state is not None and state.loan is None and state.free <= state.waiting:
        wait_for(file, member=member, by=member.user)
        return Answer(_waiting(file, member))
    loan = borrow(file, to=member, by=member.user)
    told = {"title": file.record.title_told, "day": _until(loan)}
    return Answer(_("Dipinjamkan: “%(title)s”, sampai %(day)s, lalu kembali sendiri.") % told + " " + _read_at(file))


def loans(asking: Asking) -> Outcome:
    """What the member reads by loan now, the first to end first; a number keeps it longer."""
    lent = _readable(asking.person)
    if not lent:
        return Answer(_("Tidak ada pinjaman digital, Kak."), (Offer(_("Cari buku"), "cari"),))
    offers = tuple(
        Offer(shortened(each.lending.file.record.title, LABEL), f"perpanjang digital e{each.pk}", _about(each), f"e{each.pk}")
        for each in lent
    )
    foot = _("Balas angkanya untuk memperpanjang, “kembalikan digital 1” bila sudah selesai.")
    return Answer(_("Pinjaman digital Kakak:"), offers, foot=foot)


def renew(asking: Asking) -> Outcome:
    """Let the member read on; asks which where there are several."""
    chosen = _chosen(asking)
    if chosen is None:
        return loans(asking)
    renewed = renew_e_loan(chosen.lending.file, of=asking.person, by=asking.person.user)
    told = {"title": chosen.lending.file.record.title_told, "day": _until(renewed)}
    return Answer(_("Diperpanjang: “%(title)s”, sampai %(day)s.") % told)


def give_back(asking: Asking) -> Outcome:
    """Give a file back before its time, after asking: the next who waits has it at once."""
    chosen = _chosen(asking)
    if chosen is None:
        return loans(asking)
    title = chosen.lending.file.record.title_told
    if not asking.subject.endswith(" pasti"):
        asked = _("Kembalikan “%(title)s” sekarang? Yang menunggu langsung mendapat gilirannya.") % {"title": title}
        return Confirm(asked, f"kembalikan digital e{chosen.pk} pasti")
    return_early(chosen.lending.file, of=asking.person, by=asking.person.user)
    return Answer(_("“%(title)s” dikembalikan. Terima kasih, Kak!") % {"title": title})


def _waiting(file: File, member: Member) -> str:
    """The member's place among those who wait, and when it may be their turn."""
    state = lending_state(file, member)
    told = {"title": file.record.title_told, "position": state.position if state else 1}
    lines = [_("Semua sedang dibaca orang. Kakak masuk daftar tunggu “%(title)s”, urutan ke-%(position)s.") % told]
    if state and state.estimate:
        days = {"likely": day(state.estimate.likely), "latest": day(state.estimate.latest)}
        lines.append(_("Kira-kira dapat dibaca %(likely)s, paling lambat %(latest)s.") % days)
    return "\n".join(lines)


def _lent_file(record: int, member: Member) -> File | None:
    """The first file of the title that this member may borrow or has."""
    asker = Asker(member.user)
    lent = (each for each in files_of_records([record]) if is_lent(each))
    return next((each for each in lent if reads_or_may_borrow(access_to(each, asker))), None)


def _readable(member: Member) -> list[ELoan]:
    return [each for each in open_e_loans(member)[:MOST] if not each.is_offer]


def _chosen(asking: Asking) -> ELoan | None:
    """The loan that was named, or the only one; None where it is not clear which."""
    lent = _readable(asking.person)
    named = asking.subject.partition(" ")[0]
    if named:
        return next((each for each in lent if f"e{each.pk}" == named), None)
    return lent[0] if len(lent) == 1 and not asking.arguments else None


def _about(loan: ELoan) -> str:
    return " · ".join(filter(None, [_("sampai %(day)s") % {"day": _until(loan)}, _address(loan.lending.file)]))


def _read_at(file: File) -> str:
    address = _address(file)
    return _("Baca di %(address)s") % {"address": address} if address else _("Bacalah dari halaman Saya di situs perpustakaan.")


def _address(file: File) -> str:
    return f"{settings.SITE_URL}{reverse('digital:file', args=[file.pk])}" if settings.SITE_URL else ""


def _until(loan: ELoan) -> str:
    return day(loan.due)


BORROW = Command(
    name="e_borrow",
    words=("pinjam digital", "borrow digital", "e-pinjam"),
    title=gettext_lazy("Pinjam buku digital"),
    listed=False,
    run=lend,
    takes=r"\d{1,2}|r\d+",
    examples=("pinjam digital 2",),
    acts=True,
    needs_person=True,
    counts="r",
)
LOANS = Command(
    name="e_loans",
    words=("pinjaman digital", "digital loans", "my e-books"),
    title=gettext_lazy("Pinjaman digital saya"),
    listed=False,
    run=loans,
    takes="saya|ku|aku|dong|kak",
    examples=("pinjaman digital",),
    needs_person=True,
)
RENEW = Command(
    name="e_renew",
    words=("perpanjang digital", "renew digital"),
    title=gettext_lazy("Perpanjang pinjaman digital"),
    listed=False,
    run=renew,
    takes=r"\d{1,2}|e\d+",
    examples=("perpanjang digital 1",),
    acts=True,
    needs_person=True,
    counts="e",
)
RETURN = Command(
    name="e_return",
    words=("kembalikan digital", "return digital"),
    title=gettext_lazy("Kembalikan pinjaman digital"),
    listed=False,
    run=give_back,
    takes=r"\d{1,2}|e\d+(?: pasti)?",
    examples=("kembalikan digital 1",),
    acts=True,
    needs_person=True,
    counts="e",
)
