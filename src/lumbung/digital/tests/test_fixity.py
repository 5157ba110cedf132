"""Every content is read again; what changed or is gone is found, told, and put right from the good copy."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lumbung.digital.domain import fixity, places, store
from lumbung.digital.domain.deposits.files import add_deposit_file
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import Conditions, KeptContent
from lumbung.digital.tests.factories import a_content, a_deposit, a_file, a_pdf
from lumbung.formats import ocfl
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(settings, tmp_path: Path) -> Path:
    settings.FILES_COPY_URL = str(tmp_path / "second")
    return tmp_path / "second"


def preserved() -> KeptContent:
    file = a_file()
    fixity.register([file.pk])
    return KeptContent.objects.get(sha256=file.sha256)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)


def content_in(root: Path, content: KeptContent) -> Path:
    return root / ocfl.place_of(content.sha256) / ocfl.CONTENT


def first_root(settings) -> Path:
    return Path(settings.DATA) / "files" / store.ROOT


def told(*names: str) -> list[tuple[str, str]]:
    rows = JournalEntry.objects.filter(name__in=names or ["ContentDamaged", "ContentRepaired"]).order_by("pk")
    return [(row.name, row.data.get("how") or row.data.get("source")) for row in rows]


def test_a_sound_content_is_found_sound_and_copied_to_the_second_place(second: Path):
    checked = fixity.check(preserved())
    assert (checked.condition, checked.copied_to, checked.said) == (Conditions.SOUND, str(second), "")
    assert content_in(second, checked).read_bytes() == a_pdf()
    assert told() == []
    assert timedelta(days=89) < checked.check_after - clock.now() <= timedelta(days=90)


def test_a_flipped_byte_is_found_told_and_repaired_from_the_second_place(settings, second: Path):
    content = fixity.check(preserved())
    damaged = content_in(first_root(settings), content)
    flip(damaged)
    assert fixity.check(content).condition == Conditions.SOUND
    assert damaged.read_bytes() == a_pdf()
    assert told() == [("ContentDamaged", "damaged"), ("ContentRepaired", str(second))]


def test_the_command_reads_everything_now_and_says_what_it_put_right(settings, second: Path, capsys):
    content = fixity.check(preserved())
    flip(content_in(first_root(settings), content))
    call_command("fixity")
    assert capsys.readouterr().out == (
        f"{content}: rusak di {first_root(settings)}, sudah diperbaiki dari salinan yang utuh.\n"
        "1 isi berkas dibaca: 1 diperbaiki, 0 rusak atau hilang.\n"
    )
    call_command("fixity")
    assert capsys.readouterr().out == "1 isi berkas dibaca: 0 diperbaiki, 0 rusak atau hilang.\n"
    for root in (first_root(settings), second):
        flip(content_in(root, content))
    with pytest.raises(CommandError, match="Belum semuanya utuh"):
        call_command("fixity")
    assert capsys.readouterr().err == f"{content}: Rusak, dan tidak ada salinan yang utuh.\n"


def test_a_second_place_that_is_named_later_gets_what_is_there_already_the_night_after(settings, tmp_path: Path):
    content = fixity.check(preserved())
    assert (content.copied_to, content.check_after > clock.now()) == ("", True)
    settings.FILES_COPY_URL = str(tmp_path / "second")
    fixity.register_all()
    fixity.check_due()
    content.refresh_from_db()
    assert (content.copied_to, content.check_after > clock.now()) == (str(tmp_path / "second"), True)
    assert content_in(tmp_path / "second", content).read_bytes() == a_pdf()


def test_a_flipped_byte_in_the_copy_is_repaired_from_the_first_place(settings, second: Path):
    content = fixity.check(preserved())
    flip(content_in(second, content))
    assert fixity.check(content).condition == Conditions.SOUND
    assert content_in(second, content).read_bytes() == a_pdf()
    assert told() == [("ContentDamaged", "damaged"), ("ContentRepaired", str(first_root(settings)))]


def test_a_missing_file_is_found_and_put_back(settings, second: Path):
    content = fixity.check(preserved())
    shutil.rmtree(first_root(settings) / ocfl.place_of(content.sha256))
    assert fixity.check(content).condition == Conditions.SOUND
    assert places.first().is_whole(content.sha256)
    assert told() == [("ContentDamaged", "missing"), ("ContentRepaired", str(second))]


def test_an_inventory_that_was_scribbled_on_is_written_again(settings):
    content = fixity.check(preserved())
    inventory = first_root(settings) / ocfl.place_of(content.sha256) / ocfl.INVENTORY
    inventory.write_bytes(b"{}")
    fixity.check(content)
    said = [places.first().said(content.sha256, name) for name in (ocfl.INVENTORY, ocfl.SIDECAR)]
    assert ocfl.faults_of(*said, content.sha256) == []
    assert told()[0] == ("ContentDamaged", "undescribed")


def test_without_a_good_copy_it_is_told_once_and_a_good_file_mends_it(settings, ani):
    content = fixity.check(preserved())
    flip(content_in(first_root(settings), content))
    for _ in range(2):
        content = fixity.check(content)
        assert content.condition == Conditions.DAMAGED
    assert told() == [("ContentDamaged", "damaged")]
    other, same = Path(settings.DATA) / "other.pdf", Path(settings.DATA) / "same.pdf"
    other.write_bytes(a_pdf("lain"))
    same.write_bytes(a_pdf())
    with pytest.raises(Refused) as refusal:
        fixity.keep_good_copy(content, other, by=None)
    assert refusal.value.codes == ["not_the_same_content"]
    assert fixity.keep_good_copy(content, same, by=None).condition == Conditions.SOUND
    assert content_in(first_root(settings), content).read_bytes() == a_pdf()


def test_a_place_that_is_lost_makes_nothing_missing_and_is_asked_again_soon(settings, second: Path):
    content = fixity.check(preserved())
    shutil.rmtree(second)
    second.mkdir()
    checked = fixity.check(content)
    assert checked.condition == Conditions.SOUND
    assert "apakah disknya terpasang" in checked.said
    assert checked.check_after - clock.now() <= fixity.AGAIN
    assert list(second.iterdir()) == []
    shutil.rmtree(first_root(settings))
    first_root(settings).mkdir(parents=True)
    assert fixity.check(content).condition == Conditions.SOUND, "nobody saw it missing: no place answered"
    assert told() == []


def test_contents_take_their_turn_the_one_read_longest_ago_first(settings, monkeypatch):
    change_terms(fixity_days=7, by=None)
    now = clock.now()
    for name in ("satu", "dua", "tiga"):
        fixity.register([a_file(content=a_pdf(name)).pk])
    assert fixity.checks_are_due()
    assert fixity.check_due() is False
    assert not fixity.checks_are_due()
    assert set(KeptContent.objects.values_list("condition", flat=True)) == {"sound"}
    assert JournalEntry.objects.get(name="ContentsChecked").data["count"] == 3
    fixity.check_due()
    assert JournalEntry.objects.filter(name="ContentsChecked").count() == 1
    monkeypatch.setattr(fixity, "STRETCH_SECONDS", 0.0)
    monkeypatch.setattr(fixity, "AT_ONCE", 1)
    with clock.stopped_at(now + timedelta(days=8)):
        fixity.check_due()
        assert KeptContent.objects.filter(check_after__lte=clock.now()).count() == 2
        assert KeptContent.objects.order_by("-checked_at").first() == KeptContent.objects.order_by("pk").first()


def test_terms_refuse_never_to_check():
    with pytest.raises(Refused) as refusal:
        change_terms(fixity_days=0, by=None)
    assert refusal.value.codes == ["fixity_never"]


def test_what_a_deposit_has_is_preserved_too_and_no_content_twice(ani):
    a_file()
    add_deposit_file(a_deposit(ani), a_content(a_pdf("skripsi")), name="skripsi.pdf", by=ani.user)
    add_deposit_file(a_deposit(ani), a_content(a_pdf()), name="sama.pdf", by=ani.user)
    fixity.register_all()
    fixity.register_all()
    assert KeptContent.objects.count() == 2


def test_librarians_see_the_state_and_nobody_else(signed_in, sari, ani):
    content = fixity.check(preserved())
    for address in ("/staff/digital/preservation", f"/staff/digital/preservation/{content.pk}"):
        assert signed_in(Client(), ani.user).get(address).status_code == 403
        assert signed_in(Client(), sari).get(address).status_code == 200


def test_the_page_asks_the_same_with_one_row_and_with_three(signed_in, sari):
    fixity.check(preserved())
    client, counts = signed_in(Client(), sari), []
    for name in ("satu", "dua"):
        client.get("/staff/digital/preservation")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/staff/digital/preservation").status_code == 200
        counts.append(len(asked))
        fixity.register([a_file(content=a_pdf(name)).pk, a_file(content=a_pdf(f"{name} lagi")).pk])
    assert counts[0] == counts[1]


def test_who_looks_at_one_content_is_told_what_was_put_right(settings, second: Path, signed_in, sari):
    content = fixity.check(preserved())
    flip(content_in(first_root(settings), content))
    client, there = signed_in(Client(), sari), f"/staff/digital/preservation/{content.pk}/check"
    assert (
        f"Rusak di {first_root(settings)}, dan sudah diperbaiki dari salinan yang utuh." in client.post(there, follow=True).text
    )
    assert "Sudah dibaca ulang: Utuh." in client.post(there, follow=True).text


def test_a_damaged_content_is_shown_first_and_mended_by_upload(settings, signed_in, sari):
    sound = preserved()
    fixity.check(sound)
    other = a_file(content=a_pdf("rusak"), name="rusak.pdf")
    fixity.register([other.pk])
    content = KeptContent.objects.get(sha256=other.sha256)
    flip(content_in(first_root(settings), content))
    client = signed_in(Client(), sari)
    assert "Sudah dibaca ulang: Rusak." in client.post(f"/staff/digital/preservation/{content.pk}/check", follow=True).text
    page = client.get("/staff/digital/preservation").text
    assert page.index("rusak.pdf") < page.index("naskah.pdf")
    sent = {"piece": SimpleUploadedFile("rusak.pdf", a_pdf("rusak"))}
    mended = client.post(f"/staff/digital/preservation/{content.pk}/copy", sent, follow=True).text
    assert "sama sampai bita terakhir dan sudah dipakai" in mended
    assert "Tidak ada salinan yang utuh" not in mended
    assert "naskah.pdf" not in client.get("/staff/digital/preservation?condition=damaged").text


def test_asking_for_all_gives_each_its_turn_at_once(signed_in, sari):
    fixity.check(preserved())
    assert not KeptContent.objects.filter(check_after__lte=clock.now()).exists()
    assert (
        "1 berkas akan dibaca ulang" in signed_in(Client(), sari).post("/staff/digital/preservation/checks", follow=True).text
    )
    assert KeptContent.objects.filter(check_after__lte=clock.now()).count() == 1
