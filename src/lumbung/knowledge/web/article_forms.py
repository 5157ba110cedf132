"""Forms of articles. What may be said is judged by the verbs."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import User
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.knowledge.models import Article, Community, Topic
from lumbung.knowledge.queries.articles import colleagues
from lumbung.knowledge.queries.communities import communities_of


class TopicBoxes(forms.ModelMultipleChoiceField):
    """Topics to tick; none is said to be needed before the article goes to approval."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(Topic.objects.all(), label=_("Topik"), required=False)


class NewArticleForm(forms.Form):
    form = forms.ChoiceField(label=_("Bentuk"), choices=Article.Forms)
    title = forms.CharField(
        label=_("Judul"),
        max_length=200,
        help_text=_("Tulis seperti orang akan mencarinya: “Memperpanjang pinjaman yang terlambat”."),
    )
    topics = TopicBoxes()


class ArticleForm(forms.Form):
    """The editor. ``based_on`` is the version the writer began from."""

    title = forms.CharField(label=_("Judul"), max_length=200)
    summary = forms.CharField(
        label=_("Ringkasan satu kalimat"),
        max_length=300,
        required=False,
        help_text=_("Tampil dalam daftar dan hasil pencarian."),
    )
    body = forms.CharField(label=_("Isi"), required=False, widget=forms.Textarea(attrs={"rows": 22}), strip=False)
    topics = TopicBoxes()
    note = forms.CharField(label=_("Apa yang Anda ubah"), max_length=200, required=False)
    based_on = forms.IntegerField(widget=forms.HiddenInput())


class ShareForm(forms.Form):
    circle = forms.ChoiceField(label=_("Siapa yang boleh membaca"), choices=Article.Circles, widget=forms.RadioSelect)
    mentor = forms.ModelChoiceField(User.objects.none(), label=_("Mentor"), required=False, empty_label=_("Pilih mentor"))
    community = forms.ModelChoiceField(
        Community.objects.none(), label=_("Komunitas"), required=False, empty_label=_("Pilih komunitas")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = colleagues().exclude(pk=user.pk)  # type: ignore[attr-defined]
        self.fields["community"].queryset = communities_of(user)  # type: ignore[attr-defined]


class DayForm(forms.Form):
    review_on = Day(label=_("Berlaku sampai"))


class ReasonForm(forms.Form):
    because = forms.CharField(label=_("Alasan"), max_length=300)


class FileForm(forms.Form):
    file = forms.FileField(label=_("Berkas"), help_text=_("PDF, JPEG, PNG, atau WebP, paling besar 10 MB."))


class TopicForm(FormForVerb):
    class Meta:
        model = Topic
        fields: ClassVar = ("name", "note", "subject")
        help_texts: ClassVar = {"subject": _("Bila katalog memakai tajuk lain untuk hal yang sama.")}
