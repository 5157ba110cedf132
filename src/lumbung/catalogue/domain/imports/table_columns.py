"""What a column of a table may hold, and how such columns are usually called."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Target(StrEnum):
    """What a column becomes: a field of the simple form by its name, or something of the record or the copy."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    RESPONSIBILITY = "responsibility"
    PEOPLE = "people"
    BODIES = "bodies"
    EDITION = "edition"
    PLACE = "place"
    PUBLISHER = "publisher"
    YEAR = "year"
    EXTENT = "extent"
    DIMENSIONS = "dimensions"
    SERIES = "series"
    ISBN = "isbn"
    ISSN = "issn"
    LANGUAGE = "language"
    MATERIAL = "material"
    CLASSIFICATION = "classification"
    CALL_NUMBER = "call_number"
    SUBJECTS = "subjects"
    SUMMARY = "summary"
    CONTENTS = "contents"
    DISSERTATION = "dissertation"
    NOTES = "notes"
    ADDRESSES = "addresses"
    CONTROL_NUMBER = "control_number"
    BARCODE = "barcode"
    BRANCH = "branch"
    LOCATION = "location"
    ITEM_TYPE = "item_type"
    ITEM_CALL_NUMBER = "item_call_number"
    COPY = "copy"
    ACCESSION_NUMBER = "accession_number"
    ACCESSIONED_ON = "accessioned_on"
    VENDOR = "vendor"
    PRICE = "price"
    ITEM_NOTE = "item_note"


LISTS = frozenset(
    {
        Target.PEOPLE, Target.BODIES, Target.SERIES, Target.ISBN, Target.ISSN, Target.SUBJECTS, Target.NOTES, Target.ADDRESSES,
    }
)  # fmt: skip
"""What may hold several values, parted by semicolons; two columns of these are put together."""
NOT_IN_FORM = frozenset({Target.CONTROL_NUMBER, Target.BARCODE})
ITEM_CODES = {
    Target.BRANCH: "a",
    Target.LOCATION: "c",
    Target.ACCESSIONED_ON: "d",
    Target.VENDOR: "e",
    Target.PRICE: "g",
    Target.ACCESSION_NUMBER: "i",
    Target.ITEM_CALL_NUMBER: "o",
    Target.BARCODE: "p",
    Target.COPY: "t",
    Target.ITEM_TYPE: "y",
    Target.ITEM_NOTE: "z",
}
"""The subfields of 952 for a copy."""
USUAL_NAMES = {
    Target.TITLE: "judul title judul_buku judul_utama judul_koleksi nama_buku",
    Target.SUBTITLE: "anak_judul subtitle",
    Target.RESPONSIBILITY: "pernyataan_tanggung_jawab penanggung_jawab statement_of_responsibility sor",
    Target.PEOPLE: "pengarang penulis author authors pengarang_utama tajuk_pengarang pengarang_tambahan nama_pengarang creator",
    Target.BODIES: "badan_korporasi badan corporate",
    Target.EDITION: "edisi edition cetakan",
    Target.PLACE: "tempat_terbit kota_terbit kota publish_place place",
    Target.PUBLISHER: "penerbit publisher publisher_name nama_penerbit",
    Target.YEAR: "tahun tahun_terbit publish_year year tanggal_terbit thn_terbit",
    Target.EXTENT: "deskripsi_fisik collation kolasi halaman jumlah_halaman pages jml_hal",
    Target.DIMENSIONS: "dimensi ukuran tinggi",
    Target.SERIES: "seri series series_title judul_seri",
    Target.ISBN: "isbn isbn_issn no_isbn",
    Target.ISSN: "issn",
    Target.LANGUAGE: "bahasa language language_name",
    Target.MATERIAL: "jenis jenis_bahan jenis_koleksi gmd gmd_name",
    Target.CLASSIFICATION: "klasifikasi classification ddc no_klas nomor_kelas no_class kelas",
    Target.CALL_NUMBER: "nomor_panggil call_number no_panggil",
    Target.SUBJECTS: "subjek subject subjects topik topics topic tajuk_subjek kategori category kata_kunci keywords",
    Target.SUMMARY: "abstrak abstract ringkasan summary sinopsis",
    Target.CONTENTS: "daftar_isi isi",
    Target.DISSERTATION: "catatan_disertasi catatan_skripsi",
    Target.NOTES: "catatan notes catatan_umum",
    Target.ADDRESSES: "url tautan alamat_web link",
    Target.CONTROL_NUMBER: "control_number nomor_kendali biblio_id bibid",
    Target.BARCODE: "barcode item_code kode_eksemplar no_barcode nomor_barcode",
    Target.BRANCH: "cabang perpustakaan branch",
    Target.LOCATION: "lokasi location location_name rak",
    Target.ITEM_TYPE: "jenis_eksemplar tipe_koleksi coll_type_name item_type",
    Target.ITEM_CALL_NUMBER: "nomor_panggil_eksemplar",
    Target.COPY: "nomor_eksemplar eksemplar copy",
    Target.ACCESSION_NUMBER: "nomor_induk no_induk inventory_code no_inventaris nomor_inventaris",
    Target.ACCESSIONED_ON: "tanggal_masuk tanggal_pengadaan received_date tgl_masuk",
    Target.VENDOR: "rekanan rekanan_atau_pemberi supplier vendor",
    Target.PRICE: "harga price",
    Target.ITEM_NOTE: "catatan_eksemplar",
}
_BY_NAME = {name: target for target, names in USUAL_NAMES.items() for name in names.split()}


def guessed(header: Sequence[str]) -> dict[int, Target]:
    """The targets of those columns whose names are known; a target that holds one value is given to the first such column."""
    found: dict[int, Target] = {}
    for at, name in enumerate(header):
        target = _BY_NAME.get(_plain(name))
        if target is not None and (target in LISTS or target not in found.values()):
            found[at] = target
    return found


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
