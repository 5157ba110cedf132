"""Letters about becoming a member: the code, the welcome, why not; each once, and no secret of them anywhere but in the letter."""

import re
from datetime import timedelta

import pytest

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain import joining
from lumbung.members.models import JoinRequest
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory
from lumbung.messaging.models import Delivery
from lumbung.reactions.joining import join_accepted_letter, join_code_letter, join_refused_letter

pytestmark = pytest.mark.django_db
OURS = "https://perpus.kampus.example"


@pytest.fixture
def asked() -> JoinRequest:
    public = CategoryFactory(code="umum", name="Masyarakat umum", joining="approved")
    return joining.ask_to_join(
        name="Citra Dewi", email="citra@example.org", category=public, branch=HomeBranchFactory(), language="en"
    )


def told(name: str, letter) -> list[Delivery]:
    """What the letter about the last entry of this name wrote."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    letter(JournalEntry.objects.filter(name=name).latest("pk"))
    return list(Delivery.objects.exclude(pk__in=before))


def code_in(letter: Delivery) -> str:
    return re.search(r"\d{6}", letter.subject).group()


def proven(asked: JoinRequest) -> JoinRequest:
    assert joining.prove(asked, joining.make_code(asked)) is None
    asked.refresh_from_db()
    return asked


def test_the_code_goes_once_in_the_language_it_was_asked_in_and_stands_nowhere_else(asked):
    [letter] = told("JoinAsked", join_code_letter)
    code = code_in(letter)
    assert (letter.address, letter.subject) == ("citra@example.org", f"{code} is your registration code")
    assert letter.not_after == asked.code_until
    assert told("JoinAsked", join_code_letter) == []
    asked.refresh_from_db()
    assert code not in f"{asked.__dict__} {[entry.data for entry in JournalEntry.objects.all()]}"
    assert joining.prove(asked, code) is None


def test_a_code_asked_for_again_before_the_first_went_is_one_letter_and_ends_the_one_before(asked):
    joining.new_code(asked)
    [letter] = told("JoinAsked", join_code_letter)
    assert told("JoinCodeRenewed", join_code_letter) == []
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        joining.new_code(asked)
        assert joining.prove(asked, code_in(letter)).code == "join_code_wrong"
        [another] = told("JoinCodeRenewed", join_code_letter)
        assert joining.prove(asked, code_in(another)) is None


def test_no_code_goes_out_for_a_request_that_is_proven_or_forgotten(asked):
    proven(asked)
    assert told("JoinAsked", join_code_letter) == []
    asked.delete()
    assert told("JoinAsked", join_code_letter) == []


def test_the_welcome_has_card_user_name_and_a_link_that_the_journal_does_not_know(asked, sari, client):
    member = joining.accept(proven(asked), address=OURS, by=sari)
    [letter] = told("JoinAccepted", join_accepted_letter)
    assert told("JoinAccepted", join_accepted_letter) == []
    assert (letter.address, member.barcode in letter.body, member.user.username in letter.body) == (
        "citra@example.org",
        True,
        True,
    )
    path = re.search(rf"{OURS}(/\S+)", letter.body).group(1)
    assert client.get(path, follow=True).status_code == 200
    assert path not in str([entry.data for entry in JournalEntry.objects.all()])


def test_nobody_who_is_forgotten_by_then_is_welcomed(asked, sari):
    member = joining.accept(proven(asked), address=OURS, by=sari)
    member.user = None
    member.save()
    assert told("JoinAccepted", join_accepted_letter) == []


def test_who_is_refused_reads_why(asked, sari):
    joining.refuse(proven(asked), reason="Bukan warga kota", by=sari)
    [letter] = told("JoinRefused", join_refused_letter)
    assert ("Bukan warga kota" in letter.body, told("JoinRefused", join_refused_letter)) == (True, [])
