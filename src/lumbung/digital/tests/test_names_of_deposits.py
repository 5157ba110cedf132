"""What the catalogue says of a deposit: its codes, and its names as headings by the library's rule; who they are in the registers stays
with them."""

import pytest

from lumbung.catalogue.domain.name_entry import change_name_rule
from lumbung.digital.domain.deposits.describing import marc_of
from lumbung.digital.models import DepositKinds
from lumbung.digital.tests.factories import a_whole_deposit
from lumbung.formats.marc.checking import Level, findings
from lumbung.organization.models import StudyProgramme

pytestmark = pytest.mark.django_db


def test_author_and_supervisor_are_entered_as_the_library_does(ani):
    programme = StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")
    deposit = a_whole_deposit(ani, programme, author="Ani Lestari", author_number="20210001")
    change_name_rule(order="last", by=None)
    marc = marc_of(deposit, address="https://perpus.example/id/1")
    told = [[*each.subfields] for each in marc.all("100", "700")]
    assert told == [
        [("a", "Lestari, Ani"), ("e", "penulis"), ("0", "(NIM)20210001")],
        [("a", "Suarta, Wayan"), ("c", "Dr., M.Kom."), ("e", "pembimbing"), ("0", "(NIDN)0012037801")],
    ]
    assert [each.ind1 for each in marc.all("100", "700")] == ["1", "1"]


@pytest.mark.parametrize("kind", DepositKinds)
def test_the_codes_of_a_deposit_stand_in_their_places(ani, kind):
    programme = StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")
    marc = marc_of(a_whole_deposit(ani, programme, kind=kind), address="https://perpus.example/id/1")
    assert [each for each in findings(marc) if each.level is not Level.HINT] == []
    assert (marc.control("008")[23], marc.control("008")[35:38]) == ("o", "ind")
