"""Members and staff, with the passwords they have."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from lumbung.accounts.domain import arrivals as user_arrivals
from lumbung.accounts.domain.old_passwords import as_kept
from lumbung.accounts.models import Role, User
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.domain import arrivals, members
from lumbung.members.domain.categories import add_category
from lumbung.members.domain.dates import months_after
from lumbung.members.domain.phones import normal_phone
from lumbung.members.models import Category as MemberCategory
from lumbung.members.models import Member
from lumbung.members.queries import holders_of_cards, member_by_barcode
from lumbung.members.refusals import NAME_EMPTY
from lumbung.moving.domain.plain import Person, StaffUser
from lumbung.moving.domain.stages.stage import Stage
from lumbung.moving.domain.values import short_name
from lumbung.moving.refusals import (
    CARD_MADE,
    CARD_SHARED,
    CATEGORY_UNKNOWN,
    CATEGORY_UNSAID,
    DATES_TURNED,
    EMAIL_UNREADABLE,
    EXPIRY_UNKNOWN,
    JOINED_UNKNOWN,
    MEMBER_RECOGNISED,
    PASSWORD_UNREADABLE,
    PHONE_UNREADABLE,
    STAFF_NOT_ACTIVE,
    USUAL_TYPE_NAME,
)
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode
from lumbung.organization.refusals import BARCODE_TAKEN_BY_ITEM

LONGEST_NAME, LONGEST_UNIT, LONGEST_REASON, LONGEST_CARD = 200, 120, 200, 60
LONGEST_ORIGIN = 12
SHORT_NUMBER = re.compile(r"[0-9A-Z-]{1,30}")
NOT_IN_A_USERNAME = re.compile(r"[^A-Za-z0-9._@+/-]+")


class PersonStage(Stage[Person]):
    kind = Person
    journalled = "member"

    def __init__(self, work: Any) -> None:
        super().__init__(work)
        self._usual_category: int | None = None
        self._first: dict[str, str] = {}
        self._shared: set[str] = set()

    def bring_in(self, fresh: Sequence[Person]) -> None:
        admitted = [row for row in fresh if not self._refused(row)]
        taken = barcodes.taken([self._card(row) for row in admitted])
        holders = holders_of_cards(
            [card for card in map(self._card, admitted) if taken.get(barcodes.normal(card)) == Barcode.Names.MEMBER]
        )
        new = []
        for row in admitted:
            number = barcodes.normal(self._card(row))
            holder = taken.get(number)
            if holder == Barcode.Names.ITEM:
                self.work.reject(row, BARCODE_TAKEN_BY_ITEM(barcode=self._card(row)))
            elif self._is_anothers(row, number, holders.get(number)):
                self._shared.add(row.source_id)
                new.append((row, *self._arriving(row)))
            elif holder == Barcode.Names.MEMBER:
                self._recognise(row, holders.get(number))
            else:
                new.append((row, *self._arriving(row)))
        if self.work.pretend:
            for row, _, warnings in new:
                self._noted(row, None, warnings)
            return
        users = self._users([row for row, _, _ in new])
        told = arrivals.bring_in([_with_user(one, users.get(row.source_id)) for row, one, _ in new], by=self.work.by)
        for (row, _, warnings), each in zip(new, told, strict=True):
            self._noted(row, each, warnings)

    def _noted(self, row: Person, told: int | Reason | None, warnings: Sequence[Reason]) -> None:
        self.came(row, told)
        if warnings:
            self.work.warn(row, *warnings)

    def _refused(self, row: Person) -> bool:
        if not row.name:
            self.work.reject(row, NAME_EMPTY())
            self.work.warn(row, *row.warnings)
        return not row.name

    def _card(self, row: Person) -> str:
        """The card number; of whoever has none that serves, one made of the number that the other system gave the row."""
        told = row.barcode.strip()
        if told and len(barcodes.normal(told)) <= LONGEST_CARD and row.source_id not in self._shared:
            return told
        return self._made_card(row)

    def _made_card(self, row: Person) -> str:
        number = row.source_id.upper()
        return f"{self.work.options.origin.upper()[:LONGEST_ORIGIN]}-{number if SHORT_NUMBER.fullmatch(number) else short_name(number)}"

    def _is_anothers(self, row: Person, number: str, there: int | None) -> bool:
        """Whether somebody else of the other system has this number there too, and came before."""
        if self._first.setdefault(number, row.source_id) != row.source_id:
            return True
        return there in self.work.origins.keys(self.kind.entity)

    def _recognise(self, row: Person, there: int | None) -> None:
        """Somebody of that card number is a member already: loans and debts are theirs, what stands here stays."""
        self.work.warn(row, MEMBER_RECOGNISED(barcode=self._card(row)))
        self.came(row, there, made=False)

    def _arriving(self, row: Person) -> tuple[arrivals.ArrivingMember, list[Reason]]:
        """The member, and what had to be left out or mended, which the note keeps."""
        warnings: list[Reason] = []
        notes = [row.note] if row.note else []
        card = self._card(row)
        if card != row.barcode.strip():
            is_shared = row.source_id in self._shared
            warnings.append(CARD_SHARED(barcode=card, number=row.barcode) if is_shared else CARD_MADE(barcode=card))
            notes += [row.barcode] if row.barcode else []
        email, phone = row.email, normal_phone(row.phone) if row.phone else ""
        if email and not is_email(email):
            warnings.append(EMAIL_UNREADABLE(email=email))
            notes.append(email)
            email = ""
        if row.phone and not phone:
            warnings.append(PHONE_UNREADABLE(phone=row.phone))
            notes.append(row.phone)
        category = self._category(row, warnings)
        joined, expires = row.joined_on, row.expires_on
        if joined is None:
            joined = min(self.work.today, expires or self.work.today)
            warnings.append(JOINED_UNKNOWN(day=f"{joined:%d/%m/%Y}"))
        if expires is None:
            expires = months_after(joined, 12)
            warnings.append(EXPIRY_UNKNOWN(day=f"{expires:%d/%m/%Y}"))
        elif expires < joined:
            warnings.append(DATES_TURNED(day=f"{expires:%d/%m/%Y}"))
            joined, expires = expires, joined
        arriving = arrivals.ArrivingMember(
            name=row.name[:LONGEST_NAME],
            barcode=card,
            category=category,
            branch=self.work.branch_of(row.place),
            joined_on=joined,
            expires_on=expires,
            created_at=self.work.now,
            email=email,
            phone=phone or "",
            unit=row.unit[:LONGEST_UNIT],
            blocked_because=row.blocked_because[:LONGEST_REASON],
            note="\n".join(notes),
            identifiers=row.identifiers,
        )
        return arriving, warnings

    def _category(self, row: Person, warnings: list[Reason]) -> int:
        key = self.work.origins.key("category", row.category)
        if key is not None:
            return key
        warnings.append(CATEGORY_UNKNOWN(category=row.category) if row.category else CATEGORY_UNSAID())
        if self._usual_category is None:
            usual = MemberCategory.objects.filter(code="public").first() or MemberCategory.objects.order_by("pk").first()
            self._usual_category = usual.pk if usual else self._make_usual()
        return self._usual_category

    def _make_usual(self) -> int:
        if self.work.pretend:
            return 0
        return add_category(code="public", name=str(USUAL_TYPE_NAME[True]), membership_months=12, by=self.work.by).pk

    def _users(self, fresh: Sequence[Person]) -> dict[str, int]:
        """Sign-ins for those who had a password, by source id."""
        with_password = [row for row in fresh if row.old_password]
        unreadable = [row for row in with_password if as_kept(row.old_password) is None]
        for row in unreadable:
            self.work.warn(row, PASSWORD_UNREADABLE())
        asked = [row for row in with_password if row not in unreadable]
        told = user_arrivals.bring_in(
            [
                user_arrivals.ArrivingUser(
                    username=NOT_IN_A_USERNAME.sub("-", self._card(row)).strip("-")[:LONGEST_CARD],
                    name=row.name[:LONGEST_NAME],
                    role=Role.MEMBER,
                    email=row.email,
                    old_password=row.old_password,
                )
                for row in asked
            ],
            by=self.work.by,
        )
        for row, each in zip(asked, told, strict=True):
            if isinstance(each, Reason):
                self.work.warn(row, each)
            else:
                self.work.origins.add("member_user", row.source_id, each, "")
        return {row.source_id: each for row, each in zip(asked, told, strict=True) if isinstance(each, int)}

    def change(self, row: Person, key: int) -> dict[str, Any] | None:
        current = Member.objects.filter(pk=key).first()
        if current is None:
            return None
        if self._has_anothers_number(row, current):
            self._shared.add(row.source_id)
        told, warnings = self._arriving(row)
        self.work.warn(row, *(each for each in warnings if each.code == CARD_SHARED.code))
        wanted = {"name": told.name, "email": told.email, "phone": told.phone, "unit": told.unit, "note": told.note}
        before = {name: getattr(current, name) for name in wanted} | {"expires_on": current.expires_on.isoformat()}
        try:
            current = members.change(current, by=self.work.by, **wanted)
            if told.expires_on > max(current.expires_on, self.work.today):
                members.renew_membership(current, until=told.expires_on, by=self.work.by)
        except Refused as refused:
            self.work.warn(row, *refused.reasons)
            return None
        return before

    def _has_anothers_number(self, row: Person, current: Member) -> bool:
        """Whether they got a card number made for them because somebody else has the one they have there."""
        made = self._made_card(row)
        if self._card(row) == made or barcodes.normal(current.barcode) != barcodes.normal(made):
            return False
        holder = member_by_barcode(row.barcode)
        return row.barcode.strip() in current.note.splitlines() or (holder is not None and holder.pk != current.pk)

    def restore(self, key: int, before: dict[str, Any]) -> None:
        """Name, address and the like; a membership that was lengthened stays so."""
        if current := Member.objects.filter(pk=key).first():
            members.change(current, by=self.work.by, **{name: value for name, value in before.items() if name != "expires_on"})

    def ours(self) -> QuerySet[Any]:
        return Member.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {
            each.pk: {
                "name": each.name,
                "barcode": each.barcode,
                "category": each.category.name,
                "expires": each.expires_on.isoformat(),
            }
            for each in Member.objects.filter(pk__in=keys).select_related("category")
        }


class StaffStage(Stage[StaffUser]):
    """Staff of the other system get an account of a librarian that is not active. Lists of staff hold people who left, shared accounts and
    passwords that everybody knows: an administrator lets in those who still work here, one by one, and gives them their roles."""

    kind = StaffUser

    def bring_in(self, fresh: Sequence[StaffUser]) -> None:
        arriving = [self._arriving(row) for row in fresh]
        judge: Sequence[int | Reason | None]
        judge = user_arrivals.judged(arriving) if self.work.pretend else user_arrivals.bring_in(arriving, by=self.work.by)
        for row, each in zip(fresh, judge, strict=True):
            if self.came(row, each) is not None:
                self.work.warn(row, STAFF_NOT_ACTIVE(name=row.username))

    def _arriving(self, row: StaffUser) -> user_arrivals.ArrivingUser:
        return user_arrivals.ArrivingUser(
            username=NOT_IN_A_USERNAME.sub("-", row.username).strip("-")[:LONGEST_CARD],
            name=(row.name or row.username)[:LONGEST_NAME],
            role=Role.LIBRARIAN,
            email=row.email,
            old_password=row.old_password,
            is_active=False,
        )

    def ours(self) -> QuerySet[Any]:
        return User.objects.all()

    def facts(self, keys: Sequence[int]) -> dict[int, dict[str, str]]:
        return {each.pk: {"username": each.username} for each in User.objects.filter(pk__in=keys)}


def _with_user(one: arrivals.ArrivingMember, user: int | None) -> arrivals.ArrivingMember:
    return replace(one, user=user) if user is not None else one
