"""The files of ``deploy/`` are understood by the programs that read them."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path):
    units = []
    for unit in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = unit.read_text().replace("/opt/lumbung/bin/lumbung", "/bin/true")
        units.append(tmp_path / unit.name)
        units[-1].write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx here")
def test_nginx_finds_no_fault_in_the_site(tmp_path: Path):
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=a",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
    ]
    subprocess.run(made, cwd=tmp_path, capture_output=True, check=True)
    site = (DEPLOY / "nginx.conf").read_text()
    site = site.replace("/etc/ssl/certs/ssl-cert-snakeoil.pem", f"{tmp_path}/cert.pem")
    site = site.replace("/etc/ssl/private/ssl-cert-snakeoil.key", f"{tmp_path}/key.pem")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {site} }}")
    done = subprocess.run(["nginx", "-t", "-q", "-c", whole, "-e", "stderr"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_program_the_units_name_has_settings_and_a_user():
    for unit in ["lumbung", "lumbung-serve", "lumbung-work", "lumbung-sip2"]:
        lines = (DEPLOY / f"{unit}.service").read_text().splitlines()
        assert {"User=lumbung", "StateDirectory=lumbung", "RestartSec=5"} <= set(lines)
        assert f"`{unit}.service`" in (DEPLOY / "README.md").read_text()


def test_the_worker_of_the_cluster_is_tried_again_until_the_database_is_prepared():
    services = yaml.safe_load((DEPLOY / "compose.cluster.yaml").read_text())["services"]
    assert (services["work"]["command"], services["work"]["restart"]) == (["work"], "on-failure")
