"""A spreadsheet on its way in: take it, say what each column is, then it is an import like any other."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.domain.imports import ImportOptions, Rule
from lumbung.catalogue.domain.imports.table_columns import Target, guessed
from lumbung.catalogue.domain.imports.table_files import rows_in, size_of, take_table
from lumbung.catalogue.domain.imports.tables import TableOptions, import_table
from lumbung.catalogue.jobs import run_import
from lumbung.catalogue.models import ImportTable, ItemType, Material
from lumbung.catalogue.permissions import IMPORT
from lumbung.catalogue.web.entry_form import LANGUAGES
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.kernel.ui.unread_sheets import tell_unread_sheets
from lumbung.organization.models import Branch

LARGEST = 64 << 20
TARGETS = [
    ("", _("Lewatkan kolom ini")),
    (_("Judul"), [
        (Target.TITLE, _("Judul")), (Target.SUBTITLE, _("Anak judul")), (Target.RESPONSIBILITY, _("Pernyataan tanggung jawab")),
        (Target.PEOPLE, _("Pengarang; beberapa dipisah titik koma")), (Target.BODIES, _("Badan")), (Target.EDITION, _("Edisi")),
        (Target.PLACE, _("Tempat terbit")), (Target.PUBLISHER, _("Penerbit")), (Target.YEAR, _("Tahun atau tanggal terbit")),
        (Target.EXTENT, _("Jumlah halaman")), (Target.DIMENSIONS, _("Ukuran")), (Target.SERIES, _("Seri")), (Target.ISBN, "ISBN"),
        (Target.ISSN, "ISSN"), (Target.LANGUAGE, _("Bahasa")), (Target.MATERIAL, _("Jenis koleksi")),
        (Target.CLASSIFICATION, _("Klasifikasi")), (Target.CALL_NUMBER, _("Nomor panggil")),
        (Target.SUBJECTS, _("Subjek; beberapa dipisah titik koma")), (Target.SUMMARY, _("Abstrak")), (Target.CONTENTS, _("Daftar isi")),
        (Target.DISSERTATION, _("Keterangan tugas akhir")), (Target.NOTES, _("Catatan")), (Target.ADDRESSES, _("Alamat web")),
        (Target.CONTROL_NUMBER, _("Nomor kendali")),
    ]),
    (pgettext_lazy("many", "Eksemplar"), [
        (Target.BARCODE, _("Barcode")), (Target.BRANCH, _("Kode cabang")), (Target.LOCATION, _("Kode lokasi")),
        (Target.ITEM_TYPE, _("Kode jenis eksemplar")), (Target.ITEM_CALL_NUMBER, _("Nomor panggil eksemplar")),
        (Target.VOLUME, _("Jilid atau bagian")), (Target.COPY, _("Nomor eksemplar")), (Target.ACCESSION_NUMBER, _("Nomor induk")),
        (Target.ACCESSIONED_ON, _("Tanggal masuk")), (Target.VENDOR, _("Rekanan atau pemberi")), (Target.PRICE, _("Harga")),
        (Target.ITEM_NOTE, _("Catatan eksemplar")),
    ]),
]  # fmt: skip


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("Berkas tabel"),
        help_text=_(
            "CSV (koma, titik koma, atau tab) atau XLSX. Baris pertama berisi nama kolom. Paling besar 64 MB dan 100.000 baris."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_table(self) -> Any:
        file = self.cleaned_data["table"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas ini %(size)s; paling besar 64 MB.") % {"size": filesizeformat(file.size)})
        return file


class ColumnsForm(forms.Form):
    """What each column is, and what holds for rows that do not tell."""

    material = forms.ChoiceField(label=_("Jenis koleksi"), choices=Material.choices, initial=Material.BOOK)
    language = forms.ChoiceField(label=_("Bahasa bila tidak disebut"), choices=LANGUAGES, required=False)
    lower = forms.BooleanField(
        label=_("Tulis judul yang HURUF BESAR semua seperti kalimat biasa"),
        required=False,
        help_text=_("Nama orang, tempat, dan singkatan di dalamnya perlu diperiksa sesudahnya; lihat Mutu cantuman."),
    )
    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            ("rehearsal", _("Uji coba dahulu: periksa seluruh berkas, belum menyimpan apa pun")),
            ("import", _("Langsung impor")),
        ],
        initial="rehearsal",
        widget=forms.RadioSelect,
    )
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Cabang bawaan"), required=False, empty_label=_("Menurut berkas"), to_field_name="code"
    )
    item_type = forms.ModelChoiceField(
        ItemType.objects.all(), label=_("Jenis eksemplar bawaan"), required=False, empty_label=_("Menurut berkas"),
        to_field_name="code",
    )  # fmt: skip
    duplicates = forms.ChoiceField(
        label=_("Bila judulnya sudah ada"),
        choices=[
            (Rule.ADD, _("Tambahkan juga, dengan peringatan")),
            (Rule.SKIP, _("Lewati")),
            (Rule.ITEMS, _("Masukkan eksemplarnya saja, pada judul yang ada")),
            (Rule.MERGE, _("Lengkapi judul yang ada dengan isi berkas")),
        ],
        required=False,
    )
    by_title = forms.BooleanField(
        required=False, label=_("Judul, pengarang, dan tahun yang sama juga berarti judul yang sama, walau nomornya tidak ada")
    )

    def __init__(self, data: Any, table: ImportTable) -> None:
        super().__init__(data)
        known = guessed(table.header)
        for at, name in enumerate(table.header):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=name or _("(tanpa nama)"), choices=TARGETS, required=False, initial=known.get(at, "")
            )
        self.table = table

    def columns(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The field for each column, with some of its values."""
        return [(self[f"column-{at}"], self.table.samples[at]) for at in range(len(self.table.header))]

    def table_options(self) -> TableOptions:
        told = self.cleaned_data
        chosen = {at: told[f"column-{at}"] for at in range(len(self.table.header))}
        return TableOptions(
            columns={at: Target(target) for at, target in chosen.items() if target},
            material=Material(told["material"]),
            language=told["language"],
            lower=told["lower"],
        )

    def options(self) -> ImportOptions:
        told = self.cleaned_data
        return ImportOptions(
            branch=told["branch"].code if told["branch"] else "",
            item_type=told["item_type"].code if told["item_type"] else "",
            again=True,
            duplicates=Rule(told["duplicates"] or Rule.ADD),
            by_title=told["by_title"],
        )


@needs(IMPORT)
def take(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with reasons_shown_on(form):
            file = form.cleaned_data["table"]
            taken = take_table(file, name=file.name, by=request.user)
            file.seek(0)
            tell_unread_sheets(request, file.read())
            return redirect("catalogue:import_columns", taken.pk)
    return form_page(request, "catalogue/import_table.html", form)


@needs(IMPORT)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in which column; then the import begins, or its dry run, from which one may come back here."""
    table = get_object_or_404(ImportTable, pk=pk)
    form = ColumnsForm(request.POST or None, table)
    if form.is_valid():
        with reasons_shown_on(form):
            begun = import_table(
                rows_in(table),
                form.table_options(),
                name=table.file_name,
                by=request.user,
                options=replace(form.options(), table=size_of(table)),
                dry_run=form.cleaned_data["way"] == "rehearsal",
            )
            run_import.enqueue(run=begun.pk)
            return redirect("catalogue:import", begun.pk)
    return form_page(request, "catalogue/import_columns.html", form, table=table)
