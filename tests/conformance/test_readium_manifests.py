"""Manifests that other readers take, judged by the published JSON Schemas of Readium."""

from pathlib import Path

import pytest
from django.test import Client

from lumbung.digital.tests.factories import a_file
from lumbung.discovery.tests.opds_schemas import faults
from lumbung.organization.tests.factories import LibraryFactory

SCHEMA = "readium-webpub/publication.schema.json"
BOOKS = ["epub/childrens-literature.epub", "epub/regime-anticancer-arabic.epub", "epub/svg-in-spine.epub", "epub/trees.epub"]
WITH_CONTENTS = "pdf/pypdf-006-pdflatex-outline-pdflatex-outline.pdf"
DOCUMENTS = [WITH_CONTENTS, "pdf/thesis-taelman-2020.pdf", "pdf/eprints-paper.pdf"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*BOOKS, *DOCUMENTS])
def test_the_manifest_of_a_real_work_is_one_by_the_published_schema(client: Client, shared_data: Path, name: str):
    LibraryFactory()
    path = shared_data / name
    file = a_file(content=path.read_bytes(), name=path.name)
    told = client.get(f"/files/{file.pk}/manifest.json").json()
    assert faults(shared_data, SCHEMA, told) == []
    assert (len(told["readingOrder"]) > 0, "toc" in told) == (True, name in [*BOOKS, WITH_CONTENTS])


@pytest.mark.django_db
def test_the_manifest_of_a_recording_is_one_by_the_published_schema(client: Client, shared_data: Path):
    LibraryFactory()
    file = a_file(content=b"ID3" + b"\0" * 200, name="wawancara.mp3")
    told = client.get(f"/files/{file.pk}/manifest.json").json()
    assert faults(shared_data, SCHEMA, told) == []
    assert told["metadata"]["conformsTo"] == "https://readium.org/webpub-manifest/profiles/audiobook"
