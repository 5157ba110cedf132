"""The API as a whole: what it says of itself, who is let in, how every error is told."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from openapi_spec_validator import validate
from pydantic_core._pydantic_core import list_all_errors

import lumbung
from lumbung.accounts.domain import api_access
from lumbung.accounts.domain.rates import Allowance
from lumbung.kernel import clock, scopes
from lumbung.kernel.api.methods import as_http_asks
from lumbung.project.api import api
from lumbung.project.field_words import OWN_WORDS, WORDS, words_of

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
OPEN_TO_ALL = {
    ("get", "/api/v1/pickup-places"),
    ("get", "/api/v1/search"),
    ("get", "/api/v1/records"),
    ("get", "/api/v1/records/{key}"),
    ("get", "/api/v1/records/{key}/holdings"),
    ("get", "/api/v1/records/{key}/marc"),
}


@pytest.fixture
def schema(client) -> dict:
    return client.get(f"{V1}/openapi.json").json()


def _operations(schema):
    return [(method, path, operation) for path, methods in schema["paths"].items() for method, operation in methods.items()]


def test_it_describes_itself_as_openapi_says(schema):
    validate(schema)
    assert (schema["openapi"], schema["info"]["title"]) == ("3.1.0", "Lumbung")


def test_every_operation_says_what_it_needs_in_scopes_that_exist(schema):
    for _method, _path, operation in _operations(schema):
        [token] = [need["token"] for need in operation["security"] if "token" in need]
        assert set(token) <= set(scopes.declared())
    assert {(method, path) for method, path, operation in _operations(schema) if {} in operation["security"]} == OPEN_TO_ALL


def test_every_operation_is_closed_but_to_those_it_is_for(schema, client, sari, calling):
    """Nobody gets in without a key, and a token for one thing opens nothing else."""
    elsewhere = calling(sari, scopes.declare("nothing:at-all", "uji"))
    for method, path, _operation in _operations(schema):
        if (method, path) in OPEN_TO_ALL:
            continue
        address = path.replace("{key}", "1").replace("{barcode}", "B")
        for caller, status in ((client, 401), (elsewhere, 403)):
            answer = getattr(caller, method)(address, content_type="application/json")
            assert (path, method, answer.status_code) == (path, method, status)
            assert answer["Content-Type"] == "application/problem+json"


def test_an_operation_that_names_no_need_is_closed():
    assert api.auth == [api_access.closed]


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("get", "/nowhere", 404, "not-found"),
        ("get", "/records/999999", 404, "not-found"),
        ("delete", "/search", 405, "method-not-allowed"),
        ("get", "/search?page=0", 422, "unprocessable"),
        ("get", "/me", 401, "unauthorized"),
        ("get", "/search?q=%00", 400, "bad-request"),
    ],
)
def test_every_error_is_a_problem(client, method, path, status, name):
    answer = getattr(client, method)(V1 + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith(f"/api/v1/reference#{name}")
    assert told["title"]


def test_a_body_too_large_to_read_is_no_fault_of_ours(sari, calling):
    answer = calling(sari, "records:write").post(f"{V1}/records", b"0" * 3_000_000, content_type="application/marc")
    assert (answer.status_code, answer.json()["title"]) == (413, "Terlalu besar")


def test_a_key_no_database_holds_is_an_error_of_the_request(sari, calling):
    client = calling(sari, "holds:read", "loans:read")
    answers = [client.get(f"{V1}/{listed}", {"member": 10**30}) for listed in ("holds", "loans")]
    assert [answer.status_code for answer in answers] == [422, 422]


@pytest.mark.parametrize(
    ("language", "required", "unknown", "largest"),
    [
        ("id", "Wajib diisi.", "Isian ini tidak dikenal di sini.", "Paling kecil 1."),
        ("en", "This is required.", "Nothing of this name is known here.", "Must be 1 or more."),
    ],
)
def test_a_wrong_field_is_told_in_the_language_of_who_asks(sari, calling, language, required, unknown, largest):
    client = calling(sari, "loans:write", "loans:read")
    said = {"accept-language": language}
    sent = client.post(
        f"{V1}/loans", {"member": "M", "branch": "B", "nick": "x"}, content_type="application/json", headers=said
    )
    assert sent.json()["errors"] == [
        {"pointer": "body/item", "detail": required, "code": "missing"},
        {"pointer": "body/nick", "detail": unknown, "code": "extra_forbidden"},
    ]
    asked = client.get(f"{V1}/loans?page=0", headers=said)
    assert asked.json()["errors"] == [{"pointer": "query/page", "detail": largest, "code": "greater_than_equal"}]


def test_a_place_within_a_list_and_a_choice_are_told(sari, calling):
    client = calling(sari, "loans:write")
    facts = {"item": "B", "member": "M", "branch": "B", "waive": ["a", 7], "kind": "melayang"}
    errors = {
        each["pointer"]: each["detail"]
        for each in client.post(f"{V1}/loans", facts, content_type="application/json").json()["errors"]
    }
    assert errors.keys() == {"body/waive/1", "body/kind"}
    assert errors["body/waive/1"] == "Isi dengan teks."
    assert errors["body/kind"].startswith("Isi dengan salah satu dari: ")


def test_a_name_that_only_a_question_has_is_told_in_the_query(sari, calling):
    asked = calling(sari, "loans:read").get(f"{V1}/loans/explanation?item=TIADA&member=M&branch=B")
    assert asked.json()["errors"] == [
        {"pointer": "query/item", "detail": "Tidak ada yang bernama demikian.", "code": "unknown"}
    ]


def test_the_words_for_a_fault_ask_for_no_fact_that_its_kind_does_not_bring():
    contexts = {each["type"]: each.get("example_context") or {} for each in list_all_errors()}
    assert contexts.keys() >= WORDS.keys()
    told = [words_of({"type": kind, "msg": "", "ctx": contexts[kind]}) for kind in WORDS]
    assert all(told)
    assert words_of({"type": "value_error", "msg": "Value error, no"}) == "Value error, no"


def test_every_kind_of_fault_that_our_shapes_raise_has_words():
    files = list(Path(lumbung.__file__).parent.glob("*/api/**/*.py"))
    sources = [file.read_text(encoding="utf-8") for file in files]
    assert {kind for source in sources for kind in re.findall(r'PydanticCustomError\(\s*"(\w+)"', source)} == OWN_WORDS.keys()
    assert [file.name for file, source in zip(files, sources, strict=True) if "raise ValueError" in source] == []


@pytest.mark.parametrize(
    ("language", "text", "place", "paper"),
    [
        (
            "id",
            "NUL dan surogat tunggal bukan teks.",
            "Sebutkan branch atau place: salah satunya wajib.",
            "Salinan di kertas memerlukan branch atau place.",
        ),
        (
            "en",
            "NUL and lone surrogates are not text.",
            "Name a branch or a place.",
            "A copy on paper needs a branch or a place.",
        ),
    ],
)
def test_what_our_own_shapes_refuse_is_told_in_the_language_of_who_asks(sari, calling, language, text, place, paper):
    client = calling(sari, "holds:write", "articles:write", "loans:write")

    def told(path, facts):
        answer = client.post(f"{V1}/{path}", facts, content_type="application/json", headers={"accept-language": language})
        assert answer.status_code == 422
        return answer.json()["errors"]

    assert told("loans", {"item": "B\0", "member": "M", "branch": "B"}) == [
        {"pointer": "body/item", "detail": text, "code": "not_text"}
    ]
    assert told("holds", {"record": 1, "member": "M"}) == [{"pointer": "body", "detail": place, "code": "no_place"}]
    asked = {"record": 1, "member": "M", "kind": "chapter", "way": "pickup", "purpose": "research", "agreed": True}
    assert told("article-requests", asked) == [{"pointer": "body", "detail": paper, "code": "paper_without_place"}]


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Isi tanggal antara tahun 1000 dan 9998."), ("en", "Enter a date between the years 1000 and 9998.")],
)
def test_a_day_that_no_library_can_have_is_an_error_of_the_request(sari, calling, language, said):
    client = calling(sari, "records:read")
    for day in ("0001-01-01", "9999-12-31"):
        answer = client.get(f"{V1}/records/export?added_since={day}", headers={"accept-language": language})
        assert (answer.status_code, [(each["detail"], each["code"]) for each in answer.json()["errors"]]) == (
            422,
            [(said, "out_of_reach")],
        )


def test_a_sum_or_a_key_that_no_column_holds_is_an_error_of_the_request(sari, calling):
    client, far = calling(sari, "records:read", "fees:write"), int("9" * 24)
    payment = {"member": "M", "amount": far, "method": "cash", "branch": "B"}
    answers = [
        client.post(f"{V1}/payments", payment, content_type="application/json"),
        client.get(f"{V1}/records/export?import_run={far}"),
    ]
    assert [[each["code"] for each in answer.json()["errors"]] for answer in answers] == [["less_than_equal"]] * 2


def test_a_body_that_is_no_json_is_told_so(sari, calling):
    sent = calling(sari, "loans:write").post(f"{V1}/loans", "{", content_type="application/json")
    assert (sent.status_code, sent.json()["detail"]) == (400, "Isi permintaan bukan JSON yang utuh.")


def test_what_breaks_is_told_without_a_secret(client, monkeypatch, settings):
    def broken(*_args, **_kwargs):
        raise RuntimeError("sandi rahasia")

    monkeypatch.setattr("lumbung.discovery.api.search.search_records", broken)
    answer = client.get(f"{V1}/search")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "rahasia" not in answer.content.decode()
    assert answer["X-Request-ID"]


@pytest.mark.parametrize("header", ["Bearer lmb_salah", "Bearer", "Basic YW5pOnNhbmRp", "lmb_x", "Bearer \x80"])
def test_a_key_that_is_not_honoured_opens_not_even_what_is_open(header):
    answer = Client(headers={"authorization": header}).get(f"{V1}/records")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="lumbung"')


def test_who_asks_too_often_is_told_when_to_come_back(client, monkeypatch, sari, calling):
    monkeypatch.setattr(api_access, "_strangers", Allowance(2))
    with clock.stopped_at(NOON):
        answers = [client.get(f"{V1}/records") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) == 60
    assert calling(sari, "me").get(f"{V1}/me").status_code == 200


def test_behind_a_proxy_each_client_has_an_allowance_of_its_own(client, monkeypatch, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(api_access, "_strangers", Allowance(1))

    def ask(forwarded):
        return client.get(f"{V1}/records", headers={"x-forwarded-for": forwarded}).status_code

    with clock.stopped_at(NOON):
        assert [ask("10.0.0.1"), ask("10.0.0.2"), ask("10.0.0.1"), ask("9.9.9.9, 10.0.0.1")] == [200, 200, 429, 429]


def test_the_reference_page_lists_every_operation_without_a_script(client, schema):
    page = client.get(f"{V1}/reference")
    text = page.content.decode()
    assert page.status_code == 200
    for _method, path, operation in _operations(schema):
        assert f'id="{operation["operationId"]}"' in text
        assert path in text
    assert 'id="conflict"' in text
    assert "<script>" not in text


def test_head_is_answered_as_get_without_a_body_and_options_told_what_may_be_asked(schema, client, sari, calling):
    every = calling(sari, *scopes.declared())
    for path, methods in schema["paths"].items():
        address = path.replace("{key}", "1").replace("{barcode}", "B")
        for caller in (client, every):
            got, head = caller.get(address), caller.head(address)
            same = [each for each in (got, head) if "get" in methods]
            if same:
                heads = [{name: each.headers.get(name) for name in ("Content-Type", "Location", "Vary")} for each in same]
                assert (head.status_code, heads[0], head.getvalue()) == (got.status_code, heads[1], b""), path
            else:
                assert head.status_code == 405, path
        told, refused = client.options(address), client.generic("TRACE", address)
        allowed = {each.upper() for each in methods} | {"OPTIONS"} | ({"HEAD"} if "get" in methods else set())
        assert (told.status_code, set(told["Allow"].split(", ")), told.content) == (204, allowed, b""), path
        assert (refused.status_code, refused["Allow"]) == (405, told["Allow"]), path


def test_head_of_the_description_tells_how_long_it_is(client):
    got, head = client.get(f"{V1}/openapi.json"), client.head(f"{V1}/openapi.json")
    assert (head.status_code, head["Content-Length"], head.content) == (200, str(len(got.content)), b"")


def test_head_begins_nothing_that_is_streamed():
    begun = []
    streamed = StreamingHttpResponse((begun.append(each) or b"x" for each in range(3)), content_type="application/marc")
    answer = as_http_asks(lambda request: streamed)(RequestFactory().head("/"))
    assert (answer.content, answer["Content-Type"], begun, streamed.closed) == (b"", "application/marc", [], True)


def test_the_reference_says_to_who_reads_indonesian_that_its_explanations_are_english(client):
    said = "Penjelasan tiap operasi hanya ditulis dalam bahasa Inggris."
    assert said in client.get("/api/v1/reference").content.decode()
    english = client.get("/api/v1/reference", headers={"Accept-Language": "en"}).content.decode()
    assert "explanation" not in english.partition("<table")[0].partition("<main")[2]
