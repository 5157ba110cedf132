"""The form of a holdings statement, in plain labels: how the parts are counted, then from which to which they are held."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.catalogue.domain.holdings import MOST_DATES, MOST_LEVELS, PlainHolding, Row, faults_of
from lumbung.catalogue.domain.holdings_words import holdings_words
from lumbung.catalogue.web.entry_form import LinesField
from lumbung.formats.holdings import Kind
from lumbung.kernel.ui.keys import key_in
from lumbung.organization.models import Location
from lumbung.organization.queries import branches

EXTRA = 3
MOST_ROWS = 200
PAUSES = [("g", gettext_lazy("ada yang kurang")), ("n", gettext_lazy("memang tidak terbit"))]
LEVELS = tuple(str(level) for level in range(1, MOST_LEVELS + 1))
DATED = ("year", "month", "day", "part")
PARTS = (*LEVELS, *DATED)
USUAL = 2
"""How many levels of counting and of dates the form shows until somebody wants more."""
SEPARATORS = frozenset("-,")


class HoldingForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    depth = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=USUAL, max_value=MOST_LEVELS)
    dates = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=USUAL, max_value=MOST_DATES)
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
        for level in range(USUAL + 1, MOST_LEVELS + 1):
            told = {"level": level, "above": level - 1}
            self.fields[f"caption_{level}"] = forms.CharField(
                label=_("Sebutan tingkat %(level)d") % told, required=False, max_length=30
            )
            self.fields[f"per_{level}"] = forms.IntegerField(
                label=_("Berapa tingkat %(level)d dalam satu tingkat %(above)d?") % told,
                required=False,
                min_value=1,
                max_value=400,
            )
        self.branch_field.choices = [("", _("Seluruh perpustakaan")), *known]
        self.shelves = list(Location.objects.order_by("code").values_list("code", "name", "branch__name"))

    @property
    def shown(self) -> tuple[int, int]:
        """How many levels of counting and of dates the form has boxes for; one more of those for which ``deeper`` was pressed."""
        told = [_count(self["depth"].value()), _count(self["dates"].value())]
        asked = self.data.get("deeper", "")
        return (
            min(told[0] + (asked == "levels"), MOST_LEVELS),
            min(told[1] + (asked == "dates"), MOST_DATES),
        )

    @property
    def more_captions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"caption_{level}"], self[f"per_{level}"]) for level in range(USUAL + 1, self.shown[0] + 1)]

    @property
    def branch_field(self) -> forms.ChoiceField:
        field = self.fields["branch"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        return field


def _count(told: Any) -> int:
    return max(key_in(str(told)), USUAL)


def _short(label: Any, **attrs: Any) -> forms.CharField:
    boxed = forms.TextInput(attrs={"class": "input", **attrs})
    return forms.CharField(label=label, required=False, max_length=20, widget=boxed)


class RowForm(forms.Form):
    origin = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_open = forms.BooleanField(label=gettext_lazy("masih berlanjut"), required=False)
    pause = forms.ChoiceField(
        label=gettext_lazy("Sesudahnya"), choices=PAUSES, required=False, widget=forms.Select(attrs={"class": "input"})
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan"), required=False, max_length=200, widget=forms.TextInput(attrs={"class": "input"})
    )

    def __init__(
        self, *args: Any, captions: Sequence[str] = (), shown: tuple[int, int] = (USUAL, USUAL), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = (*LEVELS[: shown[0]], *DATED[: shown[1]])
        dates = dict(zip(DATED, (_("tahun"), _("bulan"), _("hari"), _("bagian hari")), strict=True))
        for side in ("from", "to"):
            for level in LEVELS:
                caption = (*captions, *[""] * MOST_LEVELS)[int(level) - 1]
                said = _("tingkat %(level)s") % {"level": level}
                self.fields[f"{side}_{level}"] = _short(said, placeholder=caption or {"1": "jil.", "2": "no."}.get(level, said))
            for name, label in dates.items():
                self.fields[f"{side}_{name}"] = _short(label, placeholder=label)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        for name in (f"{side}_{part}" for side in ("from", "to") for part in PARTS):
            if SEPARATORS.intersection(told.get(name, "")):
                self.add_error(name, _("Tanpa tanda hubung dan koma: satu bagian saja di sini; gabungan ditulis 3/4."))
        if self.says_nothing and (told.get("is_open") or any(told.get(f"to_{part}") for part in PARTS)):
            self.add_error("from_1", _("Isi juga dari mana."))
        return told

    @property
    def start(self) -> list[forms.BoundField]:
        return [self[f"from_{name}"] for name in self.boxes]

    @property
    def end(self) -> list[forms.BoundField]:
        return [self[f"to_{name}"] for name in self.boxes]

    @property
    def faults(self) -> list[str]:
        return [str(each) for told in self.errors.values() for each in told]

    @property
    def says_nothing(self) -> bool:
        return not any(self.cleaned_data.get(f"from_{part}") for part in PARTS)


Rows = forms.formset_factory(RowForm, extra=EXTRA, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


def initial_of(plain: PlainHolding, version: int) -> dict[str, Any]:
    """What the form says of a statement at first."""
    captions = dict(zip(LEVELS, plain.captions, strict=False))
    per = dict(zip(LEVELS[1:], plain.per, strict=False))
    points = [point for row in plain.rows for point in (row.start_dates, row.end_dates)]
    return {
        "version": version,
        "depth": max([USUAL, len(plain.captions), *(len(row.start) for row in plain.rows)]),
        "dates": max([USUAL, *map(len, points)]),
        "branch": plain.branch,
        "shelf": plain.shelf,
        "note": plain.note,
        **{f"caption_{level}": captions.get(level, "") for level in LEVELS},
        "per": per.get("2") or None,
        **{f"per_{level}": per.get(level) or None for level in LEVELS[USUAL:]},
        "basic": plain.texts.get(Kind.BASIC, ()),
        "supplements": plain.texts.get(Kind.SUPPLEMENTS, ()),
        "indexes": plain.texts.get(Kind.INDEXES, ()),
        "text_instead": plain.text_instead,
    }


def rows_of(plain: PlainHolding) -> list[dict[str, Any]]:
    """What the rows of the form say at first."""
    return [{"origin": at, **_told(row)} for at, row in enumerate(plain.rows)]


def _told(row: Row) -> dict[str, Any]:
    sides = (("from", row.start, row.start_dates), ("to", row.end, row.end_dates))
    told = {
        f"{side}_{name}": text
        for side, levels, dates in sides
        for names, texts in ((LEVELS, levels), (DATED, dates))
        for name, text in zip(names, texts, strict=False)
    }
    return {**told, "is_open": row.is_open, "pause": row.pause or "g", "note": row.note}


def plain_in(form: HoldingForm, rows: Sequence[RowForm], before: PlainHolding) -> PlainHolding:
    """What was typed. Only for forms that are valid; ``add_error`` tells on the form what cannot be."""
    told = form.cleaned_data
    typed = [_row(each.cleaned_data, before) for each in rows if each.cleaned_data and not each.says_nothing]
    for fault in faults_of(typed):
        form.add_error(None, fault)
    captions = tuple(filter(None, (told[f"caption_{level}"] for level in LEVELS)))
    per = tuple(told[name] or 0 for name in ("per", *(f"per_{level}" for level in LEVELS[USUAL:])))
    return PlainHolding(
        branch=told["branch"],
        shelf=told["shelf"],
        note=told["note"],
        captions=captions,
        per=per[: max(0, len(captions) - 1)],
        rows=_without_last_pause(typed),
        texts={kind: told[kind.value] for kind in Kind if told[kind.value]},
        text_instead=told["text_instead"] and bool(told["basic"]),
    )


def _row(told: dict[str, Any], before: PlainHolding) -> Row:
    at = told.get("origin")
    return Row(
        start=_levels(told, "from"),
        end=() if told["is_open"] else _levels(told, "to"),
        start_dates=_dates(told, "from"),
        end_dates=() if told["is_open"] else _dates(told, "to"),
        is_open=told["is_open"],
        pause=told["pause"] or "g",
        note=told["note"],
        origin=before.rows[at].origin if at is not None and 0 <= at < len(before.rows) else None,
    )


def _levels(told: dict[str, Any], side: str) -> tuple[str, ...]:
    return tuple(text for level in LEVELS if (text := told[f"{side}_{level}"].strip()))


def _dates(told: dict[str, Any], side: str) -> tuple[str, ...]:
    typed = {name: told[f"{side}_{name}"].strip() for name in DATED}
    typed["month"] = _month(typed["month"])
    return tuple(filter(None, typed.values()))


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
