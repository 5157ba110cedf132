"""Study programmes and the table of their codes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import xlsx
from lumbung.organization.domain.studies import add_programme, bring_in, remove_programme
from lumbung.organization.models import Faculty, StudyProgramme
from lumbung.organization.tests.factories import StudyProgrammeFactory

pytestmark = pytest.mark.django_db
TABLE = "Kode Prodi;Nama Prodi;Jenjang;Fakultas\n14201;Keperawatan;S1;Ilmu Kesehatan\n01234;Gizi;Diploma III;ilmu kesehatan\n"


def test_a_table_of_codes_comes_in_dry_first_and_again_without_change(sari):
    assert [each.became for each in bring_in(TABLE.encode(), dry_run=True, by=sari)] == ["added", "added"]
    assert StudyProgramme.objects.count() == 0
    bring_in(TABLE.encode("utf-16"), dry_run=False, by=sari)
    assert [(each.code, str(each), str(each.faculty)) for each in StudyProgramme.objects.order_by("code")] == [
        ("01234", "D3 Gizi", "Ilmu Kesehatan"),
        ("14201", "S1 Keperawatan", "Ilmu Kesehatan"),
    ]
    assert Faculty.objects.count() == 1
    again = bring_in(
        xlsx(["kode", "nama", "jenjang"], [["14201", "Ilmu Keperawatan", "S1"], ["01234", "Gizi", "d3"]]),
        dry_run=False,
        by=sari,
    )
    assert [each.became for each in again] == ["changed", "same"]


def test_rows_that_say_nothing_sensible_are_refused_one_by_one(sari):
    rows = bring_in(b"kode,nama,jenjang\n,Tanpa kode,S1\n1,,S9\n2,Baik,S2\n", dry_run=False, by=sari)
    assert [(each.row, [reason.code for reason in each.reasons]) for each in rows if each.became == "refused"] == [
        (2, ["code_empty"]),
        (3, ["name_empty", "level_unknown"]),
    ]
    assert StudyProgramme.objects.get().name == "Baik"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 broken", b"kode,nama\n1,2\n", b"\x00\x01\x02"])
def test_what_is_no_such_table_is_refused_whole(sari, content: bytes):
    with pytest.raises(Refused) as refused:
        bring_in(content, dry_run=False, by=sari)
    assert refused.value.codes == ["not_a_table"]


def test_everything_wrong_with_a_programme_is_named_at_once(sari):
    programme = add_programme(code="14201", name="Keperawatan", level="S1", by=sari)
    with pytest.raises(Refused) as refused:
        add_programme(code="14201", name="", level="S0", by=sari)
    assert refused.value.codes == ["name_empty", "code_taken", "level_unknown"]
    remove_programme(programme, by=sari)
    assert not StudyProgramme.objects.exists()


def test_the_pages_are_for_those_who_keep_the_librarys_data(client: Client, sari, with_role):
    client.force_login(with_role("circulation"))
    assert client.get(reverse("organization:programmes")).status_code == 403
    client.force_login(sari)
    given = {"level": "S1", "name": "Keperawatan", "code": "14201", "faculty_name": "Ilmu Kesehatan"}
    client.post(reverse("organization:programme_add"), given)
    programme = StudyProgramme.objects.get()
    assert client.post(reverse("organization:programme_add"), given).status_code == 422
    client.post(reverse("organization:programme", args=[programme.pk]), {**given, "name": "Ilmu Keperawatan"})
    assert "S1 Ilmu Keperawatan" in client.get(reverse("organization:programmes")).content.decode()
    file = SimpleUploadedFile("prodi.csv", TABLE.encode())
    page = client.post(reverse("organization:programme_import"), {"file": file, "way": "rehearsal"}).content.decode()
    assert "1 baru, 1 berubah, 0 sama, 0 ditolak." in page
    client.post(reverse("organization:programme", args=[programme.pk]), {"_method": "DELETE"})
    assert StudyProgramme.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client: Client, sari, rows: int, django_assert_num_queries):
    client.force_login(sari)
    StudyProgrammeFactory.create_batch(rows)
    client.get(reverse("organization:programmes"))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("organization:programmes")).context["page"]) == rows
