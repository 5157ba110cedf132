"""All processes at rest fit in 250 MiB: what only some work needs is not loaded for all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.at_rest import MOST, PAGES
from bench.processes import memory_of_group
from tests.installation import SOURCE, Installation

SLOW_OR_LARGE = {"PIL", "babel", "lxml", "pymarc", "psycopg", "segno", "typst", "playwright", "pytest"}


def test_a_serving_process_loads_nothing_it_may_never_need(tmp_path: Path):
    script = (
        "import sys, django; django.setup(); from django.core.wsgi import get_wsgi_application as serve; serve();"
        "from django.urls import get_resolver; get_resolver().url_patterns; import lumbung.kernel.jobs.worker;"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LUMBUNG_DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "lumbung.project.settings"
    environment.pop("LUMBUNG_DATABASE_URL", None)
    loaded = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert SLOW_OR_LARGE & set(loaded.stdout.split()) == set()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell memory by process")
def test_all_processes_at_rest_fit_in_250_mib(installation: Installation, tmp_path: Path):
    # Django loads jinja2 where it finds it: here by a tool of developers, in no installation.
    (tmp_path / "jinja2.py").write_text("raise ImportError", encoding="ascii")
    installation.environment["PYTHONPATH"] = os.pathsep.join([str(tmp_path), installation.environment["PYTHONPATH"]])
    installation.start("up")
    assert [installation.get(page).status for page in PAGES] == [200] * len(PAGES)
    assert installation.process
    assert memory_of_group(installation.process.pid) <= MOST
