"""Files that applicants send: known by content, never by name, and seen by nobody they are not for."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.kernel.refusals import Refused
from lumbung.kernel.typesetting import pdf
from lumbung.members.domain.clearance.answering import decide
from lumbung.members.domain.clearance.applying import LARGEST_FILE, apply, give_file
from lumbung.members.domain.clearance.standing import standings_of
from lumbung.members.models import ClearanceAnswer, ClearanceApplication, ClearanceCondition
from lumbung.members.tests.factories import ClearanceConditionFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"\0\0\0\0IEND\xaeB`\x82"
PAPER = pdf("= Lembar pengesahan", {})


@pytest.fixture
def asked() -> ClearanceCondition:
    return ClearanceConditionFactory(kind="upload", name="Lembar pengesahan", verifier_role="librarian")


def sent(application: ClearanceApplication, condition: ClearanceCondition, content: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        give_file(application, condition, name="lembar.pdf", content=content, by=None)
    return refused.value.codes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<?php system($_GET['c']); ?>", "file_wrong_kind"),
        (b"<html><script>alert(1)</script></html>", "file_wrong_kind"),
        (b"GIF89a" + b"\0" * 40, "file_wrong_kind"),
        (b"MZ" + b"\0" * 400, "file_wrong_kind"),
        (b"%PDF-1.7\n cut short", "file_wrong_kind"),
        (b"\xff\xd8\xff\xe0 cut short", "file_wrong_kind"),
        (b"%PDF-1.7\n1 0 obj << /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", "file_acts"),
        (b"%PDF-1.7\n<< /Type /EmbeddedFile >>\n%%EOF", "file_acts"),
        (PNG[:8] + b"\0" * (LARGEST_FILE + 1), "file_too_large"),
    ],
)
def test_what_is_no_whole_plain_pdf_or_picture_is_refused_whatever_its_name(ani, asked, content: bytes, code: str):
    application = apply(asked.purpose, ani, by=None)
    assert sent(application, asked, content) == [code]
    assert ClearanceAnswer.objects.count() == 0


def test_a_file_waits_for_its_verifier_and_another_takes_its_place(ani, sari, asked, django_capture_on_commit_callbacks):
    application = apply(asked.purpose, ani, by=None)
    with pytest.raises(Refused) as refused:
        decide(application, asked, accepted=True, by=sari)
    assert refused.value.codes == ["file_not_given"]
    first = give_file(application, asked, name="lembar.pdf", content=PAPER, by=ani.user)
    assert (first.file_kind, standings_of(application)[0].state) == ("pdf", "waiting")
    decide(application, asked, accepted=False, reason="Buram", by=sari)
    with django_capture_on_commit_callbacks(execute=True):
        second = give_file(application, asked, name="foto.png", content=PNG, by=ani.user)
    assert (second.file_kind, second.state, second.reason) == ("png", "waiting", "")
    assert not default_storage.exists(first.stored_file)
    decide(application, asked, accepted=True, by=sari)
    assert standings_of(application)[0].met


def test_no_file_is_taken_for_a_condition_that_asks_for_none(ani):
    verifier = ClearanceConditionFactory()
    assert sent(apply(verifier.purpose, ani, by=None), verifier, PAPER) == ["condition_not_asked"]


def test_ani_sends_a_file_from_her_phone_and_only_she_and_her_verifiers_may_have_it(client, ani, budi, sari, with_role, asked):
    application = apply(asked.purpose, ani, by=None)
    address = reverse("membership:clearance_file", args=[application.pk, asked.pk])
    file = {"file": SimpleUploadedFile("../../lembar.pdf.exe", PAPER)}
    client.force_login(budi.user)
    assert client.post(address, file).status_code == 404
    client.force_login(ani.user)
    file = {"file": SimpleUploadedFile("../../lembar.pdf.exe", PAPER)}
    assert client.post(address, file).status_code == 302
    fetched = reverse("members:clearance_file", args=[application.pk, asked.pk])
    assert client.get(fetched).status_code == 403
    client.force_login(with_role(Role.VERIFIER))
    assert client.get(fetched).status_code == 404, "another's condition"
    client.force_login(sari)
    answer = client.get(fetched)
    assert b"".join(answer.streaming_content) == PAPER
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="M-ANI-{asked.pk}.pdf"'
    assert "lembar" not in ClearanceAnswer.objects.get().stored_file


def test_a_form_without_a_file_says_so(client: Client, ani, asked):
    application = apply(asked.purpose, ani, by=None)
    client.force_login(ani.user)
    page = client.post(reverse("membership:clearance_file", args=[application.pk, asked.pk]))
    assert page.status_code == 409
    assert "Berkasnya kosong" in page.content.decode()
