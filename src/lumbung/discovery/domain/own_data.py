"""What this part keeps of a member's account: lists, saved searches, courses; and how it is forgotten."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.discovery.models import Course, CourseItem, PersonalList, ReaderNeeds, Reserve, SavedSearch, SuggestionChoice
from lumbung.discovery.queries.own_data import everything_of
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import Member


def _told(member: Member) -> Mapping[str, Any]:
    return everything_of(member.user) if member.user is not None else {}


def _erase(member: Member) -> None:
    """Lists, searches and reading lists go with the account they were made by."""
    SuggestionChoice.objects.filter(member=member).delete()
    ReaderNeeds.objects.filter(member=member).delete()
    if member.user_id is not None:
        PersonalList.objects.filter(owner=member.user_id).delete()
        SavedSearch.objects.filter(owner=member.user_id).delete()
        Course.objects.filter(lecturer=member.user_id).delete()


HOLDING = Holding(
    code="discovery",
    name=gettext_lazy("Daftar, pencarian tersimpan, minat, dan bacaan kuliah"),
    told=_told,
    erase=_erase,
    words={
        "lists": gettext_lazy("daftar"),
        "titles": gettext_lazy("judul"),
        "record": gettext_lazy("nomor rekaman"),
        "saved_searches": gettext_lazy("pencarian tersimpan"),
        "source": gettext_lazy("berkas atau bagian"),
        "frequency": gettext_lazy("kabar tiap"),
        "search": gettext_lazy("alamat pencarian"),
        "saved": gettext_lazy("disimpan"),
        "courses": gettext_lazy("mata kuliah"),
        "code": gettext_lazy("kode"),
        "term": gettext_lazy("semester"),
        "ends_on": gettext_lazy("berakhir"),
        "students": gettext_lazy("mahasiswa"),
        "published": gettext_lazy("diterbitkan"),
        "sections": gettext_lazy("bagian"),
        "readings": gettext_lazy("bacaan"),
        "citation": gettext_lazy("sitasi"),
        "weight": gettext_lazy("bobot"),
        "chapter": gettext_lazy("bab"),
        "reserves": gettext_lazy("tandon"),
        "copies": gettext_lazy("eksemplar"),
        "suggestions": gettext_lazy("saran bacaan"),
        "needs": gettext_lazy("kebutuhan dan minat"),
        "declined_interests": gettext_lazy("minat yang ditolak"),
    },
    choices={
        "saved_searches.source": SavedSearch.Sources,
        "saved_searches.frequency": SavedSearch.Frequencies,
        "courses.sections.readings.weight": CourseItem.Weights,
        "courses.sections.readings.reserves.state": Reserve.States,
    },
    models=(
        "discovery.PersonalList",
        "discovery.SavedSearch",
        "discovery.Course",
        "discovery.SuggestionChoice",
        "discovery.ReaderNeeds",
    ),
)
