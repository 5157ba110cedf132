"""Forms of the desk. What may be said is judged by the verbs; forms read what was typed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.accounts.models import User
from lumbung.desk import queries
from lumbung.desk.channels import BY_HAND
from lumbung.desk.domain.finding import citation_styles
from lumbung.desk.domain.phrases import KEYS
from lumbung.desk.models import ConsultingHour, Conversation, KnownAnswer, Need, Phrase
from lumbung.desk.models.turn import LONGEST
from lumbung.desk.refusals import MEMBER_UNKNOWN
from lumbung.desk.web.file_fields import FilesField
from lumbung.kernel import clock
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.messaging.models import Identity
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

SAID = [
    (each.value, each.label)
    for each in Conversation.Outcomes
    if each not in {Conversation.Outcomes.MERGED, Conversation.Outcomes.SPAM}
]
"""The outcomes a person tells; the others come of acts."""
MOST_TITLES = 10
"""So many titles go with one answer."""


class LogForm(forms.Form):
    """A question from the counter or the telephone, in the order in which it happens: what, of what kind, what came of it, who."""

    question = forms.CharField(label=_("Apa yang ditanyakan?"), max_length=LONGEST, required=False)
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Conversation.Kinds.choices, widget=forms.RadioSelect, initial=Conversation.Kinds.READY
    )
    effort = forms.TypedChoiceField(
        label=_("Lama"), choices=Conversation.Efforts.choices, widget=forms.RadioSelect, coerce=int, initial=1
    )
    outcome = forms.ChoiceField(
        label=_("Hasil"),
        choices=SAID,
        widget=forms.RadioSelect,
        initial=Conversation.Outcomes.ANSWERED,
    )
    channel = forms.ChoiceField(label=_("Jalan"), choices=[*BY_HAND.items()], widget=forms.RadioSelect, initial="walk_in")
    member = forms.CharField(label=_("Kartu, NIM, atau nomor lain"), max_length=60, required=False)
    asker_contact = forms.CharField(label=_("Cara menghubungi, bila bukan anggota"), max_length=120, required=False)
    asker_name = forms.CharField(label=_("Nama, bila bukan anggota"), max_length=120, required=False)
    follow_up_on = Day(label=_("Tindak lanjut pada"), required=False)
    answer = forms.CharField(
        label=_("Jawaban atau sumber"), max_length=LONGEST, required=False, widget=forms.Textarea({"class": "short", "rows": 2})
    )
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Cabang"), empty_label=None)
    titles = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["branch"]
        field.queryset = Branch.objects.all()
        if len(branches := organization.branches()) == 1:
            self.fields["branch"].widget = forms.HiddenInput()
            self.initial["branch"] = branches[0].pk
        self.fields["question"].widget.attrs |= {"autofocus": True, "autocomplete": "off", "enterkeyhint": "done"}

    def clean_titles(self) -> list[int]:
        return keys_in(self.cleaned_data["titles"].split(","))[:MOST_TITLES]

    def clean_member(self) -> Member | None:
        code = self.cleaned_data["member"].strip()
        if not code:
            return None
        if (member := member_by_barcode(code)) is None:
            raise forms.ValidationError(str(MEMBER_UNKNOWN(code=code)))
        return member


class DescriptionForm(forms.Form):
    """What kind of question it was, how much work, and what came of it."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", "–"), *Conversation.Kinds.choices], required=False)
    effort = forms.TypedChoiceField(
        label=_("Lama"), choices=[("", "–"), *Conversation.Efforts.choices], required=False, coerce=int, empty_value=None
    )
    outcome = forms.ChoiceField(label=_("Hasil"), choices=[("", "–"), *SAID], required=False)
    follow_up_on = Day(label=_("Tindak lanjut pada"), required=False)


class NoteForm(forms.Form):
    """A note for colleagues."""

    note = forms.CharField(
        label=_("Catatan untuk rekan"), max_length=LONGEST, widget=forms.Textarea({"class": "short", "rows": 2}), required=False
    )


class AnswerForm(forms.Form):
    """An answer to whoever asked. ``seen`` is the last turn in sight when it was written."""

    text = forms.CharField(label=_("Jawaban"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 5}))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(Identity.objects.none(), label=_("Lewat"), required=False)
    titles = forms.CharField(required=False, widget=forms.HiddenInput)
    enclosed = FilesField(label=pgettext_lazy("many", "Berkas"), required=False)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides: Any = self.fields["to"]
        sides.queryset = queries.identities_of(conversation)

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        told = self.cleaned_data
        return {
            "text": told["text"],
            "seen": told["seen"],
            "to": told["to"],
            "titles": keys_in(told["titles"].split(","))[:MOST_TITLES],
            "files": told["enclosed"],
        }


class BundleForm(forms.Form):
    """What is put together for whoever asked; its titles and files come from the composer around it."""

    bundle_title = forms.CharField(label=_("Judul"), max_length=160, required=False)
    bundle_words = forms.CharField(
        label=_("Cara mencarinya"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "short"}),
        help_text=_("Di mana dan dengan kata apa, supaya penanya dapat melanjutkan sendiri."),
    )
    bundle_style = forms.ChoiceField(label=_("Gaya sitasi"), required=False)
    bundle_record = forms.TypedMultipleChoiceField(required=False, coerce=int)
    enclosed = FilesField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style, records = self.fields["bundle_style"], self.fields["bundle_record"]
        style.choices = citation_styles()  # type: ignore[attr-defined]
        chosen = keys_in(getattr(self.data, "getlist", self.data.get)("bundle_record") or []) if self.is_bound else []
        records.choices = [(key, key) for key in chosen]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """As the verb takes it."""
        told = self.cleaned_data
        return {
            "title": told["bundle_title"],
            "words": told["bundle_words"],
            "style": told["bundle_style"],
            "titles": told["bundle_record"],
            "files": told["enclosed"],
        }


def keys_in(told: Iterable[str]) -> list[int]:
    """The keys of rows among these words, each once, in their order."""
    return list(dict.fromkeys(key for each in told if (key := key_in(each))))


class HandOverForm(forms.Form):
    """To a colleague, with what was done and what is left."""

    to = forms.ChoiceField(label=_("Kepada"))
    note = forms.CharField(
        label=_("Yang sudah dan yang belum"), max_length=LONGEST, widget=forms.Textarea({"class": "short", "rows": 2})
    )

    def __init__(self, *args: Any, but: object, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "hand_over_%s", **kwargs})  # beside a form with a note of its own
        people: Any = self.fields["to"]
        colleagues = [each for each in queries.colleagues() if each.pk != getattr(but, "pk", 0)]
        people.choices = [(each.pk, each.name) for each in colleagues]

    def clean_to(self) -> User:
        chosen = {each.pk: each for each in queries.colleagues()}.get(key_in(self.cleaned_data["to"]))
        if chosen is None:
            raise forms.ValidationError(_("Tidak ada pengguna dengan nama itu."))
        return chosen


class SnoozeForm(forms.Form):
    """Out of sight until a moment."""

    CHOICES: ClassVar = [("1", _("sejam")), ("4", _("empat jam")), ("24", _("sampai besok")), ("168", _("seminggu"))]
    hours = forms.TypedChoiceField(label=_("Tunda"), choices=CHOICES, coerce=int)

    def until(self) -> datetime:
        return clock.now() + timedelta(hours=self.cleaned_data["hours"])


class NeedForm(forms.Form):
    """One of four ways on with a need that was not met."""

    way = forms.ChoiceField(label=_("Jalan selanjutnya"), choices=Need.Ways.choices)
    wanted = forms.CharField(label=_("Yang dicari"), max_length=300)


class PhraseForm(FormForVerb):
    position = Phrase._meta.get_field("position").formfield(
        min_value=KEYS[0], max_value=KEYS[-1], help_text=_("Tombol angka ini memasukkannya ke jawaban; 10 dengan 0.")
    )

    class Meta:
        model = Phrase
        fields: ClassVar = ["title", "text", "position", "is_active"]
        help_texts: ClassVar = {
            "text": _("Yang diisi sendiri: {nama}, {perpustakaan}, {petugas}, {jam}."),
        }


class KnownAnswerForm(FormForVerb):
    class Meta:
        model = KnownAnswer
        fields: ClassVar = ["question", "text", "source", "language"]
        help_texts: ClassVar = {
            "question": _("Tanpa nama, nomor, atau alamat penanya."),
            "source": _("Peraturan, halaman, atau buku yang menyatakannya. Ditampilkan bersama jawaban."),
        }


class ReviewForm(forms.Form):
    """Until when the answer holds."""

    valid_until = Day(label=_("Berlaku sampai"))


class RatingForm(forms.Form):
    """Two scales and a word."""

    MARKS: ClassVar = [(n, str(n)) for n in range(1, 6)]
    manner = forms.TypedChoiceField(label=_("Sikap petugas"), choices=MARKS, coerce=int, widget=forms.RadioSelect)
    help = forms.TypedChoiceField(label=_("Layanannya"), choices=MARKS, coerce=int, widget=forms.RadioSelect)
    word = forms.CharField(label=_("Sepatah kata"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class RequestForm(forms.Form):
    """A request for a service, a question, or a complaint, from a public page."""

    text = forms.CharField(label=_("Apa yang Anda perlukan?"), max_length=LONGEST, widget=forms.Textarea({"rows": 5}))
    name = forms.CharField(label=_("Nama"), max_length=120, required=False)
    contact = forms.CharField(label=_("Surel atau nomor telepon"), max_length=120, required=False)

    nameless = forms.BooleanField(
        label=_("Kirim tanpa nama saya"),
        required=False,
        help_text=_("Kepala perpustakaan tidak tahu siapa Anda, dan tidak dapat menjawab Anda."),
    )

    def __init__(self, *args: Any, member: Member | None, complaint: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if complaint:
            self.fields["text"].label = _("Apa yang terjadi?")
        self.fields["contact"].required = member is None and not complaint
        if member is None or not complaint:
            del self.fields["nameless"]
        if member is not None:
            del self.fields["name"]
        if member is not None and member.email:
            del self.fields["contact"]


class BookingForm(forms.Form):
    """A time with a librarian, and what it is about."""

    slot = forms.ChoiceField(label=_("Waktu"))
    topic = forms.CharField(label=_("Yang ingin dibahas"), max_length=300)
    people = forms.IntegerField(label=_("Jumlah orang"), min_value=1, max_value=500, initial=1)

    def __init__(self, *args: Any, slots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]


class ConsultingHourForm(FormForVerb):
    weekday = forms.TypedChoiceField(label=_("Hari"), coerce=int, choices=list(WEEKDAYS.items()))
    minutes = forms.IntegerField(label=_("Lama (menit)"), min_value=10, max_value=240, initial=30)

    class Meta:
        model = ConsultingHour
        fields: ClassVar = ["user", "kind", "weekday", "opens", "closes", "minutes", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["user"]
        people.queryset = queries.librarians()
