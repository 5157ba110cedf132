"""Members for tests: students of one faculty, members for a year."""

from datetime import UTC, date, datetime
from typing import ClassVar

import factory

from lumbung.members.domain.clearance.letter_form import USUAL_TEXT
from lumbung.members.models import Category, ClearanceCondition, ClearancePurpose, Member, MemberIdentifier
from lumbung.members.queries import search_text
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode, Branch


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("code",)

    code = "mahasiswa"
    name = "Mahasiswa"


class HomeBranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch
        django_get_or_create = ("code",)

    code = "PUSAT"
    name = "Perpustakaan Pusat"


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    name = factory.Sequence(lambda n: f"Anggota {n}")
    barcode = factory.Sequence(lambda n: f"M{n:05d}")
    category = factory.SubFactory(CategoryFactory)
    branch = factory.SubFactory(HomeBranchFactory)
    joined_on = date(2020, 1, 1)
    expires_on = date(2099, 12, 31)
    created_at = datetime(2020, 1, 1, tzinfo=UTC)
    search_text = factory.LazyAttribute(lambda member: search_text(member.name, member.barcode, []))

    @classmethod
    def _create(cls, model_class: type[Member], *args: object, **kwargs: object) -> Member:
        barcodes.claim(str(kwargs["barcode"]), Barcode.Names.MEMBER)
        return super()._create(model_class, *args, **kwargs)


class MemberIdentifierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MemberIdentifier

    member = factory.SubFactory(MemberFactory)
    kind = MemberIdentifier.Kinds.NIM
    value = factory.Sequence(lambda n: f"2110{n:06d}")


class ClearancePurposeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClearancePurpose

    code = factory.Sequence(lambda n: f"keperluan-{n}")
    name = "Wisuda"
    letter_title = "Surat Keterangan Bebas Pustaka"
    letter_text = USUAL_TEXT
    place = "Yogyakarta"
    signers: ClassVar = [{"name": "Ratna Wulandari", "role": "Kepala Perpustakaan", "number": "198005172008012003"}]


class ClearanceConditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClearanceCondition

    purpose = factory.SubFactory(ClearancePurposeFactory)
    kind = ClearanceCondition.Kinds.VERIFIER
    name = "Bebas pustaka fakultas"
    verifier_role = "librarian"
