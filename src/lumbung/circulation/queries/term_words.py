"""Terms of lending in plain words, for staff and members."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.circulation.models import ArticleScope, ClosedDays, DueBy, FinePer, LoanKinds, LoanRule, Policy, ReturnTo
from lumbung.circulation.queries.hold_words import TERMS_OF_HOLDS, WORDS_OF_HOLDS
from lumbung.kernel.ui.words import number, rupiah

TERMS: Mapping[str, str | Promise] = {
    "loan_days": gettext_lazy("Lama pinjam"),
    "loan_limit": gettext_lazy("Batas pinjaman"),
    "renewal_limit": gettext_lazy("Perpanjangan"),
    "loan_fee": gettext_lazy("Biaya pinjam"),
    "note": gettext_lazy("Catatan"),
    "renewal_fee": gettext_lazy("Biaya perpanjangan"),
    "fine": gettext_lazy("Denda"),
    "reminder_fees": gettext_lazy("Biaya pengingat"),
    "suspension_days": gettext_lazy("Skors"),
    "lost_percent": gettext_lazy("Hilang"),
    "owed_limit": gettext_lazy("Batas tunggakan"),
    "hold_limit": gettext_lazy("Pesanan"),
    "holds_per_day": gettext_lazy("Pesanan sehari"),
    "holds_per_record": gettext_lazy("Pesanan tiap judul"),
    **TERMS_OF_HOLDS,
    "article_scope": gettext_lazy("Salinan artikel atau bab"),
    "booking_limit": gettext_lazy("Pesanan bertanggal"),
}
"""The terms a person asks about; the others are told with them."""
OF_RENEWALS = frozenset({"renewal_limit", "renewal_fee"})
OF_COPIES: Mapping[str, str | Promise] = {"return_to": gettext_lazy("Sesudah kembali")}
"""The terms that hold for a copy whoever has it, told beside those of a case."""
NAMED_IN_LINES = frozenset(
    (
        "loan_limit", "owed_limit", "hold_limit", "holds_per_day", "holds_per_record", "booking_limit", "lost_percent",
        "article_scope",
    )
)  # fmt: skip
"""Those whose words, standing in a line of others, would not say of what they are."""
RUPIAH = "(Rp)"
"""What the fields say of amounts of money, which are told with their sign instead."""
TOLD_WITH: Mapping[str, Sequence[str]] = {
    "loan_days": ("may_borrow", "loan_hours", "due_by", "due_by_how"),
    "loan_fee": ("loan_fee_discount",),
    "renewal_limit": (
        "renewal_days", "renew_from_due", "renewal_gap_days", "unseen_limit", "auto_renew", "auto_renew_from_days",
        "auto_renew_for_days", "auto_renew_until",
    ),
    "fine": ("fine_per", "fine_every", "fine_at_end", "fine_steps", "grace_days", "fine_cap"),
    "suspension_days": ("suspension_every", "suspension_cap"),
    "lost_percent": ("lost_copies", "lost_after_days"),
    "hold_limit": ("hold_days", "hold_on_shelf"),
    "recall_limit": ("recalls_per_record", "recall_on_shelf", "recall_shelf_days"),
    "recall_days": ("recall_kept_days",),
    "article_scope": ("article_limit", "article_fee"),
    "booking_limit": ("booking_days", "booking_ahead_days", "booking_lead_days", "booking_trail_days"),
}  # fmt: skip
"""What the words of a term speak of too."""


def term_words(name: str, policy: Policy, kind: str = LoanKinds.NORMAL) -> str:
    """One term in words, for this kind of loan; nothing where there is nothing to say. What has no words of its own is told as a value."""
    if name == "loan_days" and kind == LoanKinds.ON_SITE and policy.may_borrow:
        return _("dibaca di tempat, sampai tutup")
    return _WORDS[name](policy) if name in _WORDS else _plain(name, getattr(policy, name))


def words_beside(name: str, policy: Policy) -> str:
    """The same, where what the term is called stands before it: not said twice."""
    words, label = term_words(name, policy), label_of(name)
    called, rest = words[: len(label)], words[len(label) :]
    return rest.lstrip(": ") if called.casefold() == label.casefold() and rest[:1] in {" ", ":"} else words


def _loan_days(policy: Policy) -> str:
    if not policy.may_borrow:
        return _("tidak dipinjamkan")
    day = date_format(policy.due_by, "j F Y") if policy.due_by else ""
    if day and policy.due_by_how == DueBy.EXACTLY:
        return _("sampai %(day)s") % {"day": day}
    if policy.loan_hours is not None:
        said = ngettext("%(n)s jam", "%(n)s jam", policy.loan_hours) % {"n": policy.loan_hours}
    elif policy.loan_days is not None:
        said = ngettext("%(n)s hari", "%(n)s hari", policy.loan_days) % {"n": policy.loan_days}
    else:
        return ""
    if policy.closed_days == ClosedDays.SKIP:
        said = _("%(period)s buka") % {"period": said}
    if day and policy.due_by_how == DueBy.EARLIEST:
        said = _("%(period)s, tidak sebelum %(day)s") % {"period": said, "day": day}
    elif day:
        said = _("%(period)s, paling lambat %(day)s") % {"period": said, "day": day}
    return said


def _at_most(limit: int | None) -> str:
    return "" if limit is None else _("paling banyak %(n)s") % {"n": limit}


def _renewals(policy: Policy) -> str:
    if not policy.renewal_limit:
        return _("tidak dapat diperpanjang")
    limit = policy.renewal_limit
    said = ngettext("%(n)s kali diperpanjang", "%(n)s kali diperpanjang", limit) % {"n": limit}
    if policy.renewal_days is not None:
        days = policy.renewal_days
        said += " " + ngettext("(masing-masing %(n)s hari)", "(masing-masing %(n)s hari)", days) % {"n": days}
    if policy.renew_from_due:
        said += ", " + _("dihitung dari jatuh tempo")
    if policy.renewal_gap_days is not None:
        said += ", " + ngettext("berjarak %(n)s hari", "berjarak %(n)s hari", policy.renewal_gap_days) % {
            "n": policy.renewal_gap_days
        }
    if policy.unseen_limit is not None:
        said += ", " + ngettext(
            "tanpa memperlihatkan buku paling banyak %(n)s kali",
            "tanpa memperlihatkan buku paling banyak %(n)s kali",
            policy.unseen_limit,
        ) % {"n": policy.unseen_limit}
    return _automatic(policy, said)


def _automatic(policy: Policy, said: str) -> str:
    """How it is renewed, and when of itself."""
    if not policy.auto_renew:
        return said
    said = _("%(renewals)s, otomatis") % {"renewals": said}
    if policy.auto_renew_from_days:
        said += " " + ngettext(
            "sejak %(n)s hari sebelum jatuh tempo", "sejak %(n)s hari sebelum jatuh tempo", policy.auto_renew_from_days
        ) % {"n": policy.auto_renew_from_days}
    if policy.auto_renew_for_days is not None:
        said += " " + ngettext(
            "selama dipinjam paling lama %(n)s hari", "selama dipinjam paling lama %(n)s hari", policy.auto_renew_for_days
        ) % {"n": policy.auto_renew_for_days}
    if policy.auto_renew_until is not None:
        said += " " + _("sampai %(day)s") % {"day": date_format(policy.auto_renew_until, "j F Y")}
    return said


def loan_fee_words(policy: Policy) -> str:
    """What borrowing costs; nothing where it costs nothing."""
    if not policy.loan_fee:
        return ""
    said = _("biaya pinjam %(amount)s") % {"amount": rupiah(policy.price_of_lending)}
    off = _("dipotong %(percent)s%%") % {"percent": policy.loan_fee_discount}
    return f"{said} ({off})" if policy.loan_fee_discount else said


def renewal_fee_words_of(policy: Policy) -> str:
    """What each renewal costs; nothing where it costs nothing."""
    return _("biaya perpanjangan %(amount)s") % {"amount": rupiah(policy.renewal_fee)} if policy.renewal_fee else ""


def _fine(policy: Policy) -> str:
    if policy.fine_steps:
        steps = (
            _("%(amount)s sejak hari ke-%(day)s") % {"amount": rupiah(amount), "day": day} for day, amount in policy.fine_steps
        )
        said = _("denda per hari: %(steps)s") % {"steps": ", ".join(steps)}
    elif policy.fine:
        said = _("denda %(amount)s %(per)s") % {"amount": rupiah(policy.fine), "per": _per(policy)}
    else:
        return ""
    if policy.grace_days:
        said += ", " + ngettext("tenggang %(n)s hari", "tenggang %(n)s hari", policy.grace_days) % {"n": policy.grace_days}
    if policy.fine_cap is not None:
        said += ", " + _("paling banyak %(amount)s") % {"amount": rupiah(policy.fine_cap)}
    return said


def _per(policy: Policy) -> str:
    """For what stretch of time a fine is."""
    if policy.fine_every == 1 or policy.fine_per == FinePer.ONCE:
        said = str(FinePer(policy.fine_per).label)
    else:
        several = {FinePer.DAY: _("per %(n)s hari"), FinePer.HOUR: _("per %(n)s jam"), FinePer.WEEK: _("per %(n)s minggu")}
        said = several[FinePer(policy.fine_per)] % {"n": policy.fine_every}
    return _("%(per)s yang genap") % {"per": said} if policy.fine_at_end else said


def _reminders(policy: Policy) -> str:
    costly = [(number, amount) for number, amount in policy.reminder_fees if amount]
    steps = (_("%(amount)s sejak yang ke-%(n)s") % {"amount": rupiah(amount), "n": number} for number, amount in costly)
    return _("biaya pengingat: %(steps)s") % {"steps": ", ".join(steps)} if costly else ""


def _suspension(policy: Policy) -> str:
    if not policy.suspension_days:
        return ""
    if policy.suspension_every == 1:
        said = ngettext(
            "skors %(n)s hari untuk tiap hari terlambat", "skors %(n)s hari untuk tiap hari terlambat", policy.suspension_days
        ) % {"n": policy.suspension_days}
    else:
        told = {"n": policy.suspension_days, "every": policy.suspension_every}
        said = (
            ngettext(
                "skors %(n)s hari untuk tiap %(every)s hari terlambat",
                "skors %(n)s hari untuk tiap %(every)s hari terlambat",
                policy.suspension_days,
            )
            % told
        )
    if policy.suspension_cap:
        said += ", " + ngettext("paling lama %(n)s hari", "paling lama %(n)s hari", policy.suspension_cap) % {
            "n": policy.suspension_cap
        }
    return said


def _lost(policy: Policy) -> str:
    said = _("%(percent)s%% dari harga") % {"percent": policy.lost_percent}
    if policy.lost_copies:
        said += " " + ngettext(
            "atau %(n)s eksemplar judul yang sama", "atau %(n)s eksemplar judul yang sama", policy.lost_copies
        ) % {"n": policy.lost_copies}
    if policy.lost_after_days is not None:
        said += ", " + ngettext(
            "dianggap hilang sesudah terlambat %(n)s hari",
            "dianggap hilang sesudah terlambat %(n)s hari",
            policy.lost_after_days,
        ) % {"n": policy.lost_after_days}
    return said


def _owed(policy: Policy) -> str:
    return "" if policy.owed_limit is None else _("paling banyak %(amount)s") % {"amount": rupiah(policy.owed_limit)}


def _holds(policy: Policy) -> str:
    if not policy.hold_limit:
        return _("tidak dapat dipesan")
    said = ngettext(
        "paling banyak %(n)s, menunggu %(days)s hari buka", "paling banyak %(n)s, menunggu %(days)s hari buka", policy.hold_days
    ) % {"n": policy.hold_limit, "days": policy.hold_days}
    return said if policy.hold_on_shelf else said + ", " + _("hanya bila tidak ada di rak")


def _articles(policy: Policy) -> str:
    if policy.article_scope == ArticleScope.NO:
        return _("tidak dilayani")
    said = [
        _("dengan menyebut jilid atau eksemplarnya") if policy.article_scope == ArticleScope.ITEM else _("dilayani"),
        _at_most(policy.article_limit),
        _("biaya %(amount)s") % {"amount": rupiah(policy.article_fee)} if policy.article_fee else "",
    ]
    return ", ".join(filter(None, said))


def _bookings(policy: Policy) -> str:
    if not policy.booking_limit:
        return ""
    said = ngettext(
        "paling banyak %(n)s, sampai %(days)s hari ke depan",
        "paling banyak %(n)s, sampai %(days)s hari ke depan",
        policy.booking_ahead_days,
    ) % {
        "n": policy.booking_limit,
        "days": policy.booking_ahead_days,
    }
    if policy.booking_days is not None:
        said += ", " + ngettext("paling lama %(n)s hari", "paling lama %(n)s hari", policy.booking_days) % {
            "n": policy.booking_days
        }
    if policy.booking_lead_days or policy.booking_trail_days:
        around = {"before": policy.booking_lead_days, "after": policy.booking_trail_days}
        said += (
            ", "
            + ngettext(
                "dijaga %(before)s hari buka sebelum dan %(after)s sesudahnya",
                "dijaga %(before)s hari buka sebelum dan %(after)s sesudahnya",
                policy.booking_lead_days,
            )
            % around
        )
    return said


_WORDS: Mapping[str, Callable[[Policy], str]] = {
    "loan_days": _loan_days,
    "loan_limit": lambda policy: _at_most(policy.loan_limit),
    "renewal_limit": _renewals,
    "loan_fee": loan_fee_words,
    "renewal_fee": renewal_fee_words_of,
    "fine": _fine,
    "suspension_days": _suspension,
    "reminder_fees": _reminders,
    "lost_percent": _lost,
    "owed_limit": _owed,
    "note": lambda policy: policy.note,
    "return_to": lambda policy: str(ReturnTo(policy.return_to).label).lower(),
    "hold_limit": _holds,
    "holds_per_day": lambda policy: _at_most(policy.holds_per_day),
    "holds_per_record": lambda policy: _at_most(policy.holds_per_record),
    **WORDS_OF_HOLDS,
    "article_scope": _articles,
    "booking_limit": _bookings,
}


def _plain(name: str, value: Any) -> str:
    """The value of a term as people write it."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if value is not None and _is_money(name):
        return rupiah(value)
    choices = dict(_FIELDS[name].flatchoices)
    return str(choices[value]).lower() if value in choices else number(value)


def label_of(name: str) -> str:
    """What a term is called: the short name people use, or that of its field."""
    short = {**TERMS, **OF_COPIES}.get(name)
    return str(short) if short is not None else str(_FIELDS[name].verbose_name).replace(f" {RUPIAH}", "").capitalize()


def _is_money(name: str) -> bool:
    return RUPIAH in str(_FIELDS[name].verbose_name)


def covered(names: Iterable[str]) -> set[str]:
    """The terms that are told when these are: themselves, and what their words speak of too."""
    return {each for name in names for each in (name, *TOLD_WITH.get(name, ()))}


def words_of(says: Mapping[str, Any]) -> list[str]:
    """What is said, in a few plain phrases."""
    policy = Policy(**says)
    told = {name: words for name in (*TERMS, *OF_COPIES) if name in says and (words := _named_words(name, policy))}
    if "loan_days" not in told and (not policy.may_borrow or policy.has_a_period):
        told = {"loan_days": _loan_days(policy), **told}
    if "fine_steps" in says:
        told["fine"] = _fine(policy)
    known = {*covered(told), "may_borrow"}
    if says.get("fine") == 0 and "fine" not in told:
        told["fine"] = _("tanpa denda")
    return [*told.values(), *(_other_words(name, policy) for name in says if name not in {*known, *told})]


def _other_words(name: str, policy: Policy) -> str:
    """A term without words of its own: what it is called and its value; what is simply so is only called."""
    value, label = getattr(policy, name), label_of(name).lower()
    return label if value is True else f"{label}: {term_words(name, policy) or _plain(name, value)}"


def _named_words(name: str, policy: Policy) -> str:
    """One term in words that say by themselves of what they are: "batas pinjaman paling banyak 3"."""
    words = term_words(name, policy)
    return f"{label_of(name).lower()} {words}" if words and name in NAMED_IN_LINES else words


_FIELDS: Mapping[str, Any] = {field.name: field for field in LoanRule._meta.concrete_fields}
