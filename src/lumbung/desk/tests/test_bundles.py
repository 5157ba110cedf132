"""What goes with an answer: files as the channel carries them, and bundles of titles, citations and files at one address."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.bundles import Enclosed, make_bundle
from lumbung.desk.domain.forgetting import forget_askers
from lumbung.desk.domain.hearing import take_up
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Bundle, BundleFile, Conversation
from lumbung.kernel.refusals import Refused
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def branch():
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def conversation():
    return take_up(hear(web_identity("pengunjung", name="Dewi"), "Mohon daftar buku ekonomi"))


def page_of(conversation, name="conversation"):
    return reverse(f"desk:{name}", args=[conversation.pk])


def seen(conversation):
    return conversation.turns.last().pk


def test_one_picture_goes_with_the_words_where_the_channel_shows_it(conversation, sari):
    turn = answer(conversation, "Ini denahnya.", seen=seen(conversation), files=[Enclosed("denah.png", PNG)], by=sari)
    assert (turn.delivery.content, turn.text) == ({"picture_kind": "png", "picture_words": "denah.png"}, "Ini denahnya.")
    with default_storage.open(turn.delivery.picture) as file:
        assert file.read() == PNG
    assert Bundle.objects.count() == 0


def test_what_the_channel_does_not_carry_is_given_by_an_address_in_the_answer(conversation, sari, client, signed_in):
    desk = signed_in(client, sari)
    told = {"text": "Silakan dibaca.", "seen": seen(conversation), "enclosed": ContentFile(PDF, name="bab 1.pdf")}
    assert desk.post(page_of(conversation, "answer"), told).status_code == 302
    said = Delivery.objects.latest("pk")
    address = said.body.rpartition("\n")[2]
    assert (said.picture, said.body.startswith("Silakan dibaca.\n\n")) == ("", True)
    shown = Client().get(address[address.index("/bundle/") :])
    assert (shown.status_code, shown["Referrer-Policy"], shown["X-Robots-Tag"]) == (200, "no-referrer", "noindex")
    file = BundleFile.objects.get()
    sent = Client().get(reverse("desk:bundle_file", args=[file.bundle.secret, file.pk]))
    assert (b"".join(sent.streaming_content), sent["Content-Disposition"]) == (PDF, 'attachment; filename="bab 1.pdf"')


def test_files_that_are_something_else_act_or_are_too_many_are_refused_with_every_reason(conversation, sari):
    files = [Enclosed("a.exe", b"MZ"), Enclosed("b.pdf", b"%PDF-1.7 /JavaScript %%EOF"), *[Enclosed("c.png", PNG)] * 9]
    with pytest.raises(Refused) as refused:
        answer(conversation, "", seen=0, files=files, by=sari)
    assert refused.value.codes == ["answer_empty", "too_many_files", "file_not_taken", "file_acts"]
    with pytest.raises(Refused) as empty:
        make_bundle(conversation, title="x", by=sari)
    assert empty.value.codes == ["bundle_empty"]


def test_what_was_put_together_is_gone_with_whoever_asked(conversation, sari, django_capture_on_commit_callbacks):
    bundle = make_bundle(conversation, title="Daftar", files=[Enclosed("a.pdf", PDF)], by=sari)
    stored = bundle.files.get().stored_file
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        forget_askers(Conversation.objects.filter(pk=conversation.pk))
    assert (Bundle.objects.count(), default_storage.exists(stored)) == (0, False)
    assert Client().get(f"/bundle/{bundle.secret}").status_code == 404


def test_who_filled_in_a_form_without_being_a_member_gets_the_answer_by_the_mail_they_gave(sari):
    by_mail = request_service("Bolehkah alumni?", service=None, member=None, name="Joko", contact="joko@contoh.example")
    turn = answer(by_mail, "Boleh.", seen=seen(by_mail), by=sari)
    assert (turn.delivery.address, "Boleh." in turn.delivery.body) == ("joko@contoh.example", True)
    by_phone = request_service("Bolehkah tamu?", service=None, member=None, name="Tini", contact="0812 3456")
    assert answer(by_phone, "Boleh.", seen=seen(by_phone), by=sari).delivery is None


def test_the_composer_says_what_the_channel_carries_before_anything_is_sent(conversation, sari, client, signed_in):
    desk = signed_in(client, sari)
    shown = desk.get(page_of(conversation)).text
    assert ('maxlength="10000"' in shown, "Satu gambar sampai 5 MB dikirim langsung" in shown) == (True, True)
    account = conversation.identity.account
    type(account).objects.filter(pk=account.pk).update(is_enabled=False)
    assert f"Saluran {account} sedang dimatikan." in desk.get(page_of(conversation)).text


def test_an_answer_with_files_that_is_sent_twice_by_one_press_is_said_once(conversation, sari, client, signed_in):
    desk = signed_in(client, sari)
    one = {"text": "Silakan\r\ndibaca.", "seen": seen(conversation)}
    for files in (
        [("bab 1.pdf", PDF)],
        [("bab 1.pdf", PDF)],
        [("bab 2.pdf", PDF)],
        [("denah.png", PNG)],
        [("denah.png", PNG)],
        [],
    ):
        enclosed = {"enclosed": [ContentFile(content, name=name) for name, content in files]}
        assert desk.post(page_of(conversation, "answer"), one | (enclosed if files else {})).status_code == 302
    said = list(conversation.turns.filter(kind="answer").order_by("pk"))
    assert [each.text.startswith("Silakan\ndibaca.") for each in said] == [True] * 4
    assert [bool(each.enclosed) for each in said] == [True, True, True, False]
    assert (Bundle.objects.count(), Delivery.objects.filter(turn__isnull=False).count()) == (2, 4)
    forget_askers(Conversation.objects.filter(pk=conversation.pk))
    assert set(conversation.turns.values_list("enclosed", flat=True)) == {""}
