"""The clone this program runs from, for the commands that need its documents, tests or benchmarks."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def clone() -> Path:
    """The root of the clone. Raises ``CommandError`` in an installed package, which holds none of these."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "pyproject.toml").exists():
        raise CommandError(_("Perintah ini hanya berjalan dari klon sumber Lumbung, tidak dari paket yang terpasang."))
    return root
