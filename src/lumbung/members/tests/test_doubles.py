"""People who may be registered twice are found every night, and decided one pair at a time."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.merging.doubles import MOST_ALIKE, look_for_doubles, tell_apart
from lumbung.members.models import MemberPair
from lumbung.members.tests.factories import MemberFactory, MemberIdentifierFactory

pytestmark = pytest.mark.django_db


def found() -> list[tuple[int, int, str]]:
    look_for_doubles()
    return list(MemberPair.objects.filter(dismissed_at=None).values_list("first", "second", "likeness"))


def test_a_number_an_address_a_telephone_or_name_and_birth_make_a_pair():
    by_nim, by_card = MemberFactory(), MemberFactory(barcode="02110-777")
    MemberIdentifierFactory(member=by_nim, value="2110777")
    email = [MemberFactory(email=said) for said in ("Siti@Kampus.example", "siti@kampus.example")]
    phone = [MemberFactory(phone="+628123456789") for _ in range(2)]
    born = [MemberFactory(name=name, born_on=date(2005, 4, 3)) for name in ("Ma'ruf Amin", "MARUF AMIN")]
    MemberFactory(name="Maruf Amin", born_on=date(2005, 4, 4))
    assert found() == [
        (by_nim.pk, by_card.pk, "number"),
        (born[0].pk, born[1].pk, "birth"),
        (email[0].pk, email[1].pk, "email"),
        (phone[0].pk, phone[1].pk, "phone"),
    ]
    assert JournalEntry.objects.get(name="MemberPairsSought").data["count"] == 4


def test_a_telephone_of_a_whole_house_makes_nobody_a_pair():
    MemberFactory.create_batch(MOST_ALIKE + 1, phone="+62274123456")
    assert found() == []


def test_a_pair_is_told_by_the_surest_and_goes_when_it_is_alike_no_longer():
    first, second = (MemberFactory(email="s@k.example", phone="+62811111111") for _ in range(2))
    assert found() == [(first.pk, second.pk, "email")]
    second.email = second.phone = ""
    second.save()
    assert found() == []


def test_two_people_are_not_asked_about_again(client: Client, sari):
    first, second = (MemberFactory(email="keluarga@rumah.example") for _ in range(2))
    look_for_doubles()
    client.force_login(sari)
    page = client.get(reverse("members:doubles")).content.decode()
    assert (first.name in page, second.name in page) == (True, True)
    pair = MemberPair.objects.get()
    client.post(reverse("members:double", args=[pair.pk]))
    assert found() == []
    assert second.name in client.get(reverse("members:doubles"), {"dismissed": "1"}).content.decode()
    client.post(reverse("members:double", args=[pair.pk]), {"step": "reopen"})
    assert found() == [(first.pk, second.pk, "email")]
    tell_apart(pair, apart=True, by=sari)
    names = list(JournalEntry.objects.filter(name__startswith="MemberPair").order_by("pk").values_list("name", flat=True))
    assert names[:4] == ["MemberPairsSought", "MemberPairDismissed", "MemberPairsSought", "MemberPairReopened"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_pair_and_three(client: Client, sari, count, django_assert_num_queries):
    for n in range(count):
        MemberFactory.create_batch(2, email=f"s{n}@k.example")
    look_for_doubles()
    client.force_login(sari)
    client.get(reverse("members:doubles"))
    with django_assert_num_queries(5):
        assert client.get(reverse("members:doubles")).content.decode().count("Bandingkan</a>") == count
