"""The forms about copies of articles and chapters."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item, Material, Record
from lumbung.circulation.domain.articles import request_article
from lumbung.circulation.models import ArticleRequest, ArticleScope, ArticleTerms
from lumbung.circulation.models.article import LONGEST_ADDRESS, ArticleRequestQuerySet
from lumbung.circulation.queries.article_blocks import Part, Receipt, Wish, article_cost
from lumbung.circulation.queries.articles import article_terms, volumes_to_copy, workers
from lumbung.circulation.queries.handover_places import offered_visits, pickup_named
from lumbung.circulation.queries.parcels import deliveries, kept_address, terms_for
from lumbung.kernel.ui.submission import FormForVerb, reasons_shown_on
from lumbung.kernel.ui.words import mid_day, rupiah
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, public_branches

Kinds, Ways, States = ArticleRequest.Kinds, ArticleRequest.Ways, ArticleRequest.States
ASKED_LATER = {"issue", "title", "pages", "address", "purpose"}
"""Fields that may be left empty as far as the form knows, and not as far as the verb does."""
FILE, SENT = "file", "s"
"""What the form calls a file, and a branch that sends it, before its key."""


class ArticleForm(forms.Form):
    """What a member wants copied of a title, and how they receive it. What is missing, the verb says."""

    kind = forms.ChoiceField(label=_("Yang disalin"), choices=Kinds, widget=forms.RadioSelect)
    item = forms.ChoiceField(label=_("Jilid"), required=False)
    issue = forms.CharField(
        label=_("Volume, nomor, atau tahun"), required=False, max_length=80, help_text=_("Contoh: Vol. 12 No. 3, 2019.")
    )
    title = forms.CharField(
        label=_("Judul artikel atau bab"),
        required=False,
        max_length=300,
        help_text=_("Judulnya, halamannya, atau keduanya."),
    )
    author = forms.CharField(label=_("Pengarangnya"), required=False, max_length=200)
    pages = forms.CharField(label=_("Halaman"), required=False, max_length=60, help_text=_("Contoh: 45–61."))
    note = forms.CharField(label=_("Catatan untuk petugas"), required=False, max_length=300)
    receive = forms.ChoiceField(label=_("Berkas atau kertas"))
    address = forms.CharField(
        label=_("Alamat kirim"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("Hanya bila dikirim. Alamat dihapus sesudah salinannya berangkat."),
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    purpose = forms.ChoiceField(
        label=_("Keperluan"), required=False, choices=[("", _("Pilih…")), *ArticleRequest.Purposes.choices]
    )
    agreed = forms.BooleanField(
        required=False,
        label=_(
            "Salinan ini hanya saya pakai sendiri untuk keperluan itu, tidak saya perbanyak, bagikan, atau unggah, dan sumbernya "
            "saya sebutkan bila saya kutip."
        ),
    )

    def __init__(
        self, data: Any = None, *, record: Record, member: Member, scope: str, copy_in_hand: Item | None = None
    ) -> None:
        is_serial = record.material in {Material.SERIAL, Material.ARTICLE}
        initial = {
            "kind": Kinds.ARTICLE if is_serial else Kinds.CHAPTER,
            "receive": FILE if article_terms().by_file else str(member.branch_id),
            "address": kept_address(member),
            "title": record.title if record.material == Material.ARTICLE else "",
            "author": record.creator if record.material == Material.ARTICLE else "",
        }
        super().__init__(data, initial=initial)
        self.record, self.member = record, member
        sends = self._senders()
        choices: Any = self.fields["receive"]
        choices.choices = self._ways(sends)
        self._items = (
            {} if scope == ArticleScope.TITLE else {str(item.pk): (item, name) for item, name in volumes_to_copy(record)}
        )
        self._offer_copies(is_named=scope == ArticleScope.ITEM)
        if copy_in_hand is not None:
            self.initial["item"] = self._volume_of(copy_in_hand)
        if record.material != Material.SERIAL:
            del self.fields["issue"]
        for name in ASKED_LATER & self.fields.keys():
            setattr(self.fields[name], "is_asked_later", True)  # noqa: B010 -- read by kernel/field.html alone: the verb asks for it
        if not sends:
            del self.fields["address"]

    def _offer_copies(self, *, is_named: bool) -> None:
        """Which copy it is to be made from; where there is but one, that, and without any there is nothing to choose."""
        field: Any = self.fields["item"]
        named = [(key, name) for key, (_item, name) in self._items.items()]
        field.choices = named if is_named or len(named) == 1 else [("", _("Mana pun")), *named]
        if not named:
            del self.fields["item"]
        elif len(named) == 1:
            field.widget, field.initial = forms.HiddenInput(), named[0][0]

    def wish(self) -> Wish:
        """What was said, for the verb."""
        said = self.cleaned_data
        named = {name: said.get(name, "") for name in ("kind", "title", "author", "issue", "pages", "note")}
        return Wish(
            record=self.record,
            part=Part(**named),
            receipt=self._receipt(said["receive"], said.get("address", "")),
            item=self._item(said.get("item", "")),
            purpose=said["purpose"],
            agreed=said["agreed"],
        )

    def _volume_of(self, copy: Item) -> str:
        """The choice that is the volume of this copy."""
        volume = copy.volume_told.casefold()
        return next((key for key, (item, _name) in self._items.items() if item.volume_told.casefold() == volume), "")

    def _item(self, key: str) -> Item | None:
        return self._items[key][0] if key in self._items else None

    def _receipt(self, said: str, address: str) -> Receipt:
        if said == FILE:
            return Receipt(way=Ways.FILE)
        if said.startswith(SENT):
            return Receipt(way=Ways.POST, branch=branch_of(int(said[1:])), address=address)
        pickup = pickup_named(said)
        return Receipt(way=Ways.PICKUP, branch=pickup.branch if pickup else None, place=pickup.place if pickup else None)

    def _senders(self) -> list[tuple[Branch, int]]:
        """The branches that would send it to this member, and for how much."""
        found = ((branch_of(key), terms_for(self.member, key)) for key in deliveries())
        return [(branch, terms.fee) for branch, terms in found if terms is not None]

    def _ways(self, sends: list[tuple[Branch, int]]) -> list[Any]:
        terms = article_terms()
        days = ngettext("Berkas, dibaca %(days)s hari", "Berkas, dibaca %(days)s hari", terms.file_days)
        file = [(FILE, days % {"days": terms.file_days})] if terms.by_file else []
        fetched = [(str(branch.pk), branch.name) for branch in public_branches()]
        visits = [(f"p{each.place.pk}", f"{each.place.name} · {mid_day(each.day)}") for each in offered_visits()]
        sent = [(f"{SENT}{branch.pk}", f"{branch.name} ({rupiah(fee)})" if fee else branch.name) for branch, fee in sends]
        groups = [(_("Kertas, diambil di"), fetched + visits), (_("Kertas, dikirim dari"), sent)]
        return [*file, *((str(name), rows) for name, rows in groups if rows)]


class DeskArticleForm(ArticleForm):
    """The same, as staff fill it in for a member."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = _(
            "Anggota sudah menyatakan: salinan ini hanya dipakai sendiri untuk keperluan itu, tidak diperbanyak, dibagikan, atau "
            "diunggah, dan sumbernya disebutkan bila dikutip."
        )


def requested(request: HttpRequest, form: ArticleForm, cost: int) -> tuple[ArticleRequest | None, int]:
    """The request that the form makes, and what it costs; no request yet where the reader was told another cost, or where it is refused,
    and the form then says why. ``cost`` is told of what is not filled in."""
    if not form.is_valid():
        return None, cost
    wish = form.wish()
    cost = article_cost(wish, form.member)
    if request.POST.get("told") != str(cost):
        form.add_error(
            None, _("Dengan pilihan ini biayanya %(amount)s. Kirim sekali lagi bila setuju.") % {"amount": rupiah(cost)}
        )
        return None, cost
    with reasons_shown_on(form):
        return request_article(wish, member=form.member, by=request.user), cost
    return None, cost


class ArticlesForm(forms.Form):
    """Which requests the queue shows."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Disalin di"), required=False, empty_label=_("Semua cabang"))
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Harus dikerjakan")), ("current", _("Belum selesai")), *States.choices, ("all", _("Semua"))],
    )
    way = forms.ChoiceField(
        label=pgettext_lazy("circulation", "Cara"), required=False, choices=[("", _("Semua")), *Ways.choices]
    )
    worker = forms.ChoiceField(
        label=_("Oleh"), required=False, choices=[("", _("Siapa pun")), ("mine", _("Saya sendiri")), ("nobody", _("Belum ada"))]
    )

    def narrowed(self, rows: ArticleRequestQuerySet, user: Any) -> ArticleRequestQuerySet:
        """Those of ``rows`` that the filters leave."""
        self.is_valid()
        given = self.cleaned_data
        by_state = {"": rows.open, "current": rows.current, "all": rows.all}
        state = given.get("state", "")
        rows = by_state[state]() if state in by_state else rows.filter(state=state)
        plain = {"branch": given.get("branch"), "way": given.get("way")}
        rows = rows.filter(**{name: value for name, value in plain.items() if value})
        by_worker = {"mine": {"worker": user}, "nobody": {"worker": None}}
        return rows.filter(**by_worker.get(given.get("worker", ""), {}))


class HandOnForm(forms.Form):
    """Who makes the copy instead."""

    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), empty_label=None)
    worker = forms.ModelChoiceField(User.objects.none(), label=_("Petugas"), required=False, empty_label=_("Siapa pun di sana"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers()  # type: ignore[attr-defined]  # a field that chooses a row


class PaperForm(forms.Form):
    """What is said of a copy on paper."""

    pages = forms.IntegerField(label=_("Jumlah halaman"), required=False, min_value=1, max_value=1000)
    courier = forms.CharField(label=_("Kurir"), required=False, max_length=60)
    tracking = forms.CharField(label=_("Nomor resi"), required=False, max_length=60)


class ArticleTermsForm(FormForVerb):
    """What the library says of copies."""

    class Meta:
        model = ArticleTerms
        fields = ("by_file", "file_days", "paper_days", "most_pages", "most_percent", "apart_days")
        help_texts: ClassVar = {
            "by_file": _("Bila tidak, salinan hanya diberikan di kertas."),
            "file_days": _("Sesudah itu berkasnya dihapus; anggota diberi tahu dua hari sebelumnya."),
            "most_pages": _("Kosong: tidak dibatasi."),
            "most_percent": _("Untuk bab, bila jumlah halaman bukunya tercatat. Kosong: tidak dibatasi."),
            "apart_days": _("Agar satu karya tidak disalin sebagian demi sebagian sampai utuh. 0: tidak dibatasi."),
        }
