"""A question drawn up once answers as the one that Django draws up each time, on both databases."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from lumbung.kernel.drawn import Among, Drawn, DrawnValues, Told, insert
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.tests.race import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def permission():
    kind = ContentType.objects.create(app_label="lumbung", model="padi")
    return Permission.objects.create(name="menumbuk", codename="pound", content_type=kind)


def test_it_answers_for_the_values_told_and_brings_what_belongs_to_a_row(permission, django_assert_num_queries):
    asked = Drawn(
        lambda: (
            Permission.objects.select_related("content_type")
            .only("codename", "content_type__model")
            .annotate(of=F("content_type__app_label"))
            .filter(Q(codename=Told("code")) | Q(pk=Told("key")), content_type__app_label="lumbung")
        )
    )
    for told in ({"code": "pound", "key": 0}, {"code": "", "key": permission.pk}):
        with django_assert_num_queries(1):
            (found,) = asked.ask(**told)
            assert (found, found.codename, found.content_type.model, found.of) == (permission, "pound", "padi", "lumbung")
        assert "name" in found.get_deferred_fields()
    assert asked.ask(code="", key=0) == []
    assert asked.one(code="", key=0) is None


def test_what_would_be_sql_or_a_place_for_a_value_is_a_value():
    group = Group.objects.create(name="100% 'padi' %s")
    asked = Drawn(lambda: Group.objects.filter(name__in=[Told("name"), Told("other")]).order_by())
    assert asked.ask(name=group.name, other="' OR 1=1 --") == [group]


def test_it_holds_in_every_thread_and_after_a_transaction_was_rolled_back(permission):
    asked = Drawn(lambda: Permission.objects.filter(pk=Told("key")))
    found, _ = race(*[lambda: asked.one(key=permission.pk)] * 3)
    assert found == [permission] * 3
    with transaction.atomic():
        assert asked.one(key=permission.pk) == permission
        transaction.set_rollback(True)
    connection.close()
    assert asked.one(key=permission.pk) == permission


def test_values_of_two_questions_come_together_for_as_many_keys_as_are_told(permission, django_assert_num_queries):
    group = Group.objects.create(name="lesung")
    group.permissions.add(permission)
    entry = JournalEntry.objects.create(
        at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC), name="Threshed", channel="web", data={"a": 1}
    )
    asked = DrawnValues(
        lambda: (
            Permission.objects.filter(Among("group", "groups"))
            .order_by()
            .values_list("pk", "content_type__model")
            .union(
                Group.objects.filter(Among("pk", "groups"), name=Told("name")).order_by().values_list("pk", "name"), all=True
            )
        )
    )
    for name, also in (("lesung", [(group.pk, "lesung")]), ("' OR 1=1 --", [])):
        with django_assert_num_queries(1):
            assert sorted(map(tuple, asked.ask(groups=[group.pk, -1], name=name)), key=repr) == sorted(
                [(permission.pk, "padi"), *also], key=repr
            )
    assert asked.ask(groups=(), name="lesung") == []
    assert len(asked.ask(groups=[group.pk, 10**30, -(2**63) - 1, 2**63], name="lesung")) == 2
    assert len(asked.ask(groups=range(-5_000, group.pk + 1), name="lesung")) == 2
    at = DrawnValues(lambda: JournalEntry.objects.filter(Among("pk", "keys")).values_list("at", "data"))
    assert list(map(tuple, at.ask(keys={entry.pk}))) == [(entry.at, {"a": 1})]


def test_one_that_locks_is_refused_outside_a_transaction(permission):
    asked = Drawn(lambda: Permission.objects.select_for_update(of=("self",)).filter(pk=Told("key")))
    with transaction.atomic():
        assert asked.one(key=permission.pk) == permission
    with pytest.raises(transaction.TransactionManagementError):
        asked.one(key=permission.pk)


def test_a_row_is_inserted_as_saving_it_would(django_assert_num_queries):
    facts = {"record": 7, "item": None, "name": "100% 'padi' %s"}
    told = {
        "at": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        "name": "Threshed",
        "actor_id": None,
        "channel": "web",
        "data": facts,
    }
    saved = JournalEntry.objects.create(**told)
    with django_assert_num_queries(1):
        row = insert(JournalEntry(**told))
        assert (row.pk, row.record, row.item, row._state.adding) == (saved.pk + 1, 7, None, False)
    columns = [field.attname for field in JournalEntry._meta.concrete_fields if not field.primary_key]
    assert JournalEntry.objects.values_list(*columns).get(pk=row.pk) == JournalEntry.objects.values_list(*columns).get(
        pk=saved.pk
    )


def test_a_row_that_a_constraint_forbids_is_refused_as_usual():
    insert(Group(name="penumbuk"))
    with pytest.raises(IntegrityError):
        insert(Group(name="penumbuk"))
    assert Group.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps what it made of a statement by itself")
def test_postgresql_prepares_what_is_drawn_once_and_nothing_else(permission):
    asked = Drawn(lambda: Permission.objects.filter(codename=Told("code")))
    for _ in range(2):
        assert asked.one(code="pound") == permission
        assert list(Permission.objects.filter(codename="pound", name="menumbuk")) == [permission]
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%auth_permission%'")
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert [("menumbuk" in each, "$1" in each) for each in prepared] == [(False, True)]
