"""Who says of themselves that they are a program is no reader."""

import pytest
from django.test import RequestFactory

from lumbung.kernel.ui.programs import is_program

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (Linux) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/128.0.0.0 Safari/537.36",
        "facebookexternalhit/1.1",
        "WhatsApp/2.24.1 A",
        "TelegramBot (like TwitterBot)",
        "ia_archiver",
        "Go-http-client/2.0",
        "okhttp/4.12.0",
        "Java/17.0.1",
        "Java/1.8.0_392",
        "Java1.4.2",
        "java-http-client/17",
        "Apache-HttpClient/4.5.14 (Java/17.0.1)",
        "Scrapy/2.11",
        "python-requests/2.32",
        "curl/8.5.0",
    ],
)
def test_a_program_is_known_by_its_name(rf: RequestFactory, agent: str) -> None:
    assert is_program(rf.get("/", headers={"user-agent": agent}))


@pytest.mark.parametrize(
    "agent",
    [
        f"Mozilla/5.0 (Linux; Android 13; SM-A047F) {CHROME}",
        f"Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) {CHROME}",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari/604.1",
        f"Mozilla/5.0 (Linux; Android 12; wv) {CHROME} [FB_IAB/FB4A;FBAV/470.0.0.1;]",
        f"Mozilla/5.0 (Linux; Android 12) {CHROME} Instagram 330.0.0.40 Android",
        "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
        "Thorium/3.0 Electron/31",
        "UCWEB/2.0 (Java; U; MIDP-2.0; id; nokia5130c-2) U2/1.0.0 UCBrowser/9.4.1.482 U2/1.0.0 Mobile UNTRUSTED/1.0",
    ],
)
def test_a_reader_on_whatever_device_is_none(rf: RequestFactory, agent: str) -> None:
    assert not is_program(rf.get("/", headers={"user-agent": agent}))
