"""A term at the desk: what was asked over every channel and at the counter, and how it was answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import NamedTuple

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.desk.domain.answering import answer
from lumbung.desk.domain.course import close, describe, set_aside_as_spam
from lumbung.desk.domain.finding import listed, titles_of
from lumbung.desk.domain.handing import hand_over
from lumbung.desk.domain.hearing import join, take_up
from lumbung.desk.domain.log import Asked, log_question
from lumbung.desk.domain.notes import add_note
from lumbung.desk.domain.rating import rate
from lumbung.desk.domain.requests import request_service
from lumbung.desk.models import Conversation, Rating
from lumbung.kernel import clock
from lumbung.members.domain.channel_links import link_by_code, make_code
from lumbung.members.models import Member
from lumbung.messaging.channels import Parsed, channel_called
from lumbung.messaging.domain.accounts import built_in, open_account, switch
from lumbung.messaging.domain.arrivals import receive, write_down
from lumbung.messaging.domain.deliveries import move
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Delivery, Incoming
from lumbung.messaging.replies import Reply
from lumbung.organization.models import Branch, Offering
from lumbung.organization.queries import library
from lumbung.project.demonstration.desk_plan import plan_the_desk
from lumbung.project.demonstration.needs import seek_in_vain

ACCOUNTS = {
    "whatsapp": "WhatsApp Perpustakaan", "telegram": "Bot Telegram", "line": "LINE Resmi", "meta": "Instagram", "sms": "SMS",
}  # fmt: skip
"""Examples: they are switched off when the term is told, so that nothing goes out by them."""
ON_DUTY = "Terima kasih, Kak. Pertanyaannya saya teruskan kepada pustakawan yang sedang jaga."
GROUP = "Grup"
_TITLES = re.compile(r"\[([^\]]+)\] ")


class Row(NamedTuple):
    """One line of ``questions.tsv``."""

    ago: str
    at: str
    way: str
    who: str
    kind: str
    effort: str
    outcome: str
    marks: str
    said: str


class Desk(NamedTuple):
    """Who is there: the staff by username, the members, the accounts of the channels, and the counter."""

    staff: Mapping[str, User]
    members: Sequence[Member]
    accounts: Mapping[str, Account]
    counter: Branch

    def member(self, who: str) -> Member | None:
        """The member whose name begins so, or else one of whose names does; None for ``~`` strangers and nobody."""
        named = [each for each in self.members if who and f" {who}" in f" {each.name}"]
        return min(named, key=lambda each: not each.name.startswith(who), default=None)


def ask_and_answer(members: Sequence[Member], today: date, *, by: User) -> None:
    """Some fifty conversations from the beginning of the term until a moment ago, one complaint, and the desk that answers them."""
    staff = {each.username: each for each in User.objects.filter(username__in=("sari", "rina", "dewi", "fitri", "ratna"))}
    desk = Desk(staff, members, _open_accounts(by), Branch.objects.get(code="PUSAT"))
    plan_the_desk(staff, members, today)
    for number, row in enumerate(_rows()):
        with clock.stopped_at(_moment(row, today)):
            _one(number, row, desk)
    _complain(desk)
    seek_in_vain(staff)
    for account in desk.accounts.values():
        if not account.is_built_in:
            switch(account, on=False, by=by)


def _rows() -> Iterator[Row]:
    text = files(__package__).joinpath("questions.tsv").read_text(encoding="utf-8")
    return (Row(*line.split("|")) for line in text.splitlines() if line and line[0] != "#")


def _moment(row: Row, today: date) -> datetime:
    """At that hour of that day; with a minus, so many minutes ago."""
    if row.at.startswith("-"):
        return clock.now() + timedelta(minutes=int(row.at))
    hour, minute = map(int, row.at.split("."))
    return datetime.combine(today - timedelta(days=int(row.ago)), time(hour, minute), library().zone)


def _open_accounts(by: User) -> dict[str, Account]:
    made = {kind: built_in(kind) for kind in ("web", "email")}
    for kind, name in ACCOUNTS.items():
        fields = channel_called(kind).needs().fields
        given = {each.name: each.default or "-" for each in fields if each.is_required and not each.is_secret}
        secrets = {each.name: "-" for each in fields if each.is_secret}
        made[kind] = open_account(kind, name=name, settings=given, secrets=secrets, by=by)
        switch(made[kind], on=True, by=by)
        made[kind].is_enabled = True
    return made


def _one(number: int, row: Row, desk: Desk) -> None:
    if row.way in {"walk_in", "phone"}:
        _log(row, desk)
        return
    first, *rest = row.said.split(" // ")
    conversation = _begun(f"demo-{number}", row, first[1:], desk, is_answered=any(part[0] == "!" for part in rest))
    for later, part in enumerate(rest, start=1):
        with clock.stopped_at(clock.now() + timedelta(minutes=6 * later)):
            _go_on(f"demo-{number}-{later}", part, row, conversation, desk)
    _end(row, conversation, desk)


def _log(row: Row, desk: Desk) -> None:
    asked, _, told = row.said.partition(" // ")
    username, _, words = told[1:].partition(" ")
    facts = Asked(
        channel=row.way, kind=row.kind, question=asked[1:], answer=words, member=desk.member(row.who), effort=int(row.effort),
        outcome=row.outcome, asker_name=row.who.removeprefix("~"),
    )  # fmt: skip
    log_question(facts, at=desk.counter, by=desk.staff[username or "rina"])


def _begun(key: str, row: Row, words: str, desk: Desk, *, is_answered: bool) -> Conversation:
    """By a form, or over a channel; what nobody has answered yet, the chat has handed on."""
    if row.way == "form":
        service = Offering.objects.get(name="Bimbingan penelusuran")
        return request_service(words, service=service, member=desk.member(row.who))
    incoming = _heard(key, row, words, desk)
    if not is_answered:
        move(reply(incoming.identity, Reply(ON_DUTY), answers=incoming), Delivery.States.READ)
    return take_up(incoming)


def _heard(key: str, row: Row, words: str, desk: Desk) -> Incoming:
    """A message as it comes over the channel; the chat of a member is linked to them by a code."""
    account, member, name = desk.accounts[row.way], desk.member(row.who), row.who.removeprefix("~")
    known = member.name if member else name
    address = f"demo-{known.lower().replace(' ', '-')}" + ("@contoh.example" if row.way == "email" else "")
    inbound = receive(account, key, {})
    said = Parsed(
        address, key, words, name=known, is_group=GROUP in name, sender="Ketua angkatan" if GROUP in name else "",
        subject=words.partition(".")[0][:60] if row.way == "email" else "",
    )  # fmt: skip
    if inbound is None:
        raise ValueError(f"{key} was told twice")
    (incoming,) = write_down(inbound, [said])
    if member is not None and not member.channel_links.filter(identity=incoming.identity).exists():
        link_by_code(incoming.identity, make_code(member, by=member.user))
    return incoming


def _go_on(key: str, part: str, row: Row, conversation: Conversation, desk: Desk) -> None:
    """What the asker says next, an answer with or without titles, a note, or the hand-over to a colleague."""
    sign, (username, _, words) = part[0], part[1:].partition(" ")
    if sign == "?":
        join(_heard(key, row, part[1:], desk))
    elif sign == "#":
        add_note(conversation, words, by=desk.staff[username])
    elif sign == ">":
        colleague, _, note = words.partition(" ")
        hand_over(conversation, desk.staff[colleague], note, by=desk.staff[username])
    else:
        _answer(conversation, words, by=desk.staff[username])


def _answer(conversation: Conversation, words: str, *, by: User) -> None:
    named = _TITLES.match(words)
    names = named[1].split("; ") if named else []
    keys = [Record.objects.filter(title__startswith=name).order_by("pk").values_list("pk", flat=True)[0] for name in names]
    text = "\n\n".join([words[named.end() :] if named else words, *listed(titles_of(keys))])
    last = conversation.turns.last()
    turn = answer(conversation, text, seen=last.pk if last else 0, titles=keys, by=by)
    if turn.delivery is not None:
        move(turn.delivery, Delivery.States.READ)


def _end(row: Row, conversation: Conversation, desk: Desk) -> None:
    """Closed with what came of it, and rated where there are marks; what is not done with stays open."""
    if row.outcome == Conversation.Outcomes.SPAM:
        set_aside_as_spam(conversation, days=0, by=desk.staff["sari"])
        return
    told = {"kind": row.kind, "effort": int(row.effort) if row.effort else None, "outcome": row.outcome}
    by = conversation.turns.filter(by__isnull=False).last()
    actor = by.by if by and by.by else desk.staff["sari"]
    describe(conversation, by=actor, **told)
    if not row.outcome:
        return
    close(conversation, by=actor)
    rating = Rating.objects.filter(conversation=conversation).first()
    for asked in Delivery.objects.filter(identity=conversation.identity, purpose="rating", state="queued"):
        move(asked, Delivery.States.READ)
    if rating and row.marks:
        manner, helped, word = f"{row.marks}  ".split(" ", 2)
        rate(rating, manner=int(manner), help=int(helped), word=word)


def _complain(desk: Desk) -> None:
    """One complaint, which the head has answered and not closed yet."""
    with clock.stopped_at(clock.now() - timedelta(days=1, hours=3)):
        complaint = request_service(
            "Sudah dua kali ruang diskusi yang saya pesan dipakai orang lain tanpa pemberitahuan.",
            service=None, member=desk.member("Ahmad"), complaint=True,
        )  # fmt: skip
    add_note(complaint, "Saya tanyakan dulu jadwal ruangnya kepada petugas lantai 2.", by=desk.staff["ratna"])
