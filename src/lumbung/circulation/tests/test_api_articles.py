"""Copies of articles and chapters through the API: for staff programs, and for members' own."""

import pytest

from lumbung.circulation.domain.article_copies import Scan, fulfil_with_file
from lumbung.circulation.models import ArticleRequest
from lumbung.circulation.tests.factories import ArticleRequestFactory, ItemFactory, LoanRuleFactory
from lumbung.kernel import typesetting
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
ALL, MINE = "/api/v1/article-requests", "/api/v1/me/article-requests"
SAID = {"kind": "chapter", "title": "Minke", "pages": "1-9", "purpose": "research", "agreed": True}


@pytest.fixture
def book(ani):
    LibraryFactory()
    LoanRuleFactory(category=ani.category, article_scope="yes", article_fee=5_000)
    return ItemFactory(branch=ani.branch, barcode="B-BUMI", record__title="Bumi manusia").record


@pytest.fixture
def clerk(sari, calling):
    return calling(sari, "articles:read", "articles:write")


def send(client, url, facts):
    return client.post(url, facts, content_type="application/json")


def test_a_program_asks_for_a_member_takes_it_up_and_makes_it_on_paper(book, ani, clerk):
    facts = {"record": book.pk, "member": ani.barcode, "item": "B-BUMI", "way": "pickup", "branch": ani.branch.code, **SAID}
    asked = send(clerk, ALL, facts)
    assert asked.status_code == 201
    told = asked.json()
    assert (told["state"], told["cost"], told["pickup"], told["member"]["name"]) == ("asked", 5_000, ani.branch.name, "Ani")
    page = f"{ALL}/{told['id']}"
    assert send(clerk, f"{page}/work", {}).json()["state"] == "in_work"
    assert [each["id"] for each in clerk.get(ALL).json()["rows"]] == [told["id"]]
    assert send(clerk, f"{page}/paper", {"pages": 9}).json()["state"] == "ready"
    assert clerk.get(ALL).json()["rows"] == []
    assert clerk.delete(page).status_code == 204
    assert ArticleRequest.objects.get().state == "cancelled"


def test_a_program_takes_the_copying_from_a_colleague_only_knowingly(book, ani, clerk, sari, with_role, calling):
    rina = with_role("librarian")
    work = f"{ALL}/{ArticleRequestFactory(record=book, member=ani).pk}/work"
    assert calling(rina, "articles:write").post(work, content_type="application/json").json()["worker"] == rina.pk
    refused = clerk.post(work, content_type="application/json")
    assert (refused.status_code, [each["code"] for each in refused.json()["reasons"]]) == (409, ["article_taken_up"])
    statuses = [send(clerk, work, facts).status_code for facts in ({}, {"instead_of": sari.pk}, {"instead_of": 0})]
    assert statuses == [409, 409, 422]
    assert ArticleRequest.objects.get().worker == rina
    assert send(clerk, work, {"instead_of": rina.pk}).json()["worker"] == sari.pk
    assert "worker" not in calling(ani.user, "me").get(MINE).json()[0], "who of the staff works on it is not for members"


def test_what_is_refused_is_told_as_a_problem_with_every_code(book, ani, clerk):
    facts = {"record": book.pk, "member": ani.barcode, **SAID, "title": "", "pages": "", "agreed": False}
    problem = send(clerk, ALL, facts)
    assert problem.status_code == 409
    assert [each["code"] for each in problem.json()["reasons"]] == ["article_unnamed", "article_not_agreed"]
    nowhere = send(clerk, ALL, {**facts, "way": "pickup"})
    unknown = send(clerk, ALL, {**facts, "item": "B-TIDAK"})
    assert (nowhere.status_code, unknown.status_code) == (422, 422)
    asked = ArticleRequestFactory(record=book, member=ani)
    assert send(clerk, f"{ALL}/{asked.pk}/refusal", {"reason": "Rusak"}).json()["reason"] == "Rusak"
    assert clerk.delete(f"{ALL}/{asked.pk}/refusal").json()["state"] == "asked"
    assert clerk.delete(f"{ALL}/{asked.pk}/refusal").status_code == 409


def test_a_member_asks_reads_and_calls_off_their_own_alone(book, ani, budi, sari, calling):
    mine, other = calling(ani.user, "me"), calling(budi.user, "me")
    key = send(mine, MINE, {"record": book.pk, **SAID}).json()["id"]
    assert ([each["title"] for each in mine.get(MINE).json()], other.get(MINE).json()) == (["Minke"], [])
    assert mine.get(f"{MINE}/{key}/file").status_code == 404
    fulfil_with_file(ArticleRequest.objects.get(), [Scan("a.pdf", typesetting.pdf("Isi", {}))], by=sari)
    assert other.get(f"{MINE}/{key}/file").status_code == 404
    sent = mine.get(f"{MINE}/{key}/file")
    assert (sent["Content-Type"], b"".join(sent)[:5]) == ("application/pdf", b"%PDF-")
    assert ArticleRequest.objects.get().downloads == 1
    assert (other.delete(f"{MINE}/{key}").status_code, mine.delete(f"{MINE}/{key}").status_code) == (404, 409)
