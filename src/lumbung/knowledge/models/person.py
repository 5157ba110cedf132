from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.article import Article
from lumbung.knowledge.models.topic import Topic
from lumbung.knowledge.models.training import Training


class Profile(models.Model):
    """What somebody says of themselves to colleagues: what they do, need, and have time for."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(_("tentang saya"), max_length=300, blank=True)
    needs = models.CharField(_("yang ingin saya pelajari"), max_length=300, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("jam seminggu untuk membantu rekan"), default=1)
    is_available = models.BooleanField(_("dapat ditanya sekarang"), default=True)
    keeps_name = models.BooleanField(_("nama tetap tercantum sebagai kontributor bila saya pergi"), default=True)

    class Meta:
        verbose_name = _("profil rekan")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(hours_a_week__lte=40), name="a_week_has_forty_hours")]

    def __str__(self) -> str:
        return str(self.person_id)


class Skill(models.Model):
    """A skill somebody has, of the hand or of the heart."""

    class Kinds(models.TextChoices):
        HARD = "hard", _("Keterampilan teknis")
        SOFT = "soft", _("Keterampilan lunak")

    class Levels(models.IntegerChoices):
        LEARNING = 1, _("sedang belajar")
        WORKING = 2, _("dapat bekerja sendiri")
        TEACHING = 3, _("dapat mengajar")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("keterampilan"), max_length=80)
    kind = models.CharField(_("jenis"), max_length=4, choices=Kinds, default=Kinds.HARD)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Levels, default=Levels.WORKING)

    class Meta:
        verbose_name = _("keterampilan")
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_skill_has_a_name"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="a_skill_has_one_of_three_levels"),
            models.UniqueConstraint(fields=["person", "name"], name="a_skill_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Expertise(models.Model):
    """What somebody knows about, by evidence: how often they wrote, answered, led or catalogued on it. They confirm or decline it."""

    class States(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        CONFIRMED = "confirmed", _("diakui sendiri")
        DECLINED = "declined", _("ditolak sendiri")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="expertise")
    state = models.CharField(max_length=10, choices=States, default=States.PROPOSED)
    evidence = models.JSONField(default=dict)
    weight = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("keahlian")
        ordering: ClassVar = ["-weight", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_is_expert_in_a_topic_once"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "confirmed", "declined"]), name="the_state_of_expertise_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.topic_id}"


class PlanItem(models.Model):
    """What somebody and whoever leads them agreed to learn, until when, and what shows that it was learnt."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    goal = models.CharField(_("yang akan dipelajari"), max_length=200)
    way = models.CharField(_("caranya"), max_length=200, blank=True)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    course = models.ForeignKey(
        Training, on_delete=models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("pelatihan")
    )
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    done_at = models.DateTimeField(null=True)
    evidence = models.CharField(pgettext_lazy("knowledge", "bukti"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rencana pengembangan")
        ordering: ClassVar = ["done_at", "due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(goal=""), name="a_plan_says_what_is_to_be_learnt"),
            models.CheckConstraint(condition=Q(done_at__isnull=True) | ~Q(evidence=""), name="what_was_learnt_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.goal


class Thanks(models.Model):
    """One colleague thanks another, with a badge if they like, for something they did."""

    class Badges(models.TextChoices):
        NONE = "", _("tanpa lencana")
        TEACHER = "teacher", _("Guru yang sabar")
        RESCUER = "rescuer", _("Penolong di saat genting")
        WRITER = "writer", _("Penulis yang jernih")
        BRIDGE = "bridge", _("Penghubung orang")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("untuk apa"), max_length=300)
    badge = models.CharField(_("lencana"), max_length=10, choices=Badges, blank=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ucapan terima kasih")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="thanks_say_what_for"),
            models.CheckConstraint(condition=~Q(person=models.F("by")), name="nobody_thanks_themselves"),
        ]

    def __str__(self) -> str:
        return self.text


class AwardCriterion(models.Model):
    """What the head of the library wants to reward, and by which count candidates are looked for."""

    class Measures(models.TextChoices):
        WROTE = "wrote", _("artikel terbit yang ditulis")
        ANSWERED = "answered", _("pertanyaan rekan yang dijawab")
        USED = "used", _("pemakaian artikelnya oleh rekan")
        THANKED = "thanked", _("ucapan terima kasih yang diterima")
        LED = "led", _("sesi yang difasilitasi")

    name = models.CharField(_("nama penghargaan"), max_length=120, unique=True)
    text = models.CharField(_("untuk siapa"), max_length=300, blank=True)
    measure = models.CharField(_("dilihat dari"), max_length=10, choices=Measures)
    least = models.PositiveSmallIntegerField(_("paling sedikit"), default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("kriteria penghargaan")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(name=""), name="a_criterion_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """An award given, with its evidence. It is shown to others only once the person agreed."""

    criterion = models.ForeignKey(AwardCriterion, on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(pgettext_lazy("knowledge", "bukti"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penghargaan")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(evidence=""), name="an_award_has_evidence")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.person_id}"
