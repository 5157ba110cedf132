"""What stands in columns of other systems that have no room here, in words for the report."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ADDRESS, _SECOND = _("alamat"), _("alamat kedua")
_OTHER_ADDRESS, _WHO = _("alamat kontak lain"), _("nama kontak lain")
_CHOSEN, _COUNTED = _("pilihan anggota di Koha"), _("hitungan pemakaian di Koha")
_GUARDIAN, _RULED = _("penanggung jawab anggota"), _("aturan kategori di Koha")
_SORTED, _WAITING = _("pengelompokan bebas perpustakaan"), _("perlakuan pesanan di Koha")
_FEE, _CODED = _("tarif jenis ini di Koha"), _("kode koleksi atau tempat di Koha")

CONTENTS: dict[str, Promise] = {
    # branches
    "branchaddress1": _ADDRESS, "branchaddress2": _ADDRESS, "branchaddress3": _ADDRESS, "branchzip": _("kode pos"),
    "branchcity": _("kota"), "branchstate": _("provinsi"), "branchcountry": _("negara"), "branchphone": _("telepon"),
    "branchfax": _("faksimile"), "branchemail": _("alamat surel"), "branchillemail": _("alamat surel silang layan"),
    "branchreplyto": _("alamat surel balasan"), "branchreturnpath": _("alamat surel yang terpental"),
    "branchurl": _("alamat web"), "branchip": _("alamat jaringan yang diizinkan"), "branchnotes": _("catatan cabang"),
    "opac_info": _("keterangan cabang di OPAC"), "geolocation": _("letak di peta"), "marcorgcode": _("kode organisasi MARC"),
    "pickup_location": _("boleh menjadi tempat ambil pesanan"), "public": _("ditampilkan kepada umum"),
    "opacuserjs": _("skrip tampilan OPAC"), "opacusercss": _("gaya tampilan OPAC"),
    "userjs": _("skrip tampilan OPAC"), "usercss": _("gaya tampilan OPAC"),
    # categories
    "category_type": _("golongan kategori di Koha"), "enrolmentperioddate": _("tanggal akhir keanggotaan bersama"),
    "enrolmentfee": _("biaya keanggotaan"), "reservefee": _("biaya pesanan"), "upperagelimit": _("batas umur tertinggi"),
    "dateofbirthrequired": _("batas umur terendah"), "overduenoticerequired": _RULED, "hidelostitems": _RULED,
    "blockexpiredpatronopacactions": _RULED, "default_privacy": _RULED, "can_place_ill_in_opac": _RULED,
    "can_be_guarantee": _RULED, "reset_password": _RULED, "change_password": _RULED, "min_password_length": _RULED,
    "require_strong_password": _RULED, "force_password_reset_when_set_by_staff": _RULED, "password_expiry_days": _RULED,
    "exclude_from_local_holds_priority": _WAITING, "noissuescharge": _("batas tunggakan untuk meminjam"),
    "noissueschargeguarantees": _("batas tunggakan tanggungan"),
    "noissueschargeguarantorswithguarantees": _("batas tunggakan tanggungan"),
    # itemtypes
    "rentalcharge": _("biaya pinjam"), "rentalcharge_daily": _("biaya pinjam per hari"),
    "rentalcharge_hourly": _("biaya pinjam per jam"), "rentalcharge_daily_calendar": _FEE, "rentalcharge_hourly_calendar": _FEE,
    "defaultreplacecost": _("harga ganti bila tidak tercatat"), "processfee": _("biaya pengolahan pengganti"),
    "parent_type": _("jenis induk"), "summary": _("pola ringkasan OPAC"), "checkinmsg": _("pesan waktu pengembalian"),
    "checkinmsgtype": _("rupa pesan waktu pengembalian"), "sip_media_type": _("jenis media untuk SIP2"),
    "hideinopac": _("disembunyikan dari OPAC"), "searchcategory": _("kelompok penelusuran"),
    "automatic_checkin": _("dikembalikan otomatis"),
    # items
    "holdingbranch": _("sedang berada di cabang lain"), "replacementprice": _("harga ganti"),
    "replacementpricedate": _("tanggal harga ganti"), "datelastborrowed": _("terakhir dipinjam"),
    "datelastseen": _("terakhir terlihat"), "stack": _CODED, "ccode": _("kode koleksi"), "coded_location_qualifier": _CODED,
    "damaged_on": _("tanggal rusak"), "itemlost_on": _("tanggal hilang"), "withdrawn_on": _("tanggal ditarik"),
    "deleted_on": _("tanggal dihapus"), "issues": _COUNTED, "localuse": _COUNTED, "reserves": _COUNTED,
    "items.renewals": _COUNTED, "restricted": _("pembatasan pemakaian"), "itemnotes_nonpublic": _("catatan petugas"),
    "permanent_location": _("rak tetap, bila sedang di rak lain"), "cn_source": _("skema klasifikasi nomor panggil"),
    "materials": _("bahan yang menyertai"), "uri": _("alamat web"), "more_subfields_xml": _("subruas lain dari 952"),
    "new_status": _("status buku baru"), "bookable": _("boleh dibuking"),
    # borrowers
    "title": _("sapaan"), "preferred_name": _("nama panggilan"), "othernames": _("nama lain"), "initials": _("inisial"),
    "pronouns": _("sapaan"), "streetnumber": _ADDRESS, "streettype": _ADDRESS, "address": _ADDRESS, "address2": _ADDRESS,
    "city": _("kota"), "state": _("provinsi"), "zipcode": _("kode pos"), "country": _("negara"),
    "phone": _("telepon lain"), "fax": _("faksimile"), "emailpro": _("surel lain"), "phonepro": _("telepon lain"),
    "b_streetnumber": _SECOND, "b_streettype": _SECOND, "b_address": _SECOND, "b_address2": _SECOND, "b_city": _SECOND,
    "b_state": _SECOND, "b_zipcode": _SECOND, "b_country": _SECOND, "b_email": _("surel lain"), "b_phone": _("telepon lain"),
    "dateofbirth": _("tanggal lahir"), "sex": _("jenis kelamin"), "password_expiration_date": _("kata sandi kedaluwarsa"),
    "date_renewed": _("keanggotaan terakhir diperpanjang"), "protected": _("tidak boleh dihapus"),
    "contactname": _GUARDIAN, "contactfirstname": _GUARDIAN, "contacttitle": _GUARDIAN, "relationship": _GUARDIAN,
    "guarantorid": _GUARDIAN, "secret": _("kunci verifikasi dua langkah"), "auth_method": _("cara masuk"),
    "userid": _("nama masuk; di sini anggota masuk dengan nomor kartu"), "opacnote": _("pesan untuk anggota di OPAC"),
    "contactnote": _("catatan kontak"), "sort1": _SORTED, "sort2": _SORTED, "altcontactfirstname": _WHO,
    "altcontactsurname": _WHO, "altcontactaddress1": _OTHER_ADDRESS, "altcontactaddress2": _OTHER_ADDRESS,
    "altcontactaddress3": _OTHER_ADDRESS, "altcontactstate": _OTHER_ADDRESS, "altcontactzipcode": _OTHER_ADDRESS,
    "altcontactcountry": _OTHER_ADDRESS, "altcontactphone": _("telepon lain"), "smsalertnumber": _("telepon lain"),
    "sms_provider_id": _("penyedia SMS"), "privacy": _CHOSEN, "privacy_guarantor_fines": _CHOSEN,
    "privacy_guarantor_checkouts": _CHOSEN, "checkprevcheckout": _CHOSEN, "autorenew_checkouts": _CHOSEN,
    "primary_contact_method": _CHOSEN, "lang": _("bahasa surat"), "lastseen": _("terakhir terlihat"),
    "overdrive_auth_token": _("kunci layanan luar"), "anonymized": _("sudah dianonimkan"),
    # issues
    "issuer_id": _("petugas yang meminjamkan"), "checkin_library": _("cabang pengembalian"),
    "lastreneweddate": _("terakhir diperpanjang"), "unseen_renewals": _("perpanjangan tanpa buku di tangan"),
    "auto_renew": _("diperpanjang otomatis"), "auto_renew_error": _("sebab tidak diperpanjang otomatis"),
    "onsite_checkout": _("dibaca di tempat"), "note": _("pesan anggota tentang pinjaman"),
    "notedate": _("tanggal pesan anggota"), "noteseen": _("pesan anggota sudah dibaca"), "booking_id": _("nomor buking"),
    # reserves
    "reservenotes": _("catatan pesanan"), "waitingdate": _("mulai menunggu diambil"),
    "notificationdate": _("tanggal pemberitahuan"), "reminderdate": _("tanggal pengingat"),
    "cancellationdate": _("tanggal dibatalkan"), "cancellation_reason": _("sebab dibatalkan"), "lowestpriority": _WAITING,
    "item_level_hold": _WAITING, "non_priority": _WAITING, "item_group_id": _WAITING, "hold_group_id": _WAITING,
    "reserves.itemtype": _("jenis eksemplar yang diminta"), "desk_id": _("meja pengambilan"),
}  # fmt: skip
UNKNOWN = _("kolom tambahan")


def contents(table: str, column: str) -> str:
    """What stands in this column."""
    return str(CONTENTS.get(f"{table}.{column}") or CONTENTS.get(column) or UNKNOWN)
