"""Each content is identified soon after it came; the register says how long its format will be read."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from lumbung.digital.domain import fixity, store
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.kept_formats import identifying
from lumbung.digital.domain.kept_formats.judging import judge_format, take_judgement_back
from lumbung.digital.domain.tending import contents_need_care
from lumbung.digital.models import Conditions, KeptContent, KeptFormat
from lumbung.digital.queries.kept_formats import kept_formats, progress
from lumbung.digital.tests.factories import LARGEST, a_file, a_zip
from lumbung.formats import ocfl, pronom
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/digital/formats"


def preserved(**facts: object) -> KeptContent:
    file = a_file(**facts)
    fixity.register([file.pk])
    return KeptContent.objects.get(sha256=file.sha256)


def again(content: KeptContent) -> KeptContent:
    return KeptContent.objects.select_related("format").get(pk=content.pk)


def told() -> list[dict[str, object]]:
    return [row.data for row in JournalEntry.objects.filter(name="FormatIdentified").order_by("pk")]


def test_a_content_is_identified_once_with_tool_and_basis():
    content = preserved()
    assert contents_need_care()
    assert identifying.identify_due() is False
    assert not identifying.contents_are_unidentified()
    found = again(content)
    assert found.format is not None
    assert (found.format.puid, found.format.risk, found.identify_due) == ("fmt/18", "low", False)
    assert found.identified_with == pronom.tool()
    assert "byte match" in found.identified_by
    assert told() == [{"content": content.pk, "sha256": content.sha256, "puid": "fmt/18", "tool": pronom.tool()}]
    identifying.identify_again(by=None)
    identifying.identify_due()
    assert len(told()) == 1


def test_other_signatures_ask_for_everything_again_and_the_journal_keeps_both():
    content = preserved()
    identifying.identify_due()
    assert identifying.identify_with_new_signatures() == 0
    KeptContent.objects.update(identified_with="Siegfried 1.0; DROID_SignatureFile_V80.xml")
    assert identifying.identify_with_new_signatures() == 1
    identifying.identify_due()
    assert [row["puid"] for row in told()] == ["fmt/18", "fmt/18"]
    assert again(content).identified_with == pronom.tool()


def test_what_is_missing_waits_for_a_good_copy_and_is_looked_for(settings):
    content = preserved()
    shutil.rmtree(Path(settings.DATA) / "files" / store.ROOT / ocfl.place_of(content.sha256))
    assert identifying.identify_due() is False
    fixity.check_due()
    found = again(content)
    assert (found.condition, found.identify_due, found.identified_at) == (Conditions.MISSING, True, None)
    assert not KeptContent.objects.to_identify().exists()


def test_a_file_that_breaks_the_program_is_unknown_and_its_neighbours_are_not(monkeypatch: pytest.MonkeyPatch):
    good = preserved()
    content = store.put([a_zip(isi__txt="x")], name="b.zip", largest=LARGEST)
    bad = add_file(a_file(name="lain.pdf").record, content, name="b.zip", by=None)
    fixity.register([bad.pk])
    identify = pronom.identify

    def breaks(files: list[tuple[Path, str]]) -> pronom.Identified:
        if any(name == "b.zip" for _path, name in files):
            raise pronom.Unidentifiable("time")
        return identify(files)

    monkeypatch.setattr(pronom, "identify", breaks)
    identifying.identify_due()
    assert again(good).format is not None
    broken = KeptContent.objects.get(sha256=content.sha256)
    assert (broken.format, broken.identified_by, broken.identify_due) == (None, identifying.FAILED, False)
    assert progress().unknown == 1


def test_a_judgement_has_its_reason_is_audited_and_can_be_taken_back(sari):
    preserved()
    identifying.identify_due()
    kept = KeptFormat.objects.get()
    with pytest.raises(Refused) as refusal:
        judge_format(kept, risk="high", reason=" ", plan="", by=sari)
    assert refusal.value.codes == ["format_risk_without_reason"]
    judged = judge_format(kept, risk="high", reason="Hurufnya tidak dibawa", plan="Ubah ke PDF/A", by=sari)
    assert (judged.risk, judged.judged_by) == ("high", sari)
    assert [each.puid for each in kept_formats("high")] == ["fmt/18"]
    back = take_judgement_back(kept, by=sari)
    assert (back.risk, back.reason, back.judged_at) == ("low", "", None)
    with pytest.raises(Refused):
        take_judgement_back(kept, by=sari)
    rows = JournalEntry.objects.filter(name="FormatJudged").order_by("pk")
    assert [(row.actor_id, row.data["risk"], row.data["fields"]) for row in rows] == [
        (sari.pk, "high", ["plan", "reason", "risk"]),
        (sari.pk, "low", []),
    ]


def test_staff_see_formats_judge_them_and_ask_for_them_again(signed_in, sari, ani):
    client = signed_in(Client(), sari)
    assert "Belum ada format yang dikenali" in client.get(ADDRESS).text
    content = preserved(name="Skripsi Ani.pdf")
    assert "menunggu dikenali" in client.get(ADDRESS).text
    identifying.identify_due()
    page = client.get(ADDRESS).text
    assert "Acrobat PDF 1.4" in page
    assert "usulan" in page
    kept = KeptFormat.objects.get()
    assert "Skripsi Ani.pdf" in client.get(f"{ADDRESS}/{kept.pk}").text
    refused = client.post(f"{ADDRESS}/{kept.pk}", {"risk": "watch", "reason": " ", "plan": ""})
    assert refused.status_code == 422
    saved = client.post(f"{ADDRESS}/{kept.pk}", {"risk": "watch", "reason": "Coba buka tiap tahun", "plan": "x"}, follow=True)
    assert "Coba buka tiap tahun" in saved.text
    assert "fmt/18" in client.get(f"{ADDRESS}.csv").getvalue().decode()
    assert "fmt/18" in client.get(f"/staff/digital/preservation/{content.pk}").text
    assert "akan dikenali ulang" in client.post(f"{ADDRESS}/identification", follow=True).text
    assert again(content).identify_due
    assert "Usulan berlaku lagi" in client.post(f"{ADDRESS}/{kept.pk}/proposal", follow=True).text
    for method, path in [("get", ""), ("get", ".csv"), ("get", f"/{kept.pk}"), ("post", "/identification")]:
        assert getattr(signed_in(Client(), ani.user), method)(ADDRESS + path).status_code == 403


def test_what_is_unknown_can_be_listed(signed_in, sari):
    content = preserved(name="aneh.pdf")
    KeptContent.objects.filter(pk=content.pk).update(identify_due=False, identified_at=content.kept_at)
    client = signed_in(Client(), sari)
    assert "?format=unknown" in client.get(ADDRESS).text
    assert "aneh.pdf" in client.get("/staff/digital/preservation?format=unknown").text
    identifying.identify_again(by=None)
    identifying.identify_due()
    assert "aneh.pdf" not in client.get("/staff/digital/preservation?format=unknown").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(signed_in, sari, count: int, django_assert_max_num_queries):
    client = signed_in(Client(), sari)
    for number in range(count):
        KeptFormat.objects.create(puid=f"fmt/{number}", name="X").contents.create(
            sha256=str(number) * 64,
            size=1,
            media_type="application/pdf",
            kept_at="2026-01-01T00:00Z",
            check_after="2026-01-01T00:00Z",
        )
    client.get(ADDRESS)
    with django_assert_max_num_queries(9):
        client.get(ADDRESS)
