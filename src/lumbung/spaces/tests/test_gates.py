"""Gates and purposes, and who may set them up."""

import pytest
from django.urls import reverse

from lumbung.kernel.refusals import Refused
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from lumbung.spaces.domain.gates import add_gate, change_gate, renew_address
from lumbung.spaces.domain.purposes import add_purpose, change_purpose, create_default_purposes
from lumbung.spaces.models import Gate, VisitPurpose
from lumbung.spaces.tests.factories import GateFactory, PurposeFactory

pytestmark = pytest.mark.django_db


def test_a_gate_is_refused_with_every_reason(sari):
    with pytest.raises(Refused) as refused:
        add_gate(branch=BranchFactory(), name=" ", repeat_minutes=1441, by=sari)
    assert refused.value.codes == ["gate_name_empty", "repeat_too_long"]


def test_two_gates_of_a_branch_have_two_names(sari):
    first = add_gate(branch=BranchFactory(), name="Pintu utama", by=sari)
    with pytest.raises(Refused) as refused:
        add_gate(branch=first.branch, name="pintu UTAMA", by=sari)
    assert refused.value.codes == ["gate_name_taken"]
    other = add_gate(branch=BranchFactory(code="FIK"), name="Pintu utama", by=sari)
    assert change_gate(other, name="Pintu utama", is_active=False, by=sari).is_active is False


def test_a_renewed_address_locks_out_whoever_knew_the_old(client, sari):
    gate = GateFactory()
    old = reverse("spaces:screen", args=[gate.address])
    assert client.get(old).status_code == 200
    new = reverse("spaces:screen", args=[renew_address(gate, by=sari).address])
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_purposes_begin_with_the_usual_ones_once(sari):
    assert len(create_default_purposes(by=sari)) == len(create_default_purposes(by=sari)) == VisitPurpose.objects.count() == 7


def test_a_purpose_is_renamed_but_not_to_another_ones_name(sari):
    reading, other = add_purpose(name="Membaca", by=sari), add_purpose(name="Rapat", by=sari)
    assert change_purpose(reading, name="Membaca koran", position=3, by=sari).name == "Membaca koran"
    with pytest.raises(Refused) as refused:
        change_purpose(other, name="membaca KORAN", by=sari)
    assert refused.value.codes == ["purpose_name_taken"]


def test_a_librarian_sets_up_a_gate_and_others_do_not(client, sari, ani, with_role, signed_in):
    LibraryFactory()
    branch = BranchFactory()
    pages = [reverse("spaces:gates"), reverse("spaces:gate_add"), reverse("spaces:purpose_add")]
    for user in (ani.user, with_role("circulation"), with_role("cataloguer")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 3
    desk = signed_in(client, sari)
    assert [desk.get(page).status_code for page in pages] == [200] * 3
    told = {
        "branch": branch.pk,
        "name": "Pintu utama",
        "repeat_minutes": 15,
        "stay_minutes": 90,
        "greets_by_name": "on",
        "is_active": "on",
    }
    desk.post(reverse("spaces:gate_add"), told)
    gate = Gate.objects.get()
    assert (gate.name, gate.repeat_minutes, gate.asks_purpose, VisitPurpose.objects.count()) == ("Pintu utama", 15, False, 7)
    page = desk.get(reverse("spaces:gate", args=[gate.pk]))
    assert reverse("spaces:screen", args=[gate.address]) in page.content.decode()
    assert desk.post(reverse("spaces:gate", args=[gate.pk]), {"name": "", "repeat_minutes": 15}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_gates_are_listed_with_a_fixed_number_of_statements(client, sari, rows, signed_in, django_assert_num_queries):
    LibraryFactory()
    GateFactory.create_batch(rows)
    PurposeFactory.create_batch(rows)
    desk = signed_in(client, sari)
    desk.get(reverse("spaces:gates"))
    with django_assert_num_queries(5):
        assert desk.get(reverse("spaces:gates")).status_code == 200
