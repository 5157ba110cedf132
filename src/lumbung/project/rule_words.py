"""What the events of rules, and of what rules name, are called on screen."""

from django.utils.translation import gettext_lazy as _

RULE_WORDS = {
    "LoanRuleAdded": _("Aturan peminjaman ditambahkan"),
    "LoanRuleChanged": _("Aturan peminjaman diubah"),
    "TermPackageAdded": _("Paket ketentuan ditambahkan"),
    "TermPackageChanged": _("Paket ketentuan diubah"),
    "TermPackageRemoved": _("Paket ketentuan dihapus"),
    "BranchGroupAdded": _("Kelompok cabang ditambahkan"),
    "BranchGroupChanged": _("Kelompok cabang diubah"),
    "BranchGroupRemoved": _("Kelompok cabang dihapus"),
    "PersonalRuleAdded": _("Ketentuan khusus anggota ditambahkan"),
    "PersonalRuleChanged": _("Ketentuan khusus anggota diubah"),
    "PersonalRuleRemoved": _("Ketentuan khusus anggota dihapus"),
    "LimitSetAdded": _("Batas bersama ditambahkan"),
    "LimitSetChanged": _("Batas bersama diubah"),
    "LimitSetRemoved": _("Batas bersama dihapus"),
    "LoanRuleRemoved": _("Aturan peminjaman dihapus"),
    "RuleWeightsSet": _("Bobot aturan diatur"),
}
