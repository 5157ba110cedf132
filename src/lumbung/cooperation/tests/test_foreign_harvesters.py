"""Two harvesters of other hands, over HTTP: all of it, and later only what changed, with what went."""

import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from oaipmh_scythe import Scythe

from lumbung.catalogue.domain.records import change_record, remove_record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.cooperation.domain.rules import change_sharing_rules
from lumbung.cooperation.domain.sharing import refresh
from lumbung.kernel import clock
from lumbung.kernel.remembered import forget_everything

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # sickle's own source has escapes that Python no longer likes
    from sickle import Sickle

pytestmark = pytest.mark.django_db(transaction=True)
THEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
Harvest = Callable[..., dict[str, bool]]


def by_sickle(address: str, **arguments: str) -> dict[str, bool]:
    told = {{"from_": "from"}.get(name, name): value for name, value in arguments.items()}
    found = Sickle(address).ListRecords(metadataPrefix="oai_dc", **told)
    return {each.header.identifier: each.header.deleted for each in found}


def by_scythe(address: str, **arguments: str) -> dict[str, bool]:
    with Scythe(address) as scythe:
        return {
            each.header.identifier: each.header.deleted for each in scythe.list_records(metadata_prefix="oai_dc", **arguments)
        }


@pytest.mark.parametrize("harvested", [by_sickle, by_scythe])
def test_a_whole_harvest_and_a_later_one_miss_nothing(harvested: Harvest, live_server):
    address = f"{live_server.url}/oai"
    change_sharing_rules(page_size=10, by=None)
    with clock.stopped_at(THEN):
        records = [a_record(f"Judul {at}") for at in range(35)]
        refresh([each.pk for each in records])
    forget_everything()
    names = [f"oai:lumbung.localdomain:{each.pk}" for each in records]
    assert harvested(address) == dict.fromkeys(names, False)
    with clock.stopped_at(THEN + timedelta(days=1)):
        change_record(records[3], marc_of("Judul baru"), version=1, by=None)
        remove_record(records[4], by=None)
        added = a_record("Judul 36")
        refresh([records[3].pk, int(names[4].rpartition(":")[2]), added.pk])
    later = harvested(address, from_="2026-05-01T12:00:02Z")
    assert later == {names[3]: False, names[4]: True, f"oai:lumbung.localdomain:{added.pk}": False}


def test_both_read_what_we_say_of_ourselves_and_one_record(live_server):
    record = a_record("Bumi manusia")
    refresh([record.pk])
    sickle = Sickle(f"{live_server.url}/oai")
    assert sickle.Identify().deletedRecord == "persistent"
    assert [each.metadataPrefix for each in sickle.ListMetadataFormats()] == [
        "oai_dc",
        "marc21",
        "mods",
        "qdc",
        "oai_etdms",
        "rama",
        "oai_datacite",
    ]
    assert next(iter(sickle.ListSets())).setSpec == "type"
    one = sickle.GetRecord(identifier=f"oai:lumbung.localdomain:{record.pk}", metadataPrefix="oai_dc")
    assert one.metadata["title"] == ["Bumi manusia"]
    with Scythe(f"{live_server.url}/oai") as scythe:
        assert scythe.identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
        assert scythe.get_record(f"oai:lumbung.localdomain:{record.pk}").metadata["title"] == ["Bumi manusia"]
