import logging

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lumbung.project.log import KeyValue, RequestId, access, configuration


def test_a_line_says_what_happened_in_keys_and_values():
    record = logging.LogRecord("lumbung.search", logging.WARNING, __file__, 1, 'index "%s" is slow', ("main",), None)
    record.created = 0.0
    assert KeyValue().format(record) == (
        'at=1970-01-01T00:00:00.000+00:00 level=warning logger=lumbung.search message="index \\"main\\" is slow"'
    )


def test_a_line_break_in_a_value_makes_no_second_line():
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "one\nlevel=forged", (), None)
    assert KeyValue().format(record).count("\n") == 0


def test_every_answer_carries_the_id_its_log_lines_carry():
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        record = logging.LogRecord("x", logging.INFO, __file__, 1, "here", (), None)
        seen.append(KeyValue().format(record))
        return HttpResponse()

    answer = RequestId(page)(RequestFactory().get("/"))
    assert f"request={answer['X-Request-ID']} " in seen[0]


def test_the_id_of_the_proxy_is_kept_when_it_is_sound_and_not_otherwise():
    def answered(given: str) -> str:
        return RequestId(lambda request: HttpResponse())(RequestFactory().get("/", headers={"X-Request-ID": given}))[
            "X-Request-ID"
        ]

    assert answered("3f6c-77aa-01") == "3f6c-77aa-01"
    assert answered('x" level=forged') != 'x" level=forged'


def test_what_people_look_at_is_not_noted_unless_asked():
    assert configuration(with_access=False)["loggers"]["lumbung.access"] == {"level": "WARNING"}
    assert configuration(with_access=True)["loggers"]["lumbung.access"] == {"level": "INFO"}
    assert not access.isEnabledFor(logging.INFO)


def test_what_opens_an_account_is_not_noted(caplog):
    with caplog.at_level(logging.INFO, logger="lumbung.access"):
        RequestId(lambda request: HttpResponse())(RequestFactory().get("/accounts/password/reset/key/1f-c9k2-83af/"))
    assert caplog.records[0].facts["path"] == "/accounts/password/reset/key/-/"
