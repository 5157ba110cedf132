"""Families the collection proved are added at night; librarians see them and can switch them off."""

import pytest

from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.search.analysis import Told, tell
from lumbung.search.documents import Query
from lumbung.search.domain.learning import learn_families
from lumbung.search.domain.words import remove_group, set_active
from lumbung.search.models import WordGroup
from lumbung.search.queries import find


@pytest.fixture
def _as_found():
    yield
    tell(Told())


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_found")
def test_the_collection_teaches_a_family_once_and_a_librarian_switches_it_off(sari):
    for title in ("Akreditasi sekolah", "Akreditasi perpustakaan", "Sekolah terakreditasi", "Mengakreditasi laboratorium"):
        catalogued(title)
    work_off()
    assert find(Query("akreditasi", by_work=True)).total == 2
    assert learn_families() == 1
    work_off()
    [group] = WordGroup.objects.filter(source="collection")
    assert (group.terms, group.kind) == (["akreditasi", "mengakreditasi", "terakreditasi"], "family")
    assert JournalEntry.objects.get(name="WordGroupAdded").data["word_group"] == group.pk
    assert find(Query("akreditasi")).total == 4
    assert learn_families() == 0

    with pytest.raises(Refused) as refused:
        remove_group(group, by=sari)
    assert refused.value.codes == ["built_in_stays"]
    set_active(group, False, by=sari)
    work_off()
    assert learn_families() == 0
    assert find(Query("akreditasi")).total == 2
