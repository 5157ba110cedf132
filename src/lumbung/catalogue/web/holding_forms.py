"""The form of a holdings statement, in plain labels: how the parts are counted, then from which to which they are held."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.domain.holdings import PlainHolding, Row, faults_of
from lumbung.catalogue.domain.holdings_words import holdings_words
from lumbung.catalogue.web.entry_form import LinesField
from lumbung.formats.holdings import Kind
from lumbung.organization.models import Location
from lumbung.organization.queries import branches

EXTRA = 3
MOST_ROWS = 200
PAUSES = [("g", gettext_lazy("ada yang kurang")), ("n", gettext_lazy("memang tidak terbit"))]
POINT = ("1", "2", "year", "month")
SEPARATORS = frozenset("-,")


class HoldingForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    branch = forms.ChoiceField(label=gettext_lazy("Cabang"), required=False)
    shelf = forms.CharField(
        label=gettext_lazy("Lokasi rak"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Kode lokasi; kosongkan bila tidak perlu."),
    )
    caption_1 = forms.CharField(
        label=gettext_lazy("Sebutan tingkat pertama"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Misalnya jil., vol., atau tahun."),
    )
    caption_2 = forms.CharField(
        label=gettext_lazy("Sebutan tingkat kedua"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Misalnya no. Kosongkan bila tidak ada."),
    )
    per = forms.IntegerField(
        label=gettext_lazy("Berapa tingkat kedua dalam satu tingkat pertama?"),
        required=False,
        min_value=1,
        max_value=400,
        help_text=gettext_lazy("Misalnya 12 nomor dalam satu jilid: bila diketahui, yang kurang disebut satu per satu."),
    )
    basic = LinesField(
        label=gettext_lazy("Dengan kata sendiri"),
        help_text=gettext_lazy("Satu baris satu pernyataan. Catatan di belakang garis tegak: Th. 1–9 | th. 3 rusak."),
    )
    text_instead = forms.BooleanField(label=gettext_lazy("Tampilkan ini sebagai ganti rincian di atas"), required=False)
    supplements = LinesField(label=gettext_lazy("Suplemen"))
    indexes = LinesField(label=gettext_lazy("Indeks"))
    note = forms.CharField(label=gettext_lazy("Catatan untuk pemustaka"), required=False, max_length=300)

    def __init__(self, *args: Any, plain: PlainHolding | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(branch.code, branch.name) for branch in branches()]
        if plain and plain.branch and plain.branch not in dict(known):
            known.append((plain.branch, plain.branch))
        self.branch_field.choices = [("", _("Seluruh perpustakaan")), *known]
        self.shelves = list(Location.objects.order_by("code").values_list("code", "name", "branch__name"))

    @property
    def branch_field(self) -> forms.ChoiceField:
        field = self.fields["branch"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        return field


def _short(label: Any, **attrs: Any) -> forms.CharField:
    boxed = forms.TextInput(attrs={"class": "input", **attrs})
    return forms.CharField(label=label, required=False, max_length=20, widget=boxed)


class RowForm(forms.Form):
    origin = forms.IntegerField(widget=forms.HiddenInput, required=False)
    from_1 = _short(gettext_lazy("tingkat pertama"))
    from_2 = _short(gettext_lazy("tingkat kedua"))
    from_year = _short(gettext_lazy("tahun"), placeholder=gettext_lazy("tahun"))
    from_month = _short(gettext_lazy("bulan"), placeholder=gettext_lazy("bulan"))
    to_1 = _short(gettext_lazy("tingkat pertama"))
    to_2 = _short(gettext_lazy("tingkat kedua"))
    to_year = _short(gettext_lazy("tahun"), placeholder=gettext_lazy("tahun"))
    to_month = _short(gettext_lazy("bulan"), placeholder=gettext_lazy("bulan"))
    is_open = forms.BooleanField(label=gettext_lazy("masih berlanjut"), required=False)
    pause = forms.ChoiceField(
        label=gettext_lazy("Sesudahnya"), choices=PAUSES, required=False, widget=forms.Select(attrs={"class": "input"})
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "input"})
    )

    def __init__(self, *args: Any, captions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level, caption in enumerate((*captions, "", "")[:2], start=1):
            for side in ("from", "to"):
                self.fields[f"{side}_{level}"].widget.attrs["placeholder"] = caption or ("jil.", "no.")[level - 1]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for name in ("from_1", "from_2", "to_1", "to_2", "from_year", "to_year", "from_month", "to_month"):
            if SEPARATORS.intersection(told.get(name, "")):
                self.add_error(name, _("Tanpa tanda hubung dan koma: satu bagian saja di sini; gabungan ditulis 3/4."))
        if self.says_nothing and any(told.get(name) for name in ("to_1", "to_2", "to_year", "to_month", "is_open")):
            self.add_error("from_1", _("Isi juga dari mana."))
        return told

    @property
    def start(self) -> list[forms.BoundField]:
        return [self[f"from_{name}"] for name in POINT]

    @property
    def end(self) -> list[forms.BoundField]:
        return [self[f"to_{name}"] for name in POINT]

    @property
    def faults(self) -> list[str]:
        return [str(each) for told in self.errors.values() for each in told]

    @property
    def says_nothing(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("from_1", "from_2", "from_year", "from_month"))


Rows = forms.formset_factory(RowForm, extra=EXTRA, max_num=MOST_ROWS, validate_max=True)


def initial_of(plain: PlainHolding, version: int) -> dict[str, Any]:
    """What the form says of a statement at first."""
    first, second = (*plain.captions, "", "")[:2]
    return {
        "version": version,
        "branch": plain.branch,
        "shelf": plain.shelf,
        "note": plain.note,
        "caption_1": first,
        "caption_2": second,
        "per": plain.per or None,
        "basic": plain.texts.get(Kind.BASIC, ()),
        "supplements": plain.texts.get(Kind.SUPPLEMENTS, ()),
        "indexes": plain.texts.get(Kind.INDEXES, ()),
        "text_instead": plain.text_instead,
    }


def rows_of(plain: PlainHolding) -> list[dict[str, Any]]:
    """What the rows of the form say at first."""
    return [{"origin": at, **_told(row)} for at, row in enumerate(plain.rows)]


def _told(row: Row) -> dict[str, Any]:
    from_1, from_2 = (*row.start, "", "")[:2]
    to_1, to_2 = (*row.end, "", "")[:2]
    from_year, from_month = (*row.start_dates, "", "")[:2]
    to_year, to_month = (*row.end_dates, "", "")[:2]
    return {
        "from_1": from_1, "from_2": from_2, "to_1": to_1, "to_2": to_2, "from_year": from_year, "from_month": from_month,
        "to_year": to_year, "to_month": to_month, "is_open": row.is_open, "pause": row.pause or "g", "note": row.note,
    }  # fmt: skip


def plain_in(form: HoldingForm, rows: Sequence[RowForm], before: PlainHolding) -> PlainHolding:
    """What was typed. Only for forms that are valid; ``add_error`` tells on the form what cannot be."""
    told = form.cleaned_data
    typed = [_row(each.cleaned_data, before) for each in rows if each.cleaned_data and not each.says_nothing]
    for fault in faults_of(typed):
        form.add_error(None, fault)
    captions = tuple(filter(None, (told["caption_1"], told["caption_2"])))
    return PlainHolding(
        branch=told["branch"],
        shelf=told["shelf"],
        note=told["note"],
        captions=captions,
        per=told["per"] or 0,
        rows=_without_last_pause(typed),
        texts={kind: told[kind.value] for kind in Kind if told[kind.value]},
        text_instead=told["text_instead"] and bool(told["basic"]),
    )


def _row(told: dict[str, Any], before: PlainHolding) -> Row:
    at = told.get("origin")
    return Row(
        start=_values(told["from_1"], told["from_2"]),
        end=() if told["is_open"] else _values(told["to_1"], told["to_2"]),
        start_dates=_values(told["from_year"], _month(told["from_month"])),
        end_dates=() if told["is_open"] else _values(told["to_year"], _month(told["to_month"])),
        is_open=told["is_open"],
        pause=told["pause"] or "g",
        note=told["note"],
        origin=before.rows[at].origin if at is not None and 0 <= at < len(before.rows) else None,
    )


def _values(first: str, second: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in (first, second) if each.strip())


def _month(typed: str) -> str:
    """A month by its number, 03, whether typed so or by its name; anything else as it is."""
    text = typed.strip()
    if text.isascii() and text.isdigit():
        return text.zfill(2)
    names = [month.casefold() for month in holdings_words().months]
    return f"{names.index(text[:3].casefold()) + 1:02d}" if text[:3].casefold() in names else text


def _without_last_pause(rows: list[Row]) -> list[Row]:
    """Behind the last run nothing is missing yet."""
    return [*rows[:-1], replace(rows[-1], pause="")] if rows else []
