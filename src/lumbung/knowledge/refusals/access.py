"""Why the door of the portal may not be set so."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

INTRANET_NETWORK_WRONG = Refusal(
    "intranet_network_wrong", _("“%(line)s” bukan jaringan. Tulis misalnya 10.20.0.0/16, lalu namanya.")
)
WOULD_LOCK_OUT = Refusal(
    "would_lock_out", _("Alamat Anda sekarang, %(address)s, tidak ada dalam daftar ini. Anda akan terkunci di luar.")
)
OPEN_TO_THE_WORLD = Refusal(
    "open_to_the_world", _("Jaringan %(line)s mencakup seluruh internet. Portal ini hanya untuk intranet.")
)
