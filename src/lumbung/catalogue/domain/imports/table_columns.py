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
    VOLUME = "volume"
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
    Target.VOLUME: "h",
    Target.ACCESSION_NUMBER: "i",
    Target.ITEM_CALL_NUMBER: "o",
    Target.BARCODE: "p",
    Target.COPY: "t",
    Target.ITEM_TYPE: "y",
    Target.ITEM_NOTE: "z",
}
"""The subfields of 952 for a copy."""
USUAL_NAMES = {
    Target.TITLE: (
        "judul title judulbuku judulutama judulkoleksi namabuku judulbahanpustaka judulskripsi judultesis "
        "judulkaryailmiah namajudul judulasli judulpustaka judullengkap judulartikel juduldisertasi juduldokumen"
    ),
    Target.SUBTITLE: "anakjudul subtitle subjudul judulparalel",
    Target.RESPONSIBILITY: "pernyataantanggungjawab penanggungjawab statementofresponsibility sor",
    Target.PEOPLE: (
        "pengarang penulis author authors pengarangutama tajukpengarang pengarangtambahan namapengarang creator "
        "namapenulis pencipta penyusun peneliti pengarangpenulis penulispengarang penulisutama pengarang1 pengarang2 "
        "pengarang3 penulis1 penulis2 penulis3"
    ),
    Target.BODIES: "badankorporasi badan corporate korporasi tajukpengarangbadankooperasi pengarangtambahannamabadan lembaga",
    Target.EDITION: "edisi edition cetakan edisicetakan cet cetakanke edisike",
    Target.PLACE: "tempatterbit kotaterbit kota publishplace place placename tempat kotapenerbit tempatpenerbit tempatpenerbitan",
    Target.PUBLISHER: "penerbit publisher publishername namapenerbit penerbitbuku",
    Target.YEAR: "tahun tahunterbit publishyear year tanggalterbit thnterbit thterbit tglterbit tahunlulus thn tahunpenerbitan tahuncetak",
    Target.EXTENT: (
        "deskripsifisik collation kolasi halaman jumlahhalaman pages jmlhal jmlhalaman "
        "hal hlm jumlahhal jmlhlm jumlahhlm tebal tebalbuku"
    ),
    Target.DIMENSIONS: "dimensi ukuran tinggi ukuranbuku tinggibuku ukurancm tinggicm",
    Target.SERIES: "seri series seriestitle judulseri",
    Target.ISBN: "isbn isbnissn noisbn nomorisbn isbn13 isbn10 nomorisbnissn noisbnissn kodeisbn",
    Target.ISSN: "issn noissn nomorissn eissn pissn",
    Target.LANGUAGE: "bahasa language languagename",
    Target.MATERIAL: (
        "jenis jenisbahan jeniskoleksi gmd gmdname media bentuk jenisbuku tipebahan jenispustaka jenisbahanpustaka bentukfisik"
    ),
    Target.CLASSIFICATION: (
        "klasifikasi classification ddc noklas nomorkelas noclass kelas noklasifikasi nomorklasifikasi noddc nomorklas "
        "kodeklasifikasi nomorddc kodeddc klas golongan"
    ),
    Target.CALL_NUMBER: "nomorpanggil callnumber nopanggil nomorpanggilkatalog nomorpanggilbuku labelbuku labelpunggung",
    Target.SUBJECTS: (
        "subjek subject subjects topik topics topic tajuksubjek kategori category katakunci keywords subyek subjektopik "
        "bidang bidangilmu tema"
    ),
    Target.SUMMARY: "abstrak abstract ringkasan summary sinopsis deskripsi intisari",
    Target.CONTENTS: "daftarisi isi contents",
    Target.DISSERTATION: "catatandisertasi catatanskripsi",
    Target.NOTES: "catatan notes catatanumum keterangan keteranganlain ket",
    Target.ADDRESSES: "url tautan alamatweb link website",
    Target.CONTROL_NUMBER: "controlnumber nomorkendali biblioid bibid idbuku idjudul kodejudul recordid idkatalog",
    Target.BARCODE: (
        "barcode itemcode kodeeksemplar nobarcode nomorbarcode kodebarcode kodebuku nomorbuku "
        "barkode nobarkode kodebarkode kodeitem"
    ),
    Target.BRANCH: "cabang perpustakaan branch",
    Target.LOCATION: (
        "lokasi location locationname rak lokasirak kodelokasiruang ruang lokasiruang nomorrak norak koderak "
        "namarak lokasibuku letak letakbuku lemari ruangan"
    ),
    Target.ITEM_TYPE: "jeniseksemplar tipekoleksi colltypename itemtype tipeeksemplar akses kategorikoleksi",
    Target.ITEM_CALL_NUMBER: "nomorpanggileksemplar",
    Target.VOLUME: "jilid jilidataubagian volume vol nomorjilid jilidke bagian enumchron enumerasi",
    Target.COPY: "nomoreksemplar eksemplar copy",
    Target.ACCESSION_NUMBER: (
        "nomorinduk noinduk inventorycode noinventaris nomorinventaris inventaris nomorindukbuku noindukbuku "
        "nomorregister noregister noreg nomorregistrasi noregistrasi noinv kodeinventaris noinventarisbuku"
    ),
    Target.ACCESSIONED_ON: (
        "tanggalmasuk tanggalpengadaan receiveddate tglmasuk tanggalditerima tglditerima tglpengadaan tglperolehan "
        "tanggalperolehan tanggal tglterima tanggalterima tglpenerimaan tanggalpenerimaan tglbeli tanggalbeli tglpembelian "
        "tanggalpembelian tglinventaris tanggalinventaris tanggalregister tglregister tanggalcatat tanggalpencatatan"
    ),
    Target.VENDOR: (
        "rekanan rekananataupemberi supplier vendor namasumber suppliername pemasok toko donatur namapemberi "
        "namatoko namapemasok distributor penyalur"
    ),
    Target.PRICE: "harga price hargabuku hargasatuan hargarp hargasatuanrp hargabeli hargaperolehan hargaeksemplar",
    Target.ITEM_NOTE: "catataneksemplar",
}
"""The heads of such columns as people write them: letters and digits alone, in small letters."""
_BY_NAME = {name: target for target, names in USUAL_NAMES.items() for name in names.split()}


def guessed(header: Sequence[str]) -> dict[int, Target]:
    """The targets of those columns whose names are known; a target that holds one value is given to the first such column."""
    found: dict[int, Target] = {}
    for at, name in enumerate(header):
        target = _BY_NAME.get(plain(name))
        if target is not None and (target in LISTS or target not in found.values()):
            found[at] = target
    return found


def plain(name: str) -> str:
    """A head as ``USUAL_NAMES`` tells it."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", letters)
