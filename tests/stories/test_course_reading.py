"""A lecturer makes a reading list, the library sets copies apart, and students open each title with one click."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory
from lumbung.discovery.domain.reserves import end_reserves
from lumbung.discovery.models import Course, Reserve
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.members.models import Category
from lumbung.organization.queries import library

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R002")
@pytest.mark.requirement("R215", missing="daftar di unggahan media sosial")
@pytest.mark.requirement("R313")
def test_a_lecturer_publishes_a_list_with_copies_set_apart_and_students_open_each_title(
    client: Client, ani, budi, sari
) -> None:
    Category.objects.filter(pk=ani.category_id).update(teaches=True)
    book = catalogued("Metode penelitian", "Sugiyono", year="2019")
    copies = [ItemFactory(record=book) for _ in range(2)]
    usual, reserve_type = copies[0].item_type, ItemTypeFactory(code="tandon", name="Tandon")
    until = clock.today(library().zone) + timedelta(days=30)

    lecturer = Client()
    lecturer.force_login(ani.user)
    lecturer.post("/my/courses", {"code": "MET 101", "name": "Metodologi penelitian", "term": "Ganjil", "students": 40})
    course = Course.objects.get()
    mine = f"/my/courses/{course.pk}"
    lecturer.post(f"{mine}/sections", {"name": "Minggu 1"})
    section = course.sections.get()
    lecturer.post(
        f"{mine}/sections/{section.pk}",
        {"record": f"http://testserver/records/{book.pk}", "chapter": "Bab 2", "required": "on"},
    )
    lecturer.post(f"{mine}/sections/{section.pk}", {"citation": "Creswell, Research design, 2014"})
    reading = section.items.get(record=book)
    lecturer.post(f"{mine}/readings/{reading.pk}", {"copies": 1, "until": until.isoformat()})
    assert client.get(f"/courses/{course.pk}").status_code == 404
    lecturer.post(f"{mine}/publication")

    staff = Client()
    staff.force_login(sari)
    page = staff.get("/staff/courses").text
    assert "Metode penelitian" in page
    assert '<td class="num" data-label="Mahasiswa">40</td>' in page
    reserve = Reserve.objects.get()
    staff.post(f"/staff/courses/reserves/{reserve.pk}", {"items": [copies[0].pk], "item_type": reserve_type.pk})
    copies[0].refresh_from_db()
    assert copies[0].item_type == reserve_type

    assert f'href="/courses/{course.pk}"' in client.get("/courses?q=met101").text
    assert f'href="/courses/{course.pk}"' in client.get("/search?q=metodologi").text
    shown = client.get(f"/courses/{course.pk}").text
    assert f'<a class="title" href="/records/{book.pk}">Metode penelitian</a>' in shown
    assert "Bab 2" in shown
    assert "Ada tandon sampai" in shown
    assert "Creswell, Research design, 2014" in shown
    assert client.get(f"/records/{book.pk}").status_code == 200
    assert client.get(f"/courses/{course.pk}/export.ris").text.count("TY  - ") == 1

    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert end_reserves() == 1
    copies[0].refresh_from_db()
    assert copies[0].item_type == usual

    other = Client()
    other.force_login(budi.user)
    assert other.get(mine).status_code == 404
    assert other.post(f"{mine}/publication", {"_method": "DELETE"}).status_code == 404
    assert other.get("/staff/courses").status_code == 403
