"""What the operating system says of a file or a port, in the library's words."""

import errno
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

_WORDS: Mapping[int, object] = {
    errno.ENOENT: _("berkas atau foldernya tidak ada"),
    errno.EACCES: _("tidak ada izin untuk itu"),
    errno.EPERM: _("tidak ada izin untuk itu"),
    errno.EROFS: _("tempatnya hanya dapat dibaca"),
    errno.EISDIR: _("itu sebuah folder"),
    errno.ENOTDIR: _("foldernya bukan folder"),
    errno.ENOSPC: _("disknya penuh"),
    errno.EADDRINUSE: _("sedang dipakai program lain"),
    errno.EDQUOT: _("jatah disknya habis"),
}


def system_words(error: OSError) -> str:
    """Why it did not go, as the end of a sentence; what is rare, as the system says it."""
    return str(_WORDS.get(error.errno or 0) or error.strerror or error)
