"""Print and digital use over time, from what people do to what the head shows the accreditors."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from lumbung.accounts.domain.tokens import issue_token
from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.tests.factories import a_record
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.kernel import clock
from lumbung.members.models import Category, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 14, 3, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 14, 3, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def lent(desk: Client, member: Member) -> None:
    item = ItemFactory(branch=desk.branch, item_type=ItemType.objects.get(code="textbook"))
    body = {"item": item.barcode, "member": member.barcode, "branch": "PUSAT"}
    assert desk.post("/api/v1/loans", body, content_type="application/json").status_code == 201


@pytest.mark.requirement("R011")
def test_print_and_digital_use_stand_on_one_chart_over_time_and_leave_by_the_standard(
    sari: User, calling: Callable[..., Client], signed_in: Callable[..., Client]
) -> None:
    desk = calling(sari, "loans:write")
    desk.branch = open_on(BranchFactory(code="PUSAT", name="Perpustakaan Pusat"))
    create_default_rules(by=sari)
    thesis = a_file(a_record("Padi di lahan kering"), a_pdf("padi"))
    members = [MemberFactory(category=Category.objects.get(code="student"), barcode=f"K{n}") for n in range(4)]
    phones = [Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR=f"198.51.100.{n}") for n in range(4)]
    with clock.stopped_at(SEPTEMBER):
        for member in members[:3]:
            lent(desk, member)
        phones[0].get(f"/files/{thesis.pk}/read")
    with clock.stopped_at(OCTOBER):
        lent(desk, members[3])
        for phone in phones:
            phone.get(f"/files/{thesis.pk}/read")
        Client(headers={"User-Agent": "Googlebot/2.1"}).get(f"/files/{thesis.pk}/read")

    head = UserFactory(roles=[Role.HEAD])
    office = signed_in(Client(), head)
    with clock.stopped_at(NOVEMBER):
        page = office.get("/staff/usage").text
        table = office.get("/staff/usage/months.csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))
        _token, key = issue_token(head, name="SUSHI", scopes=["usage:read"], by=head)
        customer = re.search(r"customer_id</dt><dd><code>([^<]+)", page)[1]
        asked = {"customer_id": customer, "api_key": key, "begin_date": "2026-09", "end_date": "2026-10"}
        report = Client().get("/counter/r51/reports/pr", asked).json()
    use = {row["bulan"]: (row["pinjaman cetak"], row["baca dan unduh digital"]) for row in rows}
    assert (use["2026-09"], use["2026-10"], use["2026-11"]) == (("3", "1"), ("1", "4"), ("0", "0"))
    bars = {
        kind: [int(tall) for tall in re.findall(rf'class="{kind}" x="\d+" y="\d+" width="14" height="(\d+)"', page)]
        for kind in ("use-print", "use-digital")
    }
    assert (bars["use-print"][-3:], bars["use-digital"][-3:]) == ([120, 40, 0], [40, 160, 0])
    [performance] = report["Report_Items"][0]["Attribute_Performance"]
    assert performance["Performance"]["Total_Item_Requests"] == {"2026-09": 1, "2026-10": 4}
