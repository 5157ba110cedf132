"""Usage reports: what requests bring, what the API tells by the published description, keys, exceptions, tables, and the page."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from referencing import Registry, Resource

from lumbung.accounts.domain.tokens import issue_token
from lumbung.catalogue.models import Material
from lumbung.circulation.tests.factories import RecordFactory
from lumbung.cooperation.permissions import USAGE_READ
from lumbung.cooperation.queries.usage_reports import customer_id
from lumbung.digital.domain.lending import borrow, set_lending
from lumbung.digital.domain.uses import write_searches
from lumbung.digital.models import FileUse, Levels
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.formats.counter import REPORTS
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 14, 5, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SPAN = {"begin_date": "2026-10", "end_date": "2026-10"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def used(db, sari, ani, budi):
    """October: a lent book read by its borrower, refused to another; an open thesis read twice and by a robot; a closed one denied."""
    LibraryFactory(name="Perpustakaan Kampus")
    book = a_file(RecordFactory(material=Material.BOOK, title="Bumi manusia", year=1980), a_pdf("bumi"), level=Levels.MEMBERS)
    thesis = a_file(RecordFactory(material=Material.THESIS, title="Skripsi padi", year=2024), a_pdf("padi"))
    closed = a_file(RecordFactory(material=Material.BOOK, title="Tertutup"), a_pdf("tutup"), level=Levels.STAFF)
    set_lending(book, by=sari)
    work_off()
    reader = Client(headers={"User-Agent": FIREFOX})
    with clock.stopped_at(NOON):
        borrow(book, to=ani, by=ani.user)
        reader.force_login(ani.user)
        reader.get(f"/files/{book.pk}/read")
        stranger = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="198.51.100.7")
        stranger.get(f"/files/{thesis.pk}/read")
        Client(headers={"User-Agent": "Googlebot/2.1"}).get(f"/files/{thesis.pk}/read")
        stranger.get(f"/files/{closed.pk}/download")
        other = Client(headers={"User-Agent": FIREFOX})
        other.force_login(budi.user)
        other.post(f"/files/{book.pk}/loan")
        stranger.get("/search?q=padi")
        write_searches()
    with clock.stopped_at(NOON + timedelta(minutes=5)):
        stranger.get(f"/files/{thesis.pk}/read")
    return {"book": book, "thesis": thesis, "closed": closed}


@pytest.fixture
def asking(sari):
    """Asks the API as a collector of reports does."""
    _token, key = issue_token(sari, name="COUNTER", scopes=[USAGE_READ], by=sari)
    told = {"customer_id": customer_id(), "requestor_id": sari.username, "api_key": key}

    def ask(path: str, **others: str):
        with clock.stopped_at(LATER):
            return Client().get(f"/counter/r51/{path}", {**told, **others})

    return ask


@pytest.fixture(scope="session")
def faults(shared_data):
    """What the published OpenAPI description finds wrong in an answer of this schema."""
    described = json.loads((shared_data / "specs" / "counter-r51-openapi.json").read_text())
    resource = Resource.opaque(described)
    registry = Registry().with_resource("urn:counter", resource)

    def found(name: str, told) -> list[str]:
        schema = {"$ref": f"urn:counter#/components/schemas/{name}"}
        validator = Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [f"{'/'.join(map(str, each.path))}: {each.message[:300]}" for each in validator.iter_errors(told)]

    return found


def performance(report, title: str | None = None) -> dict[str, int]:
    """Metric and count of the title, or of all."""
    items = [each for item in report["Report_Items"] for each in item.get("Items", [item])]
    told: dict[str, int] = {}
    for item in items:
        if title is None or title in {item.get("Title"), item.get("Item")}:
            for each in item["Attribute_Performance"]:
                for metric, counts in each["Performance"].items():
                    told[metric] = told.get(metric, 0) + sum(counts.values())
    return told


def test_what_readers_do_is_counted_once_and_robots_not_at_all(used, asking):
    told = asking("reports/tr", **SPAN).json()
    assert performance(told, "Skripsi padi") == {
        "Total_Item_Investigations": 2,
        "Total_Item_Requests": 2,
        "Unique_Item_Investigations": 1,
        "Unique_Item_Requests": 1,
    }
    book = performance(told, "Bumi manusia")
    assert (book["Total_Item_Requests"], book["Unique_Title_Requests"], book["Limit_Exceeded"]) == (1, 1, 1)
    assert performance(told, "Tertutup")["No_License"] == 1
    assert performance(asking("reports/pr", **SPAN).json())["Searches_Platform"] == 1


def test_every_report_passes_the_published_description(used, asking, faults):
    for name in ("PR", "PR_P1", "TR", "TR_B1", "TR_B2", "TR_B3", "IR"):
        response = asking(f"reports/{name.lower()}", **SPAN)
        assert response.status_code == 200
        assert response.json()["Report_Items"], name
        assert faults(name, response.json()) == [], name
    shown = asking("reports/tr", attributes_to_show="YOP|Access_Type|Access_Method", granularity="Total", **SPAN).json()
    assert faults("TR", shown) == []
    [book] = [each for each in shown["Report_Items"] if each["Title"] == "Bumi manusia"]
    facts = {name: book["Attribute_Performance"][0][name] for name in ("YOP", "Access_Type", "Access_Method")}
    assert facts == {"YOP": "1980", "Access_Type": "Controlled", "Access_Method": "Regular"}
    assert faults("Status", asking("status").json()[0]) == []
    for name, path in (("Member", "members"), ("Report", "reports")):
        for each in asking(path).json():
            assert faults(name, each) == []


def test_views_show_what_they_fix_and_nothing_else(used, asking):
    assert performance(asking("reports/tr_b1", **SPAN).json()) == {"Total_Item_Requests": 1, "Unique_Title_Requests": 1}
    assert performance(asking("reports/tr_b2", **SPAN).json()) == {"Limit_Exceeded": 1, "No_License": 1}
    assert set(performance(asking("reports/pr_p1", **SPAN).json())) == {
        "Searches_Platform",
        "Total_Item_Requests",
        "Unique_Item_Requests",
        "Unique_Title_Requests",
    }


def test_articles_have_a_view_of_their_requests_by_kind_of_access(used, asking, faults, sari):
    article = a_file(RecordFactory(material=Material.ARTICLE, title="Padi di lahan gambut", year=2025), a_pdf("gambut"))
    closed = a_file(RecordFactory(material=Material.ARTICLE, title="Hanya dilihat"), a_pdf("lihat"), level=Levels.STAFF)
    reader = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="198.51.100.9")
    for minute in (0, 5):
        with clock.stopped_at(NOON + timedelta(minutes=minute)):
            reader.get(f"/files/{article.pk}/read")
            reader.get(f"/files/{closed.pk}/download")
    told = asking("reports/ir_a1", **SPAN).json()
    assert faults("IR_A1", told) == []
    [item] = [each for parent in told["Report_Items"] for each in parent["Items"]]
    assert item["Item"] == "Padi di lahan gambut"
    assert item["Attribute_Performance"] == [
        {
            "Access_Type": "Open",
            "Performance": {"Total_Item_Requests": {"2026-10": 2}, "Unique_Item_Requests": {"2026-10": 1}},
        }
    ]
    assert "IR_A1" in [each["Report_ID"] for each in asking("reports").json()]
    with clock.stopped_at(LATER):
        client = Client()
        client.force_login(sari)
        lines = [line.split("\t") for line in client.get("/staff/usage/IR_A1.tsv", SPAN).text.splitlines()]
    head = next(line for line in lines if line[0] == "Item")
    assert ["Data_Type" in head, head[head.index("Access_Type") + 1]] == [False, "Metric_Type"]
    assert [line[-2:] for line in lines if line[0] == "Padi di lahan gambut"] == [["2", "2"], ["1", "1"]]


def test_filters_narrow_a_report_and_are_told_in_its_header(used, asking):
    told = asking(
        "reports/tr", data_type="Book", metric_type="Total_Item_Requests|Unique_Item_Requests", yop="1970-1989", **SPAN
    ).json()
    assert [each["Title"] for each in told["Report_Items"]] == ["Bumi manusia"]
    assert performance(told) == {"Total_Item_Requests": 1, "Unique_Item_Requests": 1}
    assert told["Report_Header"]["Report_Filters"]["Data_Type"] == ["Book"]
    assert [each["Title"] for each in asking("reports/tr", access_type="Open", **SPAN).json()["Report_Items"]] == [
        "Skripsi padi"
    ]


@pytest.mark.parametrize(
    ("changed", "code", "status"),
    [
        ({"customer_id": ""}, 1030, 400),
        ({"begin_date": ""}, 1030, 400),
        ({"begin_date": "2026-13"}, 3020, 400),
        ({"begin_date": "okt"}, 3020, 400),
        ({"begin_date": "2026-11", "end_date": "2026-10"}, 3020, 400),
        ({"begin_date": "2026-10-05"}, 3020, 400),
        ({"api_key": "lmb_salah"}, 2020, 401),
        ({"api_key": ""}, 2000, 401),
        ({"requestor_id": "orang lain"}, 2000, 401),
        ({"customer_id": "perpustakaan-lain"}, 2010, 403),
    ],
)
def test_who_may_not_ask_and_what_cannot_be_answered_is_told_by_its_code(used, asking, faults, changed, code, status):
    response = asking("reports/tr", **{**SPAN, **changed})
    assert (response.status_code, response.json()["Code"]) == (status, code)
    assert faults(f"Exception_{code}", response.json()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"begin_date": "2026-09", "end_date": "2026-09"}, 3030),
        ({"begin_date": "2026-11", "end_date": "2026-11"}, 3031),
        ({"begin_date": "2020-01", "end_date": "2020-01"}, 3032),
        ({"colour": "red"}, 3050),
        ({"metric_type": "Clicks"}, 3060),
        ({"attributes_to_show": "Mood"}, 3062),
    ],
)
def test_what_is_passed_over_is_told_in_the_header(used, asking, faults, changed, code):
    told = asking("reports/tr", **{**SPAN, **changed}).json()
    assert code in [each["Code"] for each in told["Report_Header"]["Exceptions"]]
    assert faults("TR", told) == []


def test_a_key_needs_the_scope_and_its_owner_the_permission(used, sari, ani):
    for user, scope in ((sari, "me"), (ani.user, USAGE_READ)):
        _token, key = issue_token(user, name="x", scopes=[scope], by=user)
        given = {"customer_id": customer_id(), "api_key": key}
        assert Client().get("/counter/r51/members", given).json()["Code"] == 2020


def test_status_is_open_to_all_and_unknown_reports_are_not_there(used, asking):
    [status] = Client().get("/counter/r51/status").json()
    assert (status["Service_Active"], sorted(status)) == (True, ["Description", "Service_Active"])
    assert [each["Path"] for each in asking("reports").json()] == [f"/r51/reports/{name.lower()}" for name in REPORTS]
    assert asking("reports/tr_j9", **SPAN).status_code == 404


def test_librarians_see_print_and_digital_on_one_chart_with_its_table_and_files(client, used, sari, ani):
    client.force_login(sari)
    with clock.stopped_at(LATER):
        page = client.get("/staff/usage").text
        assert page.count('class="use-digital" x=') == 12
        table = list(
            csv.reader(io.StringIO(b"".join(client.get("/staff/usage/months.csv").streaming_content).decode("utf-8-sig")))
        )
        tsv = client.get("/staff/usage/TR.tsv", SPAN).text.splitlines()
        book = load_workbook(io.BytesIO(client.get("/staff/usage/TR_B1.xlsx", SPAN).content))
    october = next(row for row in table if row[0] == "2026-10")
    assert october == ["2026-10", "0", "3", "1", "2", "1"]
    assert tsv[0] == "Report_Name\tTitle Report"
    head = next(line.split("\t") for line in tsv if line.startswith("Title\t"))
    assert head[:2] == ["Title", "Publisher"]
    assert head[-3:] == ["Metric_Type", "Reporting_Period_Total", "2026-10"]
    assert any(line.startswith("Bumi manusia\t") and line.endswith("Unique_Title_Requests\t1\t1") for line in tsv)
    assert [cell.value for cell in next(book.active.iter_rows())][:2] == ["Report_Name", "Book Requests (Controlled)"]
    client.force_login(ani.user)
    assert client.get("/staff/usage").status_code == 403
    assert client.get("/staff/usage/TR.tsv", SPAN).status_code == 403


def test_nobody_is_named_in_what_is_kept_of_uses(used, ani):
    kept = json.dumps(list(FileUse.objects.values("kind", "visitor", "reason")))
    assert ani.user.username not in kept
    assert "padi" not in kept
    assert len(set(FileUse.objects.filter(kind="Searched").values_list("reason", flat=True))) == 1
