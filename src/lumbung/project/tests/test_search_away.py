"""While the search cluster does not answer, every page that asks it says so, and nobody is told that there is nothing."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lumbung.accounts.models import Role, User
from lumbung.catalogue.tests.factories import a_record
from lumbung.desk.domain.hearing import take_up
from lumbung.discovery.domain.courses import add_section, make_course
from lumbung.discovery.domain.curating import make_curated_list
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
SAYS = "Mesin pencari sedang tidak dapat dihubungi. Ia pulih sendiri"
BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def desk(client: Client, with_role: Callable[..., User], signed_in: Callable[[Client, User], Client], settings) -> Client:
    """Somebody who may do everything, in a library whose cluster is away."""
    settings.SEARCH_URL = "http://127.0.0.1:8159/perpus?timeout=1"
    return signed_in(client, with_role(*Role.values))


def told(answer: HttpResponse) -> tuple[int, bool, str]:
    return answer.status_code, SAYS in answer.text, answer.get("Retry-After", "")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("discovery:explain", {"q": "bumi"}),
        ("circulation:new_article", {"what": "bumi"}),
        ("catalogue:records", {"q": "bumi"}),
    ],
)
def test_a_page_of_the_staff_that_searches_says_so(desk: Client, name: str, asked: dict[str, str]) -> None:
    a_record("Bumi manusia")
    answer = desk.get(reverse(name), asked)
    assert told(answer) == (503, True, "30")
    assert "Tidak ada judul" not in answer.text


def test_titles_for_a_list_of_librarians_or_of_a_lecturer_cannot_be_found_and_the_list_is_there(desk: Client) -> None:
    somebody = User.objects.get(pk=desk.session["_auth_user_id"])
    curated = make_curated_list(title="Sastra", by=somebody)
    page = desk.get(reverse("discovery:curated", args=[curated.pk]), {"q": "bumi"})
    assert told(page) == (503, True, "30")
    assert ("Sastra" in page.text, "Tidak ada judul yang cocok" in page.text) == (True, False)
    assert desk.get(reverse("discovery:curated", args=[curated.pk])).status_code == 200
    course = make_course(code="MET 101", name="Metodologi", students=40, by=somebody)
    section = add_section(course, "Pekan 1", by=somebody)
    page = desk.get(reverse("discovery:my-course", args=[course.pk]), {"q": "bumi", "section": section.pk})
    assert told(page) == (503, True, "30")


def test_the_effect_of_a_group_of_words_cannot_be_shown(desk: Client) -> None:
    sent = {"kind": "synonym", "terms": "kopi\nkahwa", "preview": "1"}
    assert told(desk.post(reverse("discovery:word-new"), sent)) == (503, True, "30")


def test_the_desk_finds_no_titles_for_an_answer_and_for_the_log(desk: Client) -> None:
    conversation = take_up(hear(web_identity(), "Buku ekonomi?"))
    page = reverse("desk:titles", args=[conversation.pk])
    assert told(desk.get(page, {"words": "ekonomi"})) == (503, True, "30")
    part = desk.get(page, {"words": "ekonomi"}, headers=BY_SCRIPT)
    assert (told(part), "Tidak ada judul" in part.text) == ((200, True, ""), False)
    assert told(desk.post(reverse("desk:log_titles"), {"question": "ekonomi"})) == (503, True, "30")
    part = desk.post(reverse("desk:log_titles"), {"question": "ekonomi"}, headers=BY_SCRIPT)
    assert (told(part), "Tidak ada judul" in part.text) == ((200, True, ""), False)


def test_a_selection_by_words_is_refused_with_the_reason(desk: Client) -> None:
    page = desk.post(
        reverse("catalogue:labels"), {"words": "bumi", "kind": "both", "bars": "code128", "paper": "a4-24", "start": 1}
    )
    assert (page.status_code, f"{SAYS} begitu tersambung lagi" in page.text) == (422, True)


def test_the_api_says_so_and_what_is_suggested_is_not_kept(desk: Client) -> None:
    answer = desk.get("/api/v1/search", {"q": "bumi"})
    assert (answer.status_code, answer.json()["detail"].startswith(SAYS)) == (503, True)
    suggested = desk.get("/search/suggestions", {"q": "bu"})
    assert (suggested.json(), suggested["Cache-Control"]) == ({"suggestions": []}, "no-store")


@pytest.mark.parametrize("command", [["find", "bumi"], ["reindex"], ["export", "--find", "bumi", "--output", "/dev/null"]])
def test_the_command_line_says_so(desk: Client, command: list[str]) -> None:
    with pytest.raises(CommandError, match=SAYS):
        call_command(*command, stdout=io.StringIO(), stderr=io.StringIO())


def test_a_command_gives_the_reason_in_the_language_it_speaks(desk: Client) -> None:
    with override("en"), pytest.raises(CommandError) as refused:
        call_command("export", "--find", "bumi", "--output", "/dev/null")
    assert str(refused.value).startswith("The search engine cannot be reached")
    assert str(refused.value).endswith("Choose in another way, or wait.")


def test_the_command_line_names_what_makes_an_index_that_is_missing() -> None:
    with pytest.raises(CommandError, match=r"Indeks pencarian sedang disusun\. .* lumbung reindex"):
        call_command("find", "bumi", stdout=io.StringIO(), stderr=io.StringIO())
