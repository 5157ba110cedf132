"""Starting and stopping: what an operator sees, on a good day and on each bad one."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lumbung.formats.marc import Field, Record
from lumbung.formats.marc.iso2709_writer import to_iso2709
from tests.installation import PATIENCE, PORT_TAKEN, Installation


def in_private_mounts(mount: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program where ``folder`` is a file system of its own that nobody else sees; skips where that is not allowed."""
    return script_in_private_mounts(mount, folder, 'exec "$python" -m lumbung "$@"', *arguments)


def script_in_private_mounts(mount: str, folder: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A shell script there, to which ``$python`` and ``$folder`` are known."""
    folder.mkdir(exist_ok=True)
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a test mount a file system")
    command = f'python="{sys.executable}" folder="{folder}"; mount -t tmpfs {mount} none "$folder" && {script}'
    environment = Installation(folder).environment
    return subprocess.run(
        [*unshare, "sh", "-c", command, "sh", *arguments],
        env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def test_it_starts_says_where_and_stops_cleanly(installation: Installation):
    installation.start("up", "--empty")
    assert installation.says(f"Lumbung is ready: {installation.address}")
    assert installation.stop() == 0
    assert installation.output.endswith("Lumbung berhenti dengan rapi (stopped cleanly).\n")
    assert not installation.answers()


def test_a_second_ctrl_c_forces_the_end(installation: Installation):
    installation.start("up", "--empty")
    assert installation.process
    os.kill(installation.process.pid, signal.SIGSTOP)  # so that both come before it can finish the clean stop
    os.kill(installation.process.pid, signal.SIGINT)
    os.kill(installation.process.pid, signal.SIGCONT)
    os.kill(installation.process.pid, signal.SIGINT)
    assert installation.process.wait(timeout=PATIENCE) in {0, 130}
    assert not installation.answers()


def test_its_processes_end_when_it_is_killed(installation: Installation):
    installation.start("up", "--empty")
    assert installation.process
    installation.process.kill()
    deadline = time.monotonic() + PATIENCE
    while installation.answers() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not installation.answers()


def test_a_process_that_dies_is_replaced(installation: Installation):
    installation.start("up", "--empty")
    assert installation.process
    children = Path(f"/proc/{installation.process.pid}/task/{installation.process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell which processes a process started")
    first = set(children.read_text().split())
    server = max(first, key=int)
    os.kill(int(server), signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while len(set(children.read_text().split()) - {server}) < len(first) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(set(children.read_text().split()) - {server}) >= len(first)
    assert installation.answers()


@pytest.mark.parametrize("killed", ["the worker", "the watch over it"])
def test_background_work_goes_on_when_its_process_is_killed(installation: Installation, killed: str):
    installation.start("up", "--empty")
    assert installation.process
    watch = min(children_of(installation.process.pid))
    worker = children_of(watch, wait=True)[0]
    os.kill(worker if killed == "the worker" else watch, signal.SIGKILL)
    file = installation.data.with_suffix(".mrc")
    file.write_bytes(to_iso2709(Record("00000nam a2200000 i 4500", [Field("245", "0", "0", [("a", "Padi gogo")])])))
    assert installation.run("import", str(file)).returncode == 0
    deadline = time.monotonic() + PATIENCE
    while "Padi gogo" not in installation.run("find", "padi gogo").stdout and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "Padi gogo" in installation.run("find", "padi gogo").stdout
    assert installation.stop() == 0


def children_of(process: int, *, wait: bool = False) -> list[int]:
    """The processes it started, in the order in which they began; with ``wait`` once there is one."""
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this system does not tell which processes a process started")
    deadline = time.monotonic() + PATIENCE
    while wait and not told.read_text().split() and time.monotonic() < deadline:
        time.sleep(0.1)
    return sorted(map(int, told.read_text().split()))


def test_a_port_in_use_is_named(installation: Installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = installation.run("up", "--empty", "--port", str(port))
    assert (done.returncode, done.stdout) == (PORT_TAKEN, "")
    assert done.stderr.startswith(f"Porta {port} sedang dipakai program lain.\n")
    assert not (installation.data / "lumbung.sqlite3").exists()


def test_two_installations_never_share_a_port(installation: Installation, tmp_path: Path):
    installation.start("up", "--empty")
    second = Installation(tmp_path / "second")
    assert second.run("up", "--empty", "--port", str(installation.port)).returncode == PORT_TAKEN


def test_a_host_that_is_not_this_machine_is_named(installation: Installation):
    done = installation.run("up", "--empty", "--host", "192.0.2.1", "--port", str(installation.port))
    assert done.returncode == PORT_TAKEN
    assert done.stderr.startswith("Alamat 192.0.2.1 bukan alamat mesin ini.\n")


@pytest.mark.parametrize("port", ["99999", "-1", "delapan"])
@pytest.mark.parametrize("command", ["up", "serve", "sip2"])
def test_a_port_that_no_machine_has_is_refused(installation: Installation, laid: Path, command: str, port: str):
    installation.take(laid)
    done = installation.run(command, f"--port={port}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"“{port}” tidak dapat dipakai; isi bilangan 0 sampai 65535" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("secret", ["", "rahasia-yang-sudah-ada"])
@pytest.mark.parametrize("place", ["/proc/lumbung", "/dev/null", "/dev/null/lumbung"])
def test_a_data_folder_that_cannot_be_is_named(installation: Installation, place: str, secret: str):
    done = installation.run("up", "--empty", "--port", "0", "--data", place, LUMBUNG_SECRET_KEY=secret)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(
        f"Folder data tidak dapat dibuat, atau bukan folder: {place}\nPilih folder lain dengan --data DIR.\n"
    )


def test_a_read_only_data_folder_is_named(tmp_path: Path):
    done = in_private_mounts("-o ro,size=1m", tmp_path / "data", "up", "--empty", "--port", "0")
    assert done.returncode == 4
    assert done.stderr.startswith(f"Folder data tidak dapat ditulisi: {tmp_path / 'data'}")
    assert "Traceback" not in done.stderr


def test_a_disk_with_no_room_is_named_before_anything_is_begun(tmp_path: Path):
    done = in_private_mounts("-o size=8m", tmp_path / "data", "up", "--empty", "--port", "0")
    assert done.returncode == 4
    assert done.stderr.startswith(f"Disk penuh: {tmp_path / 'data'}\n")
    assert "Traceback" not in done.stderr


def test_a_disk_that_fills_up_during_work_is_named(tmp_path: Path):
    done = in_private_mounts("-o size=400k", tmp_path / "data", "migrate", "-v0")
    assert done.returncode == 4
    assert done.stderr.startswith(f"Disk penuh: {tmp_path / 'data'}\n")


def test_an_import_that_fills_the_disk_goes_on_when_there_is_room(tmp_path: Path):
    file = tmp_path / "katalog.mrc"
    fields = [Field("520", " ", " ", [("a", "padi " * 600)])]
    file.write_bytes(
        b"".join(
            to_iso2709(Record("00000nam a2200000 i 4500", [Field("245", "0", "0", [("a", f"Judul {number}")]), *fields]))
            for number in range(1500)
        )
    )
    script = (
        '"$python" -m lumbung migrate -v0; "$python" -m lumbung import "$1"; echo $?;'
        ' mount -o remount,size=60m "$folder"; "$python" -m lumbung import --resume 1; echo $?'
    )
    done = script_in_private_mounts("-o size=12m", tmp_path / "data", script, str(file))
    assert done.stdout == "4\n0\n"
    assert "Ruang penyimpanan penuh. Kosongkan ruang, lalu lanjutkan impor ini.\n" in done.stderr
    assert "Lanjutkan dengan: lumbung import --resume 1\n" in done.stderr
    assert "1500 judul dan 0 eksemplar ditambahkan; 0 cantuman dan 0 eksemplar ditolak" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_of_a_newer_version_is_left_alone(installation: Installation, laid: Path):
    installation.take(laid)
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        database.execute("insert into django_migrations (app, name, applied) values ('catalogue', '0999_future', '2031-01-01')")
    database.close()
    before = (installation.data / "lumbung.sqlite3").read_bytes()
    done = installation.run("up", "--empty", "--port", str(installation.port))
    assert done.returncode == 4
    assert done.stderr.startswith("Data ini ditulis oleh Lumbung yang lebih baru (catalogue.0999_future).\n")
    assert (installation.data / "lumbung.sqlite3").read_bytes() == before


@pytest.mark.parametrize("pending", ["", "discovery"])
def test_data_with_the_tables_of_a_trial_version_is_left_alone(installation: Installation, laid: Path, pending: str):
    installation.take(laid)
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        database.execute("alter table organization_branch rename column address to street")
        database.execute("drop table organization_closure")
        database.execute("delete from django_migrations where app = ?", [pending])
    database.close()
    before = (installation.data / "lumbung.sqlite3").read_bytes()
    differing = "organization_branch.address, organization_branch.street, organization_closure"
    done = installation.run("up", "--empty", "--port", str(installation.port))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(f"Tabel basis data ini lain daripada yang dikenal versi ini: {differing}\n")
    assert (installation.data / "lumbung.sqlite3").read_bytes() == before
    examined = installation.run("doctor")
    assert examined.returncode == 1
    assert f"Tabel basis data lain daripada yang dikenal versi ini: {differing}." in examined.stdout
    assert "Traceback" not in examined.stdout + examined.stderr
    assert "perubahan basis data belum dijalankan" not in examined.stdout  # nothing could run them here


def test_a_damaged_database_is_named(installation: Installation):
    installation.data.mkdir()
    (installation.data / "lumbung.sqlite3").write_bytes(b"this is no database\n" * 200)
    done = installation.run("up", "--empty", "--port", str(installation.port))
    assert done.returncode == 4
    assert done.stderr.startswith("Berkas basis data rusak atau tidak terbaca: ")


def test_a_database_that_is_not_prepared_is_named(installation: Installation):
    done = installation.run("import", "katalog.mrc")
    assert done.returncode == 4
    assert "belum disiapkan untuk versi ini" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "work"])
def test_no_service_begins_on_tables_that_are_not_its_own(installation: Installation, laid: Path, command: str):
    before_any = installation.run(command)
    assert (before_any.returncode, before_any.stdout) == (4, "")
    assert "belum disiapkan untuk versi ini" in before_any.stderr
    shutil.rmtree(installation.data)
    installation.take(laid)
    with sqlite3.connect(installation.data / "lumbung.sqlite3") as database:
        database.execute("drop table organization_closure")
    database.close()
    done = installation.run(command)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("Tabel basis data ini lain daripada yang dikenal versi ini: organization_closure\n")


def test_pages_that_are_served_alone_have_their_style_sheet(installation: Installation, laid: Path):
    installation.take(laid)
    shutil.rmtree(installation.data / "static", ignore_errors=True)
    installation.start("serve")
    assert installation.get("/static/lumbung/lumbung.css").status == 200
    assert f"Halaman dilayani di porta {installation.port} (127.0.0.1)." in installation.output


def test_root_makes_no_files_in_the_folder_of_another_user(installation: Installation, laid: Path):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    installation.take(laid)
    os.chown(installation.data, 61_234, 61_234)
    done = installation.run("reindex")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("Folder data ini milik pengguna 61234, sedangkan perintah ini dijalankan oleh root.\n")
    assert installation.run("backup", str(installation.data.with_suffix(".backup"))).returncode == 0


def test_what_members_told_is_read_by_no_other_user_of_the_machine(installation: Installation):
    assert installation.run("migrate").returncode == 0
    assert installation.data.stat().st_mode & 0o077 == 0


def test_a_database_server_that_is_away_is_named(installation: Installation):
    url = f"postgres://lumbung@127.0.0.1:{installation.port}/lumbung"
    done = installation.run("up", "--empty", "--port", str(installation.port), LUMBUNG_DATABASE_URL=url)
    assert done.returncode == 6  # a service manager tries that again, and no other trouble
    assert done.stderr.startswith("Basis data tidak dapat dihubungi: ")


def test_a_setting_that_cannot_be_used_is_named(installation: Installation):
    done = installation.run("doctor", LUMBUNG_LANGUAGE="jawa", LUMBUNG_SECURE="maybe")
    assert done.returncode == 2
    assert "LUMBUNG_LANGUAGE: " in done.stderr
    assert "LUMBUNG_SECURE: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["doctor", "demo"])
def test_a_data_folder_that_was_never_prepared_is_named(installation: Installation, command: str):
    done = installation.run(command)
    assert done.returncode == 4
    assert done.stderr.startswith(f"Basis data di {installation.data} belum disiapkan untuk versi ini.\n")
    assert "OperationalError" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["import", "up", "migrate", "requirements"])
def test_the_help_of_every_command_names_the_data_folder(installation: Installation, command: str):
    told = installation.run(command, "--help").stdout
    assert "--data DIR" in told
    assert "folder data (bawaan: data, atau menurut LUMBUNG_DATA)" in " ".join(told.split())


def test_a_shortened_name_of_the_data_folder_is_not_left_unheard(installation: Installation, tmp_path: Path):
    done = installation.run("doctor", "--dat", str(tmp_path))
    assert done.returncode == 2
    assert f"tulis utuh: --data {tmp_path}" in done.stderr


@pytest.mark.parametrize("asked", [["requirements", "R101"], ["--help"], ["import", "--help"], []])
def test_no_data_folder_is_made_for_what_needs_none(installation: Installation, asked: list[str]):
    assert installation.run(*asked).returncode == 0
    assert not installation.data.exists()


def test_a_requirement_that_is_not_there_is_named(installation: Installation):
    done = installation.run("requirements", "R101", "R999")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Tidak ada kebutuhan R999 di docs/requirements.md.\n")


@pytest.mark.parametrize(
    ("option", "bounds"), [("--page=0", "mulai 1"), ("--size=-5", "1 sampai 100"), ("--size=101", "1 sampai 100")]
)
def test_a_page_that_cannot_be_is_refused(installation: Installation, option: str, bounds: str):
    done = installation.run("find", "padi", option)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"“{option.partition('=')[2]}” tidak dapat dipakai; isi bilangan {bounds}" in done.stderr


def test_a_command_that_is_not_there_is_named(installation: Installation):
    done = installation.run("pohon")
    assert done.returncode == 2
    assert done.stderr.startswith("Perintah “pohon” tidak dikenal. Semua perintah: lumbung --help\n")


def test_the_help_of_migrate_is_that_of_moving_a_library_in(installation: Installation):
    done = installation.run("migrate", "--help")
    assert (done.returncode, "pemakaian: lumbung migrate " in done.stdout, "SISTEM" in done.stdout) == (0, True, True)
