from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "lumbung.desk"
    label = "desk"

    def ready(self) -> None:
        from lumbung.accounts.domain import notices  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.domain.permissions import declare  # noqa: PLC0415 -- models must be loaded first
        from lumbung.accounts.models import Role  # noqa: PLC0415 -- models must be loaded first
        from lumbung.desk import permissions  # noqa: PLC0415 -- models must be loaded first
        from lumbung.desk.domain import joined_members, measured, own_data  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel import rooms  # noqa: PLC0415 -- models must be loaded first
        from lumbung.kernel.ui import navigation  # noqa: PLC0415 -- apps must be loaded first
        from lumbung.members.domain.merging import followers  # noqa: PLC0415 -- models must be loaded first
        from lumbung.members.domain.privacy import holdings  # noqa: PLC0415 -- models must be loaded first
        from lumbung.organization.domain import measures  # noqa: PLC0415 -- models must be loaded first

        for measure in measured.MEASURES:
            measures.register(measure)
        holdings.register(own_data.HOLDING)
        followers.follow(joined_members.FOLLOWER)
        declare(permissions.ANSWER, {Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD})
        declare(permissions.HEAR_COMPLAINTS, {Role.HEAD})
        declare(permissions.PLAN, {Role.HEAD})
        declare(permissions.REVIEW, {Role.LIBRARIAN, Role.HEAD})
        declare(permissions.FIGURES, {Role.LIBRARIAN, Role.HEAD})

        notices.declare(
            notices.Kind(
                "appointments",
                _("Janji temu dengan saya dipesan atau dibatalkan"),
                permissions.ANSWER,
                frozenset({"appointment_taken", "appointment_dropped"}),
            )
        )
        navigation.add("questions", _("Kotak masuk"), "desk:inbox", permissions.ANSWER, icon="mail")
        navigation.add("questions", _("Catat pertanyaan"), "desk:log", permissions.ANSWER, icon="edit")
        navigation.add("questions", _("Jadwal jaga"), "desk:roster", permissions.ANSWER, icon="calendar")
        navigation.add("questions", _("Tim"), "desk:teams", permissions.PLAN, icon="people")
        navigation.add("questions", _("Target layanan"), "desk:targets", permissions.PLAN, icon="clock")
        navigation.add("questions", _("Janji temu"), "desk:appointments", permissions.ANSWER, icon="clock")
        navigation.add("questions", _("Kebutuhan"), "desk:needs", permissions.ANSWER, icon="bookmark")
        navigation.add("questions", _("Jawaban perpustakaan"), "desk:answers", permissions.ANSWER, icon="quote")
        navigation.add("questions", _("Jawaban siap pakai"), "desk:phrases", permissions.REVIEW, icon="list")
        navigation.add("questions", _("Angka dan target"), "desk:figures", permissions.FIGURES, icon="work")
        navigation.add("questions", _("Pemakaian layanan"), "desk:services", permissions.FIGURES, icon="list")
        rooms.declare(
            rooms.Room(
                "desk",
                _("Tanya pustakawan"),
                _("Kotak masuk pertanyaan dari semua saluran, janji temu, dan pengaduan."),
                icon="quote",
            )
        )
