from django.apps import AppConfig
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "lumbung.kernel"
    label = "kernel"

    def ready(self) -> None:
        from lumbung.kernel.lookups import find_nothing_beyond  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.kernel.web.access import ROOMS, SEE_JOBS, SEE_JOURNAL  # noqa: PLC0415 -- apps must be loaded first

        find_nothing_beyond()
        EmailValidator.message = _("Tulis alamat surel yang lengkap, misalnya nama@kampus.ac.id.")
        navigation.add("system", _("Bagian yang dipakai"), "kernel:rooms", ROOMS, icon="home")
        navigation.add("system", _("Jurnal"), "kernel:journal", SEE_JOURNAL, icon="journal")
        navigation.add("system", _("Pekerjaan latar"), "kernel:jobs", SEE_JOBS, icon="work")
