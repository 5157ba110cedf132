"""Personal data is kept nowhere unknown: whatever refers to a member, or to their account as its owner, says how it is read and erased.

What is read of it is in words, however deep it stands: no key of the copy and no code reaches a member as the program calls it.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from lumbung.accounts.models import User
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.circulation.models import (
    ArticleRequest,
    Booking,
    Fee,
    FeeAccount,
    Handover,
    Hold,
    KeptAddress,
    Loan,
    Payment,
    PersonalRule,
)
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.desk.models import Appointment, Bundle, Conversation, Rating, Turn
from lumbung.digital.models import (
    Deposit,
    EHold,
    ELoan,
    File,
    Lending,
    Licence,
    Mark,
    Passphrase,
    Position,
    ReadingDevice,
    Sitting,
)
from lumbung.discovery.models import (
    Course,
    CourseItem,
    CourseSection,
    ListedTitle,
    PersonalList,
    ReaderNeeds,
    Reserve,
    SavedSearch,
)
from lumbung.formats.readium import Locator
from lumbung.kernel import clock
from lumbung.knowledge.models import Board
from lumbung.members.domain.privacy.holdings import Holding, registered
from lumbung.members.domain.privacy.reading import COMMON, readable
from lumbung.members.models import (
    ChannelLink,
    ClearanceApplication,
    ClearanceLetter,
    Consent,
    ConsentPurpose,
    FormerCard,
    JoinRequest,
    Look,
    Member,
    MemberIdentifier,
    MemberMerger,
    PrivacyRequest,
)
from lumbung.spaces.models import Visit

PLACE = Locator(
    href="a.xhtml", media_type="text/html", title="Bab 1", fragments=("p1",), progression=0.5, position=3, total=0.1,
    before="lalu", highlight="ini", after="dan",
).as_json()  # fmt: skip


def row(model: type[models.Model], **given: Any) -> Any:
    """A row of this model: what is not given, and need not be left out, is filled with anything that fits."""
    for field in model._meta.concrete_fields:
        fills = not (field.null or field.blank or field.has_default() or (field.primary_key and field.remote_field is None))
        if fills and not {field.name, field.attname} & given.keys():
            given[field.name] = _anything(field)
    return model._base_manager.create(**given)


def _anything(field: models.Field) -> Any:
    if isinstance(field, models.ForeignKey):
        return field.related_model._base_manager.first() or row(field.related_model)
    if field.choices:
        return next(iter(field.flatchoices))[0]
    number, now = field.model._base_manager.count() + 1, clock.now()
    said = {
        models.DateTimeField: now,
        models.DateField: now.date(),
        models.TimeField: now.time(),
        models.JSONField: {},
        models.CharField: f"a{number}",
        models.TextField: f"a{number}",
    }
    return next((value for kind, value in said.items() if isinstance(field, kind)), number)


def test_every_model_that_refers_to_a_person_belongs_to_a_holding():
    told = {name for each in registered() for name in each.models}
    of_members = [each for each in Member._meta.get_fields(include_hidden=True) if each.is_relation and each.auto_created]
    referring = {relation.related_model._meta.label for relation in [*of_members, *User._meta.related_objects]}
    assert referring - told == set()


def keep_something_everywhere(member: Member) -> None:
    """One row at least of whatever the parts keep of a member."""
    _keep_membership(member)
    _keep_circulation(member)
    _keep_desk(member)
    _keep_digital(member)
    _keep_discovery(member)
    row(
        PurchaseRequest, member=member, creator="A", isbn="9786020633176", why="kuliah", reason="-", pickup_branch=member.branch
    )
    row(Visit, member=member, kind="member")
    row(Board, made_by=member.user).members.add(member.user)


def _keep_membership(member: Member) -> None:
    row(FormerCard, member=member)
    row(MemberMerger, into=member.pk, gone=0)
    row(MemberIdentifier, member=member)
    row(Consent, member=member)
    row(ClearanceLetter, application=row(ClearanceApplication, member=member))
    row(PrivacyRequest, member=member)
    row(ChannelLink, member=member)
    row(JoinRequest, member=member, email="a@kampus.example")
    Client(headers={"user-agent": "Firefox/128.0"}).force_login(member.user)
    row(Look, member=member)


def _keep_circulation(member: Member) -> None:
    row(Loan, member=member, item=ItemFactory(), policy={})
    row(Hold, member=member)
    row(Booking, member=member, item=ItemFactory(), note="Kelas A")
    row(Fee, account=row(FeeAccount, member=member))
    row(Handover, member=member, kind="delivery", address="Jalan A", courier="A", tracking="1")
    row(KeptAddress, member=member)
    row(PersonalRule, member=member, kind="only")
    asked = {"title": "A", "author": "A", "issue": "1", "pages": "1", "note": "a", "purpose": "study", "address": "Jalan A"}
    row(ArticleRequest, member=member, reason="a", **asked)
    row(Payment, member=member, receipt_number="1", reference="a", state="received")


def _keep_desk(member: Member) -> None:
    asked = row(Conversation, member=member, channel="whatsapp")
    row(Turn, conversation=asked, text="Adakah?")
    row(Bundle, conversation=asked, words="a")
    row(Appointment, member=member, ends_at=clock.now() + timedelta(hours=1))
    row(Rating, conversation=asked, rated_at=clock.now(), manner=5, help=5, word="a")


def _keep_digital(member: Member) -> None:
    row(Deposit, member=member)
    lent = row(ELoan, member=member, lending=row(Lending, file=row(File, added_by=member.user)))
    row(EHold, member=member)
    row(Passphrase, member=member)
    row(ReadingDevice, licence=row(Licence, loan=lent))
    row(Position, reader=member.user, locator=PLACE)
    row(Sitting, reader=member.user)
    row(Mark, reader=member.user, locator=PLACE)


def _keep_discovery(member: Member) -> None:
    row(ListedTitle, list=row(PersonalList, owner=member.user))
    row(SavedSearch, owner=member.user)
    section = row(CourseSection, course=row(Course, lecturer=member.user))
    row(Reserve, reading=row(CourseItem, section=section))
    row(ReaderNeeds, member=member, text="a", declined=["?q=a"])


def places(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Whatever stands in the copy with the keys that lead there (``holds.state``), however deep."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            for key, inner in each.items():
                yield f"{place}.{key}".lstrip("."), inner
                yield from places(f"{place}.{key}".lstrip("."), inner)
        elif isinstance(each, list):
            yield from places(place, each)


def _has_no_word(holding: Holding, place: str) -> bool:
    key = place.rpartition(".")[2]
    return not {key, key.rpartition("__")[2]} & (holding.words.keys() | COMMON.keys())


def _is_a_code(place: str, value: Any, codes: Mapping[str, set[str]]) -> bool:
    name = place.rpartition(".")[2].rpartition("__")[2]
    return isinstance(value, str) and value in codes.get(name, ())


@pytest.mark.django_db
def test_whatever_is_told_of_a_member_is_in_words_however_deep_it_stands(ani):
    keep_something_everywhere(ani)
    codes: dict[str, set[str]] = {}
    for field in (field for model in apps.get_models() for field in model._meta.concrete_fields if field.choices):
        codes.setdefault(field.name, set()).update(code for code, _ in field.flatchoices if isinstance(code, str))
    for holding in registered():
        told = list(places("", holding.told(ani)))
        assert [place for place, value in told if isinstance(value, list | dict) and not value] == [], holding.code
        assert [place for place, _ in told if _has_no_word(holding, place)] == [], holding.code
        assert [place for place, value in told if _is_a_code(place, value, codes) and place not in holding.choices] == []


@pytest.mark.django_db
def test_ways_of_asking_and_purposes_of_consent_are_told_by_their_names(ani):
    row(Turn, conversation=row(Conversation, member=ani, channel="whatsapp"), text="Adakah?")
    row(Consent, member=ani, purpose=row(ConsentPurpose, code="news", name="Kabar buku baru"))
    said = {each.code: str(readable(each, each.told(ani))) for each in registered()}
    assert "kanal: WhatsApp resmi" in said["desk"]
    assert "keperluan: Kabar buku baru" in said["membership"]
