"""The tables of INLISLite 3. Its columns differ in case between releases; staged tables have them in lower case."""

WANTED: dict[str, str] = {
    "catalogs": "id", "catalog_ruas": "catalogid", "catalog_subruas": "ruasid", "collections": "catalog_id", "members": "memberno",
}  # fmt: skip
"""Tables, and the column each is known by."""

INDEXES = (
    ("catalogs", "id"), ("catalog_ruas", "catalogid"), ("catalog_subruas", "ruasid"), ("collections", "catalog_id"),
    ("collections", "id"), ("members", "id"), ("memberguesses", "id"), ("groupguesses", "id"),
    ("collectionloanitems", "id"), ("collectionloanextends", "collectionloanitem_id"),
)  # fmt: skip

MOVED = frozenset(
    {
        "catalogs", "catalog_ruas", "catalog_subruas", "collections", "collectionloanitems", "collectionloans", "jenis_anggota",
        "locations", "collectionrules", "collectioncategorys", "collectionstatus", "holidays", "collectionsources",
    }
)  # fmt: skip

KEPT_WHOLE = frozenset(
    {
        "peraturan_peminjaman_hari",
        "peraturan_peminjaman_tanggal",
        "worksheets",
        "collectioncategorysloanhari",
        "memberloanauthorizecategory",
        "memberloanauthorizelocation",
        "collectioncategorysdefault",
        "location_library_default",
    }
)
"""Rules that are carried over, kept all the same: for those that are switched off, and for what of them has no room here."""

COLUMNS_KEPT: dict[str, tuple[str, ...]] = {
    "members": (
        "id", "memberno", "placeofbirth", "dateofbirth", "address", "addressnow", "institutionaddress", "institutionphone",
        "identitytype_id", "educationlevel_id", "sex_id", "maritalstatus_id", "job_id", "mothermaidenname", "city", "province", "citynow",
        "provincenow", "kecamatan", "kelurahan", "rt", "rw", "kecamatannow", "kelurahannow", "rtnow", "rwnow", "tahunajaran", "agama_id",
        "namadarurat", "telpdarurat", "alamatdarurat", "statushubungandarurat", "tanggalbebaspustaka", "photourl", "identityno",
        "biayapendaftaran", "islunasbiayapendaftaran", "createdate", "updatedate",
    ),
    "memberguesses": (
        "id", "noanggota", "nama", "status_id", "masaberlaku_id", "profesi_id", "pendidikanterakhir_id", "jeniskelamin_id", "alamat",
        "deskripsi", "locationloans_id", "location_id", "tujuankunjungan_id", "information", "nopengunjung", "createdate",
    ),
    "jenis_anggota": (
        "id", "biayapendaftaran", "biayaperpanjangan", "uploaddokumenkeanggotaanonline", "warningloandueday", "suspendmember",
    ),
    "pelanggaran": (
        "id", "collectionloan_id", "collectionloanitem_id", "jenispelanggaran_id", "jenisdenda_id", "jumlahdenda", "jumlahsuspend",
        "paid", "member_id", "collection_id", "createdate",
    ),
}  # fmt: skip
"""What of a table that is carried over has no room here yet; a group's table is kept whole, for how many of what kind they were."""

SKIPPED = frozenset({"modelhistory", "session", "cache", "opaclogs_keyword"})
"""Its own log of every keystroke, and what it makes out of the rest."""
