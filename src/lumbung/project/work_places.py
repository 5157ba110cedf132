"""The first page of the staff: what each role does most, one touch away (and the whole menu beside it)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.models import Role
from lumbung.kernel import failures
from lumbung.kernel.permissions import declare, may
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.navigation import is_there
from lumbung.organization import queries as organization

ENTER = declare("project.staff_home", [role for role in Role if role is not Role.MEMBER])


@dataclass(frozen=True)
class Task:
    """Something people do often: what it is called, what it is for, where it is done."""

    label: str | Promise
    hint: str | Promise
    url_name: str
    icon: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


LEND = Task(_("Peminjaman dan pengembalian"), _("Pindai kartu atau buku"), "circulation:desk", "desk")
MEMBERS = Task(_("Cari anggota"), _("Nama, NIM, atau nomor kartu"), "members:members", "people")
REGISTER = Task(_("Daftarkan anggota"), _("Anggota baru langsung mendapat kartu"), "members:new", "plus")
OVERDUE = Task(_("Pinjaman terlambat"), _("Siapa, apa, sejak kapan"), "circulation:overdue", "clock")
PULL = Task(_("Ambil pesanan dari rak"), _("Daftar buku yang ditunggu pemesan"), "circulation:pull_list", "bookmark")
FIND = Task(_("Cari judul"), _("Judul, ISBN, atau barcode"), "catalogue:records", "search")
ADD = Task(_("Tambah judul"), _("Isian sederhana, MARC di baliknya"), "catalogue:record_add", "book")
IMPORT = Task(_("Impor berkas"), _("MARC 21 atau MARCXML"), "catalogue:import_start", "upload")
IMPORTS = Task(_("Hasil impor"), _("Kemajuan, laporan, pembatalan"), "catalogue:imports", "history")
EXPORT = Task(_("Ekspor katalog"), _("Unduh cantuman utuh"), "catalogue:export", "download")
CLOSURES = Task(_("Hari tutup"), _("Jatuh tempo melompatinya"), "organization:closures", "calendar")
LIBRARY = Task(_("Data perpustakaan"), _("Cabang, lokasi, jam buka"), "organization:overview", "home")
RULES = Task(_("Aturan peminjaman"), _("Lama, batas, perpanjangan"), "circulation:rules", "rule")
USERS = Task(_("Pengguna"), _("Petugas dan perannya"), "accounts:users", "key")
JOURNAL = Task(_("Jurnal"), _("Siapa melakukan apa, kapan"), "kernel:journal", "journal")
JOBS = Task(_("Pekerjaan latar"), _("Yang menunggu dan yang gagal"), "kernel:jobs", "work")

TASKS: dict[str, Sequence[Task]] = {
    Role.CIRCULATION: (LEND, MEMBERS, REGISTER, OVERDUE, PULL),
    Role.LIBRARIAN: (LEND, FIND, ADD, MEMBERS, OVERDUE),
    Role.CATALOGUER: (FIND, ADD, IMPORT, IMPORTS, EXPORT),
    Role.HEAD: (LIBRARY, RULES, CLOSURES, OVERDUE, JOURNAL),
    Role.ADMIN: (USERS, JOBS, JOURNAL, LIBRARY, IMPORTS),
}
"""The five commonest tasks of each role."""


def tasks_of(roles: frozenset[str]) -> list[Task]:
    """The tasks of somebody with these roles, each once, in the order of the roles above."""
    return list(
        dict.fromkeys(task for role, tasks in TASKS.items() if role in roles for task in tasks if is_there(task.url_name))
    )


@needs(ENTER)
def staff_home(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "tasks": tasks_of(getattr(user, "roles", frozenset())),
        "without_hours": organization.branches_without_hours() if may(user, "organization.change") else (),
        "failed": failures.count_failures() if may(user, "kernel.jobs") else 0,
    }
    return render(request, "project/staff_home.html", context)
