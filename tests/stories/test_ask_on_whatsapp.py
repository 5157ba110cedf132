"""Where the library has a WhatsApp number, every page that raises a question opens it with the question written."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.models import Fee
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


def asked(client: Client, page: str) -> list[str]:
    """What each WhatsApp button of the page would write, without the one in the foot of every page."""
    body = client.get(page).content.decode().partition("<footer")[0]
    return [unquote(text) for text in re.findall(r'href="https://wa\.me/6281234567890\?text=([^"]+)"', body)]


def test_the_button_of_a_title_a_hold_a_fee_and_a_help_page_says_what_it_is_about(client):
    LibraryFactory(whatsapp="0812-3456 7890")
    LoanRuleFactory()
    item = ItemFactory(record__title='Aku & "Kamu"')
    ani = MemberFactory(user=UserFactory(username="ani"))
    hold = place_hold(item.record, member=ani, pickup_branch=item.branch, by=None)
    fee = charge(ani, Fee.Kinds.OTHER, 5000, branch=item.branch, by=None, note="Fotokopi")
    client.force_login(ani.user)
    record = f"/records/{item.record_id}"
    assert asked(client, record) == [
        f'Halo, saya ingin bertanya tentang Aku & "Kamu" [R{item.record_id}] http://testserver{record}'
    ]
    assert asked(client, "/my") == [f'Halo, saya ingin bertanya tentang pesanan saya: Aku & "Kamu" [P{hold.pk}]']
    assert asked(client, "/my/fees") == [f"Halo, saya ingin bertanya tentang biaya saya [B{fee.pk}]"]
    assert asked(client, "/help/borrow") == ["Halo, saya perlu bantuan tentang “Meminjam, memesan, memperpanjang”."]
    assert asked(client, "/") == ["Halo, apakah perpustakaan buka hari ini?"]


def test_without_a_number_there_is_no_button(client):
    LibraryFactory(whatsapp="")
    record = ItemFactory().record_id
    pages = [client.get(page).content.decode() for page in ("/", "/help/borrow", f"/records/{record}")]
    assert not any("wa.me/6" in page for page in pages)
