"""Where one is signed in: one sees it, ends it, and nobody else does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from lumbung.accounts.domain import users
from lumbung.accounts.domain.devices import device_of
from lumbung.accounts.domain.first_password import first_password_link
from lumbung.accounts.domain.sessions import SessionStore, forget_ended_sessions
from lumbung.accounts.models import DeviceSession, Role
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36"
PAGE = "/accounts/devices/"
ENDS = {"_method": "DELETE"}


@pytest.fixture(autouse=True)
def _no_past_attempts():
    cache.clear()


def signed_in_on(agent: str, name: str = "ani") -> Client:
    device = Client(headers={"user-agent": agent})
    assert device.post("/accounts/login/", {"login": name, "password": PASSWORD}).status_code == 302
    return device


def is_signed_in(device: Client) -> bool:
    return device.get("/accounts/preferences/").status_code == 200


def ends(page: str) -> list[str]:
    return re.findall(r'action="(/accounts/devices/[0-9a-f]+)"', page)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (PHONE, "Chrome · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15", "Safari · macOS"),
        ("Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Instagram 300.0", "Instagram · Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_few_words(agent: str, told: str) -> None:
    assert device_of(agent) == told


def test_one_sees_where_one_is_signed_in_and_nobody_else_does(ani, budi) -> None:
    phone = signed_in_on(PHONE)
    desktop = signed_in_on("Firefox/128.0 (Windows)")
    signed_in_on("Opera Mini/1", "budi")
    page = desktop.get(PAGE).text
    assert re.findall(r"<b>(.*?)</b>(?:<span class=\"tag ok\">(.*?)</span>)?", page.partition('class="card lines"')[2])[:2] == [
        ("Firefox · Windows", "perangkat ini"),
        ("Chrome · Android", ""),
    ]
    assert "Opera Mini" not in page
    assert len(ends(page)) == 1
    assert phone.session.session_key not in page
    kept = DeviceSession.objects.get(pk=phone.session.session_key)
    assert (kept.user_id, PHONE in str(kept.get_decoded())) == (ani.user.pk, False)


def test_a_device_is_ended_at_once_and_once(ani, budi) -> None:
    phone, desktop = signed_in_on(PHONE), signed_in_on("Firefox/128.0")
    [end] = ends(desktop.get(PAGE).text)
    signed_in_on(PHONE, "budi").post(end, ENDS)
    assert is_signed_in(phone)
    assert "Akun Anda keluar di perangkat itu." in desktop.post(end, ENDS, follow=True).text
    assert "Akun Anda sudah keluar di perangkat itu." in desktop.post(end, ENDS, follow=True).text
    assert (is_signed_in(phone), is_signed_in(desktop)) == (False, True)
    [told] = JournalEntry.objects.filter(name="SessionsEnded")
    assert (told.data, told.actor_id) == ({"user": ani.user.pk, "count": 1}, ani.user.pk)
    assert desktop.get(end).status_code == 405


def test_all_others_are_ended_and_this_one_stays(ani) -> None:
    others = [signed_in_on(PHONE), signed_in_on("Firefox/128.0")]
    here = signed_in_on("Safari/605 iPad")
    assert "Keluar di 2 perangkat lain." in here.post(PAGE, ENDS, follow=True).text
    assert ([is_signed_in(each) for each in others], is_signed_in(here)) == ([False, False], True)
    assert "Anda tidak masuk di perangkat lain." in here.post(PAGE, ENDS, follow=True).text


def test_a_changed_password_ends_every_other_device_and_says_so(ani) -> None:
    phone, desktop = signed_in_on(PHONE), signed_in_on("Firefox/128.0")
    changed = {"oldpassword": PASSWORD, "password1": "jagung muda 77", "password2": "jagung muda 77"}
    page = desktop.post("/accounts/password/change/", changed, follow=True)
    assert page.request["PATH_INFO"] == PAGE
    assert "Kata sandi diganti." in page.text
    assert page.text.count(">perangkat ini<") == 1
    assert ends(page.text) == []
    assert [each.pk for each in DeviceSession.objects.filter(user=ani.user)] == [desktop.session.session_key]
    assert (is_signed_in(phone), is_signed_in(desktop)) == (False, True)


def test_a_password_made_by_a_link_ends_every_device_and_the_one_where_the_link_was_followed_too(ani) -> None:
    phone, desktop = signed_in_on(PHONE), signed_in_on("Firefox/128.0")
    ani.user.refresh_from_db()  # the link ends with the last time of signing in
    form = desktop.get(first_password_link(ani.user, ""), follow=True).request["PATH_INFO"]
    made = desktop.post(form, {"password1": "jagung muda 77", "password2": "jagung muda 77"})
    assert made.status_code == 302
    assert not DeviceSession.objects.filter(user=ani.user).exists()
    assert (is_signed_in(phone), is_signed_in(desktop)) == (False, False)


def test_a_session_does_not_come_back_with_an_account_that_was_deactivated(ani) -> None:
    phone, admin = signed_in_on(PHONE), UserFactory(roles=[Role.ADMIN])
    users.deactivate(ani.user, by=admin)
    users.reactivate(ani.user, by=admin)
    assert not is_signed_in(phone)
    signed_in_on(PHONE)
    users.forget(ani.user, by=admin)
    assert not DeviceSession.objects.filter(user=ani.user).exists()


def test_the_day_of_last_use_is_noted_once_a_day(ani, django_assert_num_queries) -> None:
    phone = signed_in_on(PHONE)
    tomorrow = clock.now() + timedelta(days=1)
    with clock.stopped_at(tomorrow):
        store = SessionStore(phone.session.session_key)
        with django_assert_num_queries(2):
            store.load()
        with django_assert_num_queries(1):
            store.load()
    kept = DeviceSession.objects.get(pk=phone.session.session_key)
    assert (kept.last_used_on - kept.began_at.date()).days in {1, 2}


def test_sessions_that_are_over_are_forgotten_at_night(ani) -> None:
    phone = signed_in_on(PHONE)
    DeviceSession.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert not is_signed_in(phone)
    forget_ended_sessions()
    assert DeviceSession.objects.count() == 0
