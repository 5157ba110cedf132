from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lumbung.catalogue.models import ItemType, Material
from lumbung.circulation.models.package import TermPackage
from lumbung.circulation.models.policy import LoanKinds, ReturnTo, WaitingCounted
from lumbung.circulation.models.terms import Terms, in_days_or_hours
from lumbung.members.models import Category
from lumbung.organization.models import Branch, BranchGroup, Faculty, Location, Period, StudyProgramme

CRITERIA: dict[str, int] = {
    "category": 1,
    "unit": 2,
    "faculty": 4,
    "programme": 8,
    "age": 16,
    "home": 32,
    "material": 64,
    "item_type": 128,
    "location": 256,
    "new_for_days": 512,
    "in_demand": 1024,
    "waiting": 2048,
    "owner": 4096,
    "stands": 8192,
    "branch": 16384,
    "is_renewal": 32768,
    "dates": 65536,
    "period": 131_072,
    "weekdays": 262_144,
    "loan_kind": 524_288,
}
"""What a rule may speak of, each with the weight it has until the library gives it another. Each outweighs all before it together."""

WHERE = ("branch", "home", "owner", "stands")
"""What may be a branch with its parts, or (under the name with ``_group`` after it) a group of branches: where it is lent, where the member
belongs, whose the copy is, and where the copy stands when nobody has it."""


def _group() -> Any:
    return models.ForeignKey(BranchGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


def _one_of_them() -> list[models.CheckConstraint]:
    """In each place a branch or a group, not both."""
    return [
        models.CheckConstraint(condition=Q(**{name: None}) | Q(**{f"{name}_group": None}), name=f"a_rule_has_one_{name}")
        for name in WHERE
    ]


class LoanRule(Terms):
    """What is said of lending in a case; an empty place of the case stands for any, an empty term for: as the next rule that fits says.

    ``case_key`` is the whole case in one text, so that one case has one rule. ``weekdays`` are digits, 0 being Monday. What the rule leaves
    open its ``package`` says, before the next rule is asked.
    """

    name = models.CharField(_("nama aturan"), max_length=80, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item_type = models.ForeignKey(ItemType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    branch_group = _group()
    home = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    home_group = _group()
    owner = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_group = _group()
    stands = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stands_group = _group()
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    material = models.CharField(_("jenis koleksi"), max_length=20, choices=Material, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    faculty = models.ForeignKey(Faculty, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(StudyProgramme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    age_from = models.PositiveSmallIntegerField(_("umur mulai (tahun)"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("umur sampai (tahun)"), null=True, blank=True)
    new_for_days = models.PositiveSmallIntegerField(_("eksemplar baru, sampai umur (hari)"), null=True, blank=True)
    in_demand = models.BooleanField(_("judulnya sedang ditunggu pemesan"), default=False)
    waiting_from = models.PositiveSmallIntegerField(_("ditunggu paling sedikit"), null=True, blank=True)
    waiting_counted = models.CharField(_("yang dihitung"), max_length=6, choices=WaitingCounted, blank=True)
    loan_kind = models.CharField(_("cara meminjam"), max_length=10, choices=LoanKinds, blank=True)
    is_renewal = models.BooleanField(_("hanya untuk perpanjangan"), default=False)
    weekdays = models.CharField(pgettext_lazy("many", "hari"), max_length=7, blank=True)
    first_day = models.DateField(_("mulai tanggal"), null=True, blank=True)
    last_day = models.DateField(_("sampai tanggal"), null=True, blank=True)
    period = models.CharField(_("masa"), max_length=16, choices=Period.Kinds, blank=True)

    return_to = models.CharField(_("sesudah kembali"), max_length=6, choices=ReturnTo, blank=True)
    package = models.ForeignKey(
        TermPackage, on_delete=models.PROTECT, null=True, blank=True, related_name="rules", verbose_name=_("paket ketentuan")
    )
    case_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("aturan peminjaman")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_key"], name="one_rule_for_one_case"),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="a_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")), name="a_rule_for_ages_goes_upwards"
            ),
            *_one_of_them(),
            in_days_or_hours("a_rule_counts_in_days_or_in_hours"),
            models.CheckConstraint(
                condition=Q(return_to="")
                | Q(
                    category=None,
                    home=None,
                    home_group=None,
                    unit="",
                    faculty=None,
                    programme=None,
                    age_from=None,
                    age_to=None,
                    in_demand=False,
                    waiting_from=None,
                    loan_kind="",
                    is_renewal=False,
                ),
                name="a_rule_of_what_comes_back_speaks_of_no_member",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.case_in_words

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.case_key = case_key(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "case_key"}
        super().save(*args, **kwargs)

    @property
    def case_in_words(self) -> str:
        """Whom and what it is for: "Mahasiswa, Tandon, Perpustakaan Pusat, Ramadan"; rows it names are read."""
        category = str(self.category) if self.category_id else str(_("semua anggota"))
        item_type = str(self.item_type) if self.item_type_id else str(_("semua jenis"))
        others = [
            self.get_material_display() if self.material else "",
            self._where("branch", "%s"),
            self._where("home", str(_("anggota %s"))),
            self._where("owner", str(_("milik %s"))),
            self._where("stands", str(_("bertempat di %s"))),
            str(self.location) if self.location_id else "",
            self.unit,
            str(self.faculty) if self.faculty_id else "",
            str(self.programme) if self.programme_id else "",
            self._ages,
            self._new,
            str(_("sedang ditunggu")) if self.in_demand else "",
            self._waiting,
            str(LoanKinds(self.loan_kind).label) if self.loan_kind else "",
            str(_("perpanjangan")) if self.is_renewal else "",
            "/".join(str(WEEKDAYS_ABBR[int(day)]) for day in self.weekdays),
            str(Period.Kinds(self.period).label) if self.period else "",
            f"{self.first_day or ''}–{self.last_day or ''}" if self.first_day or self.last_day else "",
        ]
        return ", ".join([category, item_type, *map(str, filter(None, others))])

    def _where(self, name: str, words: str) -> str:
        """The branch or the group the rule names in this place, in these words; nothing where it names none."""
        if getattr(self, f"{name}_group_id"):
            return words % (_("kelompok %(group)s") % {"group": getattr(self, f"{name}_group")})
        return words % getattr(self, name) if getattr(self, f"{name}_id") else ""

    @property
    def _waiting(self) -> str:
        if self.waiting_from is None:
            return ""
        counted = WaitingCounted(self.waiting_counted or WaitingCounted.TITLE).label
        return _("mulai %(n)s %(counted)s") % {"n": self.waiting_from, "counted": counted}

    @property
    def _new(self) -> str:
        days = self.new_for_days
        return ngettext("baru sampai %(days)s hari", "baru sampai %(days)s hari", days) % {"days": days} if days else ""

    @property
    def _ages(self) -> str:
        if self.age_from is None and self.age_to is None:
            return ""
        return _("umur %(ages)s tahun") % {"ages": f"{self.age_from or 0}–{'' if self.age_to is None else self.age_to}"}


CASE = (
    "category_id", "item_type_id", "branch_id", "location_id", "material", "unit", "new_for_days", "in_demand", "loan_kind",
    "is_renewal", "weekdays", "first_day", "last_day", "period", "faculty_id", "programme_id", "age_from", "age_to", "waiting_from",
    "waiting_counted", "branch_group_id", "home_id", "home_group_id", "owner_id", "owner_group_id", "stands_id", "stands_group_id",
)  # fmt: skip


OF_LENDING = (
    "category_id", "home_id", "home_group_id", "unit", "faculty_id", "programme_id", "age_from", "age_to", "in_demand", "waiting_from",
    "loan_kind", "is_renewal",
)  # fmt: skip
"""What is known only while something is lent to somebody."""


def case_key(rule: LoanRule) -> str:
    """The case of a rule in one text."""
    told = (getattr(rule, name) for name in CASE)
    return "|".join("" if value is None or value is False else str(value).casefold() for value in told)


class RuleBook(models.Model):
    """There is one: ``version`` grows with every change of a rule, ``weights`` are those the library gave criteria itself."""

    version = models.PositiveIntegerField(default=0)
    weights = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_rule_book")]

    def __str__(self) -> str:
        return str(self.version)
