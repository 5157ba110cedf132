from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.item import ItemType
from lumbung.catalogue.models.record import MarcEncoder, Record
from lumbung.formats.marc import Record as MarcRecord
from lumbung.formats.marc import from_json
from lumbung.kernel.outside.failures import Failures
from lumbung.organization.models import Branch, Location

LONGEST_TIMEOUT = 30
MOST_HITS = 50


class TakeOverProfile(models.Model):
    """What is done to a foreign record on its way in: tags kept, dropped and moved, fields added, and what its copies have in common.

    ``kept`` and ``dropped`` hold tags with blanks between them (``650``, ``9XX``, ``650$0``, ``XXX$9``); an empty ``kept`` keeps all.
    ``moved`` holds a rule a line (``653 650``), ``added`` MARC lines.
    """

    name = models.CharField(_("nama"), max_length=80, unique=True)
    kept = models.CharField(_("hanya ambil ruas"), max_length=400, blank=True)
    dropped = models.CharField(_("buang ruas"), max_length=400, blank=True)
    moved = models.TextField(_("pindahkan ruas"), blank=True)
    added = models.TextField(_("tambahkan ruas"), blank=True)
    call_number = models.BooleanField(_("beri nomor panggil menurut aturan perpustakaan"), default=True)
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cabang")
    )
    location = models.ForeignKey(
        Location, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lokasi")
    )
    item_type = models.ForeignKey(
        ItemType, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("jenis eksemplar")
    )
    usual = models.BooleanField(_("dipakai bila tidak dipilih lain"), default=False)

    class Meta:
        verbose_name = _("profil pengambilalihan")
        ordering: ClassVar = ["-usual", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_profile_has_a_name"),
            models.UniqueConstraint(fields=["usual"], condition=Q(usual=True), name="one_profile_is_usual"),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """Another library's catalogue that may be searched. ``address`` is a web address for SRU, ``host:port`` for Z39.50.

    ``indexes`` names, a line each, what the server calls what we ask for (``isbn pica.isb``); what is not told has its usual name.
    ``checked_*`` keep what the last trial found: a failure, or what the server says it is and how many records answered.
    """

    class Protocols(models.TextChoices):
        SRU = "sru", "SRU"
        Z3950 = "z3950", "Z39.50"

    class Syntaxes(models.TextChoices):
        MARC21 = "marc21", "MARC 21 (ISO 2709)"
        XML = "xml", "MARCXML"

    class Encodings(models.TextChoices):
        AUTO = "auto", _("Menurut cantumannya")
        UTF_8 = "utf-8", "UTF-8"
        MARC_8 = "marc-8", "MARC-8"
        LATIN_1 = "latin-1", "Latin-1"

    class Versions(models.TextChoices):
        V1_1 = "1.1", "1.1"
        V1_2 = "1.2", "1.2"
        V2_0 = "2.0", "2.0"

    name = models.CharField(_("nama"), max_length=80, unique=True)
    protocol = models.CharField(_("protokol"), max_length=10, choices=Protocols)
    address = models.CharField(_("alamat"), max_length=300)
    database = models.CharField(_("pangkalan data"), max_length=80, blank=True)
    syntax = models.CharField(_("bentuk cantuman"), max_length=10, choices=Syntaxes, default=Syntaxes.MARC21)
    encoding = models.CharField(_("aksara"), max_length=10, choices=Encodings, default=Encodings.AUTO)
    version = models.CharField(_("versi SRU"), max_length=5, choices=Versions, default=Versions.V1_1)
    schema = models.CharField(_("skema SRU"), max_length=80, blank=True, default="marcxml")
    indexes = models.TextField(_("nama indeks"), blank=True)
    timeout = models.PositiveSmallIntegerField(_("batas waktu (detik)"), default=10)
    most = models.PositiveSmallIntegerField(_("cantuman paling banyak"), default=10)
    profile = models.ForeignKey(
        TakeOverProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="targets", verbose_name=_("profil")
    )
    switched_on = models.BooleanField(_("ikut ditanya"), default=False)
    place = models.PositiveSmallIntegerField(_("urutan"), default=10)
    note = models.TextField(_("catatan"), blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_failure = models.CharField(max_length=20, choices=Failures, blank=True)
    checked_detail = models.TextField(blank=True)

    class Meta:
        verbose_name = _("katalog lain")
        ordering: ClassVar = ["place", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(address=""), name="a_target_has_name_and_address"),
            models.CheckConstraint(condition=Q(protocol__in=["sru", "z3950"]), name="target_protocol_is_known"),
            models.CheckConstraint(
                condition=Q(timeout__gte=1, timeout__lte=LONGEST_TIMEOUT), name="a_target_is_not_waited_for_long"
            ),
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=MOST_HITS), name="a_target_sends_few_records"),
        ]

    def __str__(self) -> str:
        return self.name


class ForeignSearch(models.Model):
    """One question to other catalogues; its answers are kept for some days, so that a page can be gone back to."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    isbn = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    creator = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("pencarian di katalog lain")
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.isbn, self.title, self.creator, self.words]))


class ForeignAnswer(models.Model):
    """What one target said. ``detail`` is what it says itself of its failure; ``took`` are milliseconds."""

    class States(models.TextChoices):
        WAITING = "waiting"
        ASKING = "asking"
        ANSWERED = "answered"
        FAILED = "failed"

    search = models.ForeignKey(ForeignSearch, on_delete=models.CASCADE, related_name="answers")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=10, choices=States, default=States.WAITING)
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=20, choices=Failures, blank=True)
    detail = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    took = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["target__place", "target__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search", "target"], name="each_target_answers_a_search_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asking", "answered", "failed"]), name="answer_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {"waiting", "asking"}


class ForeignRecord(models.Model):
    """A record that a target sent, in its own words; ``taken`` is the record of ours that was made of it."""

    answer = models.ForeignKey(ForeignAnswer, on_delete=models.CASCADE, related_name="records")
    place = models.PositiveSmallIntegerField()
    marc = models.JSONField(encoder=MarcEncoder)
    taken = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.place}"

    @property
    def marc_record(self) -> MarcRecord:
        """The MARC record itself, made anew at each call."""
        return from_json(self.marc)
