"""The pages of clearance, through HTTP: what Ani does from her phone, what Sari does at her desk, and what nobody else may."""

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.members.domain.clearance.answering import decide
from lumbung.members.domain.clearance.applying import apply, give_file
from lumbung.members.domain.clearance.letters import issue
from lumbung.members.domain.clearance.purposes import create_default_purposes
from lumbung.members.models import ClearanceCondition, ClearanceHook, ClearanceLetter, ClearancePurpose
from lumbung.members.tests.factories import ClearanceConditionFactory, ClearancePurposeFactory, MemberFactory

pytestmark = pytest.mark.django_db
ADDRESS = "http://testserver/verify"
PAPER = b"%PDF-1.7 lembar %%EOF"


@pytest.fixture
def at_desk(client: Client, sari) -> Client:
    client.force_login(sari)
    return client


def fetched(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)


def test_ani_applies_sees_what_is_missing_and_withdraws(client, ani, owing):
    purpose = ClearancePurposeFactory(name="Wisuda", explanation="Bagi yang sudah lulus sidang.")
    ClearanceConditionFactory(
        purpose=purpose, kind="automatic", check_code="above.owing", name="Tidak ada tanggungan", verifier_role=""
    )
    owing.owe(ani, "Bumi manusia, jatuh tempo 1 Desember 2026")
    client.force_login(ani.user)
    assert "Bagi yang sudah lulus sidang." in client.get(reverse("membership:clearances")).content.decode()
    page = client.post(reverse("membership:clearances"), {"purpose": purpose.pk}, follow=True)
    shown = page.content.decode()
    assert "Bumi manusia, jatuh tempo 1 Desember 2026" in shown
    assert "Selesaikan di meja layanan." in shown
    assert "0/1" in shown
    assert shown.index("Tarik pengajuan ini") < shown.index("Ya, tarik"), "it asks first"
    gone = client.post(page.redirect_chain[-1][0], {"_method": "DELETE"}, follow=True).content.decode()
    assert "Pengajuan ditarik" in gone


def test_budi_sees_nothing_of_ani(client, ani, budi, sari, owing):
    application = apply(ClearancePurposeFactory(), ani, by=None)
    letter = issue(application, address=ADDRESS, by=sari)
    client.force_login(budi.user)
    assert client.get(reverse("membership:clearance", args=[application.pk])).status_code == 404
    assert client.get(reverse("membership:clearance_letter", args=[letter.pk])).status_code == 404
    client.force_login(ani.user)
    assert fetched(client, reverse("membership:clearance_letter", args=[letter.pk])).startswith(b"%PDF-")
    assert client.get(reverse("members:clearance_letter", args=[letter.pk])).status_code == 403


def test_an_account_without_membership_is_told_what_to_do(client, with_role):
    client.force_login(with_role(Role.MEMBER))
    assert "belum terhubung" in client.get(reverse("membership:clearances")).content.decode()


def test_a_purpose_that_is_closed_cannot_be_applied_for(client, ani):
    client.force_login(ani.user)
    closed = ClearancePurposeFactory(is_open=False)
    assert client.post(reverse("membership:clearances"), {"purpose": closed.pk}).status_code == 404
    assert client.post(reverse("membership:clearances"), {"purpose": "x"}).status_code == 404


def test_a_faculty_verifier_sees_only_what_is_theirs_to_verify(client, ani, budi, with_role):
    fajar = with_role(Role.VERIFIER)
    theirs = ClearanceConditionFactory(verifier_role="verifier")
    mine = apply(theirs.purpose, ani, by=None)
    other = apply(ClearanceConditionFactory(verifier_role="librarian").purpose, budi, by=None)
    client.force_login(fajar)
    page = client.get(reverse("members:clearances"))
    assert [each.pk for each in page.context["page"]] == [mine.pk]
    assert client.get(reverse("members:clearance", args=[other.pk])).status_code == 404
    assert client.get(reverse("members:member", args=[ani.pk])).status_code == 403
    assert client.post(reverse("members:clearance_issue", args=[mine.pk])).status_code == 403
    address = reverse("members:clearance_answer", args=[mine.pk, theirs.pk])
    page = client.post(address, {"verdict": "accept"}, follow=True).content.decode()
    assert "Syarat dinyatakan terpenuhi." in page


def test_a_verifier_reads_the_files_of_their_own_conditions_alone(client, ani, sari, with_role):
    purpose = ClearancePurposeFactory()
    theirs = ClearanceConditionFactory(purpose=purpose, kind="upload", verifier_role="verifier")
    others = ClearanceConditionFactory(purpose=purpose, kind="upload", verifier_role="librarian")
    application = apply(purpose, ani, by=None)
    files = []
    for each in (theirs, others):
        give_file(application, each, name="lembar.pdf", content=PAPER, by=ani.user)
        files.append(reverse("members:clearance_file", args=[application.pk, each.pk]))
    client.force_login(with_role(Role.VERIFIER))
    page = client.get(reverse("members:clearance", args=[application.pk])).content.decode()
    assert [address in page for address in files] == [True, False]
    assert fetched(client, files[0]) == PAPER
    assert client.get(files[1]).status_code == 404
    client.force_login(sari)
    assert [fetched(client, address) for address in files] == [PAPER, PAPER]


def test_sari_refuses_accepts_issues_and_revokes(at_desk, ani):
    condition = ClearanceConditionFactory()
    application = apply(condition.purpose, ani, by=None)
    page = reverse("members:clearance", args=[application.pk])
    answer = reverse("members:clearance_answer", args=[application.pk, condition.pk])
    at_desk.post(answer, {"verdict": "refuse", "reason": "Buku fakultas belum kembali"})
    assert "Buku fakultas belum kembali" in at_desk.get(page).content.decode()
    refused = at_desk.post(reverse("members:clearance_issue", args=[application.pk]))
    assert refused.status_code == 409
    at_desk.post(answer, {"verdict": "accept"})
    shown = at_desk.post(reverse("members:clearance_issue", args=[application.pk]), follow=True).content.decode()
    letter = ClearanceLetter.objects.get()
    assert letter.number in shown
    assert fetched(at_desk, reverse("members:clearance_letter", args=[letter.pk])).startswith(b"%PDF-")
    shown = at_desk.post(
        reverse("members:clearance_revocation", args=[letter.pk]), {"reason": "Buku ditemukan"}, follow=True
    ).content.decode()
    assert "Buku ditemukan" in shown


def test_the_queue_has_tabs_and_finds_by_name(at_desk, ani, budi, sari):
    condition = ClearanceConditionFactory()
    waiting, ready = apply(condition.purpose, ani, by=None), apply(condition.purpose, budi, by=None)
    decide(ready, condition, accepted=True, by=sari)

    def shown(**asked: str) -> list[int]:
        return [each.pk for each in at_desk.get(reverse("members:clearances"), asked).context["page"]]

    assert shown() == shown(tab="mine") == [waiting.pk]
    assert shown(tab="ready") == [ready.pk]
    assert shown(tab="open") == [waiting.pk, ready.pk]
    assert shown(tab="open", q="santoso") == [ready.pk]
    assert shown(tab="issued") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_number_of_questions_however_long_it_is(at_desk, rows: int, django_assert_num_queries):
    condition = ClearanceConditionFactory()
    for _ in range(rows):
        apply(condition.purpose, MemberFactory(), by=None)
    at_desk.get(reverse("members:clearances"))
    with django_assert_num_queries(11):
        assert len(at_desk.get(reverse("members:clearances")).context["page"]) == rows


def test_the_usual_purposes_are_made_once_with_every_check_there_is(sari, owing):
    made = create_default_purposes(by=sari)
    assert [each.code for each in made] == ["wisuda", "cuti", "pindah", "undur-diri"]
    assert [each.ends_membership for each in made] == [True, False, True, True]
    assert [each.kind for each in made[0].conditions.all()] == ["automatic", "upload", "verifier"]
    assert create_default_purposes(by=sari) == []


def test_a_purpose_is_set_up_changed_and_removed(at_desk):
    letter = {"letter_title": "Surat Keterangan", "letter_text": "Bahwa {nama} {salah}", "number_pattern": "{nomor}/BP"}
    wrong = at_desk.post(reverse("members:clearance_new_purpose"), {"name": "Wisuda", "code": "w", **letter})
    assert wrong.status_code == 422
    told = wrong.content.decode()
    assert "Isi surat memuat {salah}, yang tidak dikenal." in told
    assert "Pola nomor harus memuat {tahun}" in told
    assert "Isi satu sampai empat penanda tangan" in told
    right = letter | {"letter_text": "Bahwa {nama}\n{data}", "number_pattern": "{nomor}/BP/{tahun}"}
    signer = {"signer_name_1": "Ratna", "signer_role_1": "Kepala"}
    at_desk.post(reverse("members:clearance_new_purpose"), {"name": "Wisuda", "code": "w", **right, **signer})
    purpose = ClearancePurpose.objects.get()
    assert purpose.signers == [{"name": "Ratna", "role": "Kepala", "number": ""}]
    address = reverse("members:clearance_purpose", args=[purpose.pk])
    assert "001/BP/" in at_desk.get(address).content.decode()
    at_desk.post(address, {"_method": "DELETE"})
    assert not ClearancePurpose.objects.exists()


def test_conditions_are_added_moved_changed_and_kept_once_answered(at_desk, ani, sari, owing):
    purpose = ClearancePurposeFactory()
    add = reverse("members:clearance_new_condition", args=[purpose.pk])
    assert "Pilih peran atau orang" in at_desk.post(add, {"kind": "verifier", "name": "Fakultas"}).content.decode()
    assert "Pilih apa yang diperiksa" in at_desk.post(add, {"kind": "automatic"}).content.decode()
    at_desk.post(add, {"kind": "automatic", "check_code": "above.owing"})
    at_desk.post(add, {"kind": "verifier", "name": "Fakultas", "verifiers": [sari.pk]})
    first, second = ClearanceCondition.objects.all()
    assert (first.name, first.check_code, second.verifier_role) == ("Tidak ada tanggungan", "above.owing", "")
    at_desk.post(reverse("members:clearance_place", args=[second.pk]), {"to": "up"})
    assert [each.name for each in ClearanceCondition.objects.all()] == ["Fakultas", "Tidak ada tanggungan"]
    application = apply(purpose, ani, by=None)
    decide(application, second, accepted=True, by=sari)
    assert at_desk.post(reverse("members:clearance_condition", args=[second.pk]), {"_method": "DELETE"}).status_code == 409
    assert at_desk.post(reverse("members:clearance_condition", args=[first.pk]), {"_method": "DELETE"}).status_code == 302
    assert at_desk.post(reverse("members:clearance_purpose", args=[purpose.pk]), {"_method": "DELETE"}).status_code == 409


def test_the_hook_keeps_its_key_when_its_address_changes(at_desk):
    address = reverse("members:clearance_hook")
    at_desk.post(address, {"address": "https://siakad.example/kait", "is_active": "on"})
    key = ClearanceHook.objects.get().secret
    at_desk.post(address, {"address": "https://siakad.example/baru"})
    hook = ClearanceHook.objects.get()
    assert (hook.address, hook.is_active, hook.secret) == ("https://siakad.example/baru", False, key)
    assert at_desk.post(address, {"address": "ftp://siakad.example"}).status_code == 422


def test_letters_in_doubt_are_told_to_those_who_issue(at_desk, ani, owing):
    purpose = ClearancePurposeFactory()
    ClearanceConditionFactory(purpose=purpose, kind="automatic", check_code="above.owing", verifier_role="")
    issue(apply(purpose, ani, by=None), address=ADDRESS, by=None)
    owing.owe(ani, "Bumi manusia, jatuh tempo 1 Desember 2026")
    assert "1 surat perlu diperiksa" in at_desk.get(reverse("members:clearances")).content.decode()
    assert "Bumi manusia" in at_desk.get(reverse("members:clearance_doubts")).content.decode()


def test_the_key_that_signs_is_shown_once_sealed_in_the_database_and_known_by_its_end(at_desk):
    address = reverse("members:clearance_hook")
    first = at_desk.post(address, {"address": "https://siakad.example/kait", "is_active": "on"})
    hook = ClearanceHook.objects.get()
    key = hook.secret
    assert (key in first.content.decode(), first["Cache-Control"]) == (True, "no-store")
    later = at_desk.get(address).content.decode()
    assert (key in later, f"<code>{key[-4:]}</code>" in later, key in hook.sealed_secret) == (False, True, False)
    renewed = at_desk.post(reverse("members:clearance_hook_key")).content.decode()
    other = ClearanceHook.objects.get().secret
    assert (other != key, other in renewed, key in renewed) == (True, True, False)


def test_a_key_that_cannot_be_read_any_more_is_told_and_can_be_made_anew(at_desk, settings):
    at_desk.post(reverse("members:clearance_hook"), {"address": "https://siakad.example/kait", "is_active": "on"})
    settings.SECRETS_KEY = Fernet.generate_key().decode()
    assert "tidak terbaca lagi" in at_desk.get(reverse("members:clearance_hook")).content.decode()
    assert at_desk.post(reverse("members:clearance_hook_key")).status_code == 200
    assert "tidak terbaca lagi" not in at_desk.get(reverse("members:clearance_hook")).content.decode()


def test_a_file_swapped_after_the_page_was_opened_is_not_judged(at_desk, ani, sari):
    asked = ClearanceConditionFactory(kind="upload", name="Lembar pengesahan", verifier_role="librarian")
    application = apply(asked.purpose, ani, by=None)
    seen = give_file(application, asked, name="lembar.pdf", content=PAPER, by=ani.user).file_hash
    page = at_desk.get(reverse("members:clearance", args=[application.pk])).content.decode()
    assert f'name="seen" value="{seen}"' in page
    other = give_file(application, asked, name="lembar.pdf", content=PAPER + b" %%EOF", by=ani.user)
    answer = reverse("members:clearance_answer", args=[application.pk, asked.pk])
    refused = at_desk.post(answer, {"verdict": "accept", "seen": seen})
    assert (refused.status_code, "Buka berkas barunya dahulu" in refused.content.decode()) == (409, True)
    other.refresh_from_db()
    assert other.state == "waiting"
    at_desk.post(answer, {"verdict": "accept", "seen": other.file_hash})
    other.refresh_from_db()
    assert other.state == "accepted"
