from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.models.import_run import ImportRun
from lumbung.catalogue.models.record import MarcEncoder, Record
from lumbung.formats.marc import Record as MarcRecord
from lumbung.formats.marc import from_json


class HeadingKind(models.TextChoices):
    """What a heading names; an authority has the kind of its 1XX."""

    PERSON = "person", _("Orang")
    BODY = "body", _("Badan")
    MEETING = "meeting", _("Pertemuan")
    TITLE = "title", _("Judul seragam")
    SUBJECT = "subject", _("Subjek")
    PLACE = "place", _("Tempat")
    GENRE = "genre", _("Bentuk dan genre")


class Authority(models.Model):
    """An authority record. ``marc`` is the whole MARC 21 authority record as MARC-in-JSON; the other columns are read out of it.

    ``natural`` is a person's name as it is spoken, with titles; ``key`` is what it is compared by.
    """

    marc = models.JSONField(encoder=MarcEncoder)
    kind = models.CharField(_("jenis"), max_length=10, choices=HeadingKind)
    heading = models.TextField(_("tajuk"))
    natural = models.TextField(_("nama sebagaimana diucapkan"), blank=True)
    key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=120)
    control_number = models.CharField(_("nomor kendali"), max_length=120, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="authorities")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tajuk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=HeadingKind.values), name="heading_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "key"], name="a_heading_is_established_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="authorities_in_order"),
            models.Index(fields=["kind", "sort_key", "id"], name="authorities_of_a_kind_in_order"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def marc_record(self) -> MarcRecord:
        """The MARC record itself, made anew at each call."""
        return from_json(self.marc)


class AuthorityName(models.Model):
    """One name by which an authority is found: its heading, a see reference (4XX), or a person's name without the year of birth."""

    class Forms(models.TextChoices):
        HEADING = "heading"
        SEE = "see"
        UNDATED = "undated"

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=HeadingKind)
    form = models.CharField(max_length=10, choices=Forms)
    label = models.TextField()
    key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(form__in=["heading", "see", "undated"]), name="name_form_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "key"], name="name_by_key"),
            models.Index(fields=["sort_key"], name="names_in_order"),
            models.Index(fields=["kind", "sort_key"], name="names_of_a_kind_in_order"),
            models.Index(fields=["key"], name="names_as_spoken"),
        ]

    def __str__(self) -> str:
        return self.label


class AuthorityReference(models.Model):
    """A see-also reference (5XX) of an authority, to another by its key; the other may not be here yet."""

    class Relations(models.TextChoices):
        BROADER = "broader", _("Lebih luas")
        NARROWER = "narrower", _("Lebih sempit")
        EARLIER = "earlier", _("Sebelumnya")
        LATER = "later", _("Selanjutnya")
        RELATED = "related", _("Lihat juga")

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="references")
    relation = models.CharField(max_length=10, choices=Relations)
    kind = models.CharField(max_length=10, choices=HeadingKind)
    label = models.TextField()
    key = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(relation__in=["broader", "narrower", "earlier", "later", "related"]),
                name="relation_is_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="reference_by_key")]

    def __str__(self) -> str:
        return f"{self.relation}: {self.label}"


class AuthorityRevision(models.Model):
    """One change of an authority's MARC: what stood before it, who changed it, when and through what."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="revisions")
    was = models.PositiveIntegerField()
    before = models.JSONField(encoder=MarcEncoder)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["-was"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "was"], name="each_authority_version_is_replaced_once"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id}: {self.was}"

    @property
    def marc_before(self) -> MarcRecord:
        return from_json(self.before)


class RecordHeading(models.Model):
    """A heading in a bibliographic record that authorities may control, and the authority that does, if there is one.

    Derived from the record's MARC. ``about``: the record is about it (6XX). ``whole`` is a subject together with its subdivisions,
    beside the row of the subject alone.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="headings")
    kind = models.CharField(max_length=10, choices=HeadingKind)
    key = models.CharField(max_length=300)
    label = models.CharField(max_length=300)
    about = models.BooleanField(default=False)
    whole = models.BooleanField(default=False)
    authority = models.ForeignKey(Authority, on_delete=models.SET_NULL, null=True, db_index=False, related_name="uses")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "key"], name="record_heading_by_key"),
            models.Index(
                fields=["authority", "record"], name="records_of_an_authority", condition=models.Q(authority__isnull=False)
            ),  # most headings have none
        ]

    def __str__(self) -> str:
        return self.label


class HeadingChange(models.Model):
    """A heading that became another everywhere: the authority got a new form, or was merged into another.

    The work on the records goes on in the background, from one stretch to the next: records up to the key ``reached`` are done.
    ``merged`` is the key that the merged authority had, and has again when the merger is taken back. The changes that it had had before
    went along to the other; ``brought`` are their keys, and they go back with it.
    """

    class Kinds(models.TextChoices):
        RENAMING = "renaming", _("Perubahan bentuk")
        MERGING = "merging", _("Penggabungan")

    class States(models.TextChoices):
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        UNDOING = "undoing", _("Sedang dibatalkan")
        UNDONE = "undone", pgettext_lazy("import", "Dibatalkan")

    kind = models.CharField(max_length=10, choices=Kinds)
    state = models.CharField(max_length=10, choices=States, default=States.RUNNING)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="heading_changes")
    merged = models.BigIntegerField(null=True, db_index=True)
    brought = models.JSONField(default=list)
    before = models.JSONField(encoder=MarcEncoder)
    target_before = models.JSONField(encoder=MarcEncoder, null=True)
    old_heading = models.TextField()
    new_heading = models.TextField()
    old_key = models.CharField(max_length=300)
    reached = models.BigIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    records_changed = models.PositiveIntegerField(default=0)
    records_left = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=["renaming", "merging"]), name="heading_change_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["running", "finished", "undoing", "undone"]),
                name="heading_change_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=models.Q(state__in=["running", "undoing"]),
                name="one_change_of_a_heading_runs_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_heading} → {self.new_heading}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.States.RUNNING, self.States.UNDOING}

    @property
    def marc_before(self) -> MarcRecord:
        """What the authority said before: the one renamed, or the one that was merged into another."""
        return from_json(self.before)
