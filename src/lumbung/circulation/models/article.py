from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import LONGEST
from lumbung.circulation.models.fee import Fee
from lumbung.circulation.models.handover_place import HandoverPlace
from lumbung.members.models import Member
from lumbung.organization.models import Branch

LONGEST_ADDRESS = 300


class ArticleTerms(models.Model):
    """What the library says of copies of articles and chapters, whoever asks; there is one row.

    A copy is of ``most_pages`` at most, and a chapter of ``most_percent`` of its work where both are known. A member has another part of
    the same volume copied after ``apart_days``. A number that is left out is no bound.
    """

    by_file = models.BooleanField(_("boleh dibaca sebagai berkas"), default=True)
    file_days = models.PositiveSmallIntegerField(_("berkas dapat dibaca selama (hari)"), default=14)
    paper_days = models.PositiveSmallIntegerField(_("salinan kertas menunggu diambil (hari buka)"), default=7)
    most_pages = models.PositiveSmallIntegerField(_("paling banyak halaman"), null=True, blank=True, default=60)
    most_percent = models.PositiveSmallIntegerField(_("bagian terbesar dari karya (persen)"), null=True, blank=True, default=25)
    apart_days = models.PositiveSmallIntegerField(_("jarak antarbagian dari jilid yang sama (hari)"), default=30)

    class Meta:
        verbose_name = _("salinan artikel dan bab")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_row_of_article_terms"),
            models.CheckConstraint(condition=Q(file_days__gte=1), name="a_file_may_be_read_for_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.file_days} {self.most_pages}"


class ArticleRequestQuerySet(models.QuerySet["ArticleRequest"]):
    def open(self) -> "ArticleRequestQuerySet":
        """Those of which the copy is still to be made."""
        return self.filter(state__in=ArticleRequest.OPEN)

    def current(self) -> "ArticleRequestQuerySet":
        """Those that are not over: to be made, or there to be read or fetched."""
        return self.filter(closed_at=None)


class ArticleRequest(models.Model):
    """A member asks for a copy of one article or one chapter of a title, of ``item`` where it is said which volume.

    ``branch`` makes the copy. On paper it is fetched at ``pickup_branch``, brought to ``place`` on ``brought_on``, or sent to ``address``,
    which goes when the request is closed; as a file it is read by the member until ``until``, and then removed.

    ``fee`` and ``postage`` are what was told when it was asked for, ``charged`` what was charged when the copy was made. ``agreed_at`` is
    when the member agreed to what the law asks; only what came from another system lacks it.
    """

    class Kinds(models.TextChoices):
        ARTICLE = "article", _("Artikel")
        CHAPTER = "chapter", _("Bab")

    class Ways(models.TextChoices):
        FILE = "file", _("Dibaca sebagai berkas")
        PICKUP = "pickup", _("Diambil")
        POST = "post", _("Dikirim ke alamat")

    class Purposes(models.TextChoices):
        STUDY = "study", _("Pendidikan")
        RESEARCH = "research", _("Penelitian")
        WRITING = "writing", _("Penulisan karya ilmiah")
        REVIEW = "review", _("Penulisan laporan, kritik, atau tinjauan")

    class States(models.TextChoices):
        ASKED = "asked", _("Menunggu")
        IN_WORK = "in_work", _("Dikerjakan")
        READY = "ready", _("Siap")
        DONE = "done", _("Selesai")
        EXPIRED = "expired", _("Berakhir")
        REFUSED = "refused", _("Ditolak")
        CANCELLED = "cancelled", _("Dibatalkan")

    OPEN: ClassVar = ["asked", "in_work"]

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="article_requests", verbose_name=_("judul"))
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("eksemplar"))
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="article_requests", verbose_name=_("anggota")
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    title = models.CharField(_("judul artikel atau bab"), max_length=300, blank=True)
    author = models.CharField(_("pengarang"), max_length=200, blank=True)
    issue = models.CharField(_("jilid, nomor, atau tahun"), max_length=LONGEST, blank=True)
    pages = models.CharField(_("halaman"), max_length=60, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    purpose = models.CharField(_("keperluan"), max_length=10, choices=Purposes, blank=True)
    way = models.CharField(_("cara mendapatkannya"), max_length=10, choices=Ways)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("disalin di"))
    pickup_branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("diambil di")
    )
    place = models.ForeignKey(
        HandoverPlace, on_delete=models.PROTECT, null=True, related_name="article_requests", verbose_name=_("diserahkan di")
    )
    brought_on = models.DateField(_("dibawa pada"), null=True)
    address = models.CharField(_("alamat kirim"), max_length=LONGEST_ADDRESS, blank=True)
    courier = models.CharField(_("kurir"), max_length=60, blank=True)
    tracking = models.CharField(_("nomor resi"), max_length=60, blank=True)
    fee = models.PositiveIntegerField(_("biaya salinan"), default=0)
    postage = models.PositiveIntegerField(_("ongkos kirim"), default=0)
    charged = models.ForeignKey(Fee, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("biaya"))
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.ASKED)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("disalin oleh")
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    stored_file = models.CharField(max_length=200, blank=True)
    page_count = models.PositiveSmallIntegerField(_("halaman yang disalin"), null=True)
    until = models.DateField(_("sampai"), null=True)
    downloads = models.PositiveIntegerField(_("kali diunduh"), default=0)
    asked_at = models.DateTimeField(_("diminta"))
    agreed_at = models.DateTimeField(_("disetujui"), null=True)
    taken_up_at = models.DateTimeField(_("mulai dikerjakan"), null=True)
    fulfilled_at = models.DateTimeField(_("dipenuhi"), null=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True)

    objects = ArticleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan salinan")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") | ~Q(pages=""), name="a_part_has_a_title_or_pages"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "in_work", "ready"]) ^ Q(closed_at__isnull=False),
                name="a_closed_article_request_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(member__isnull=False), name="an_open_article_request_has_a_member"
            ),
            models.CheckConstraint(
                condition=Q(stored_file="") | Q(state="ready", way="file"), name="a_scan_is_kept_only_while_it_may_be_read"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready", way="file") | Q(~Q(stored_file=""), until__isnull=False),
                name="a_scan_that_is_ready_is_there_until_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="a_refused_article_request_says_why"),
            models.CheckConstraint(
                condition=~Q(way="pickup") | Q(pickup_branch__isnull=False), name="what_is_fetched_is_fetched_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(way="post") | ~Q(state__in=["asked", "in_work"]) | ~Q(address=""),
                name="a_copy_that_is_to_be_sent_has_its_address",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["branch", "asked_at"],
                condition=Q(state__in=["asked", "in_work", "ready"]),
                name="article_requests_of_a_branch",
            ),
            models.Index(
                fields=["closed_at"],
                condition=Q(closed_at__isnull=False, member__isnull=False),
                name="closed_articles_with_a_member",
            ),
        ]

    def __str__(self) -> str:
        return self.part

    @property
    def part(self) -> str:
        """What is copied, as a reader says it: the title of the part, or its pages."""
        return self.title or str(_("hlm. %(pages)s") % {"pages": self.pages})

    @property
    def is_open(self) -> bool:
        """Whether the copy is still to be made."""
        return self.state in ArticleRequest.OPEN

    @property
    def may_be_reopened(self) -> bool:
        """Whether it was refused or handed over, and all that is needed to go on with it is still known."""
        is_waiting_on_paper = self.way == ArticleRequest.Ways.PICKUP and self.until is not None
        ended = {
            ArticleRequest.States.REFUSED: self.way != ArticleRequest.Ways.POST,
            ArticleRequest.States.DONE: is_waiting_on_paper,
        }
        return self.member_id is not None and ended.get(ArticleRequest.States(self.state), False)

    @property
    def holder(self) -> Member:
        """The member of a request that is not closed. Raises ValueError once the member of a closed one is forgotten."""
        if self.member is None:
            raise ValueError(f"the member of article request {self.pk} is forgotten")
        return self.member

    @property
    def where(self) -> str:
        """Where a copy on paper is handed over: the place, or the branch; nothing for what is read or sent. Both are read."""
        if self.way != ArticleRequest.Ways.PICKUP or self.pickup_branch is None:
            return ""
        return self.place.name if self.place is not None else self.pickup_branch.name

    @property
    def cost(self) -> int:
        """What the member was told it costs in all."""
        return self.fee + self.postage
