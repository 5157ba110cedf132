"""Titles, copies, rules, loans and holds for tests: a student may have three books for a week, and renew each twice."""

from datetime import timedelta

import factory

from lumbung.catalogue.models import Item, ItemType, Material, Record
from lumbung.circulation.models import ArticleRequest, BookedDay, Booking, Hold, Loan, LoanRule
from lumbung.kernel import clock
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.tests.factories import BranchFactory


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Record

    title = factory.Sequence(lambda n: f"Judul {n}")
    creator = "Toer, Pramoedya Ananta"
    material = Material.BOOK
    marc = factory.LazyAttribute(
        lambda record: {
            "leader": "00000nam a2200000 i 4500",
            "fields": [{"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": record.title}]}}],
        }
    )
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)


class ItemTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemType
        django_get_or_create = ("code",)

    code = "textbook"
    name = factory.LazyAttribute(lambda item_type: "Buku teks" if item_type.code == "textbook" else item_type.code.capitalize())


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Item

    record = factory.SubFactory(RecordFactory)
    barcode = factory.Sequence(lambda n: f"B{n:05d}")
    branch = factory.SubFactory(BranchFactory)
    held_at = factory.SelfAttribute("branch")
    item_type = factory.SubFactory(ItemTypeFactory)
    call_number = "899.221 TOE b"
    added_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Item], *args: object, **kwargs: object) -> Item:
        barcodes.claim(str(kwargs["barcode"]), Barcode.Names.ITEM)
        return super()._create(model_class, *args, **kwargs)


class LoanRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LoanRule

    category = factory.SubFactory(CategoryFactory)
    loan_days = 7
    loan_limit = 3
    renewal_limit = 2
    hold_limit = 3
    hold_days = 3


class LoanFactory(factory.django.DjangoModelFactory):
    """A loan as it would be in the middle of its course; ``check_out`` makes real ones."""

    class Meta:
        model = Loan

    item = factory.SubFactory(ItemFactory)
    member = factory.SubFactory(MemberFactory)
    lent_at = factory.LazyFunction(clock.now)
    lent_from = factory.SelfAttribute("item.branch")
    due_at = factory.LazyAttribute(lambda loan: loan.lent_at + timedelta(days=7))
    channel = "desk"
    policy = factory.LazyAttribute(
        lambda loan: {"rule": 1, "loan_days": 7, "renewal_limit": 2, "category": loan.member and loan.member.category_id}
    )


class HoldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hold

    record = factory.SubFactory(RecordFactory)
    member = factory.SubFactory(MemberFactory)
    pickup_branch = factory.SubFactory(BranchFactory)
    placed_at = factory.LazyFunction(clock.now)


class ArticleRequestFactory(factory.django.DjangoModelFactory):
    """A chapter to be read as a file; ``request_article`` makes real ones."""

    class Meta:
        model = ArticleRequest

    record = factory.SubFactory(RecordFactory)
    member = factory.SubFactory(MemberFactory)
    branch = factory.SubFactory(BranchFactory)
    kind = "chapter"
    title = "Minke"
    way = "file"
    purpose = "study"
    asked_at = factory.LazyFunction(clock.now)
    agreed_at = factory.LazyFunction(clock.now)


class BookingFactory(factory.django.DjangoModelFactory):
    """A booking for one day, with the days it keeps; ``book_item`` makes real ones."""

    class Meta:
        model = Booking
        skip_postgeneration_save = True

    item = factory.SubFactory(ItemFactory)
    record = factory.SelfAttribute("item.record")
    member = factory.SubFactory(MemberFactory)
    branch = factory.SelfAttribute("item.branch")
    first_day = factory.LazyFunction(lambda: clock.now().date() + timedelta(days=10))
    last_day = factory.SelfAttribute("first_day")
    blocked_from = factory.SelfAttribute("first_day")
    blocked_until = factory.SelfAttribute("last_day")
    fetch_until = factory.SelfAttribute("last_day")
    booked_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def days(self: Booking, create: bool, extracted: object, **kwargs: object) -> None:
        BookedDay.objects.bulk_create(BookedDay(booking=self, item=self.item, day=day) for day in self.blocked_days)
