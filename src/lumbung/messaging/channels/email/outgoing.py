"""One letter out: threaded with what it answers, marked for machines where a machine wrote it, and never sent twice on a guess."""

from email.utils import make_msgid, parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage, get_connection

from lumbung.kernel.uploads import MEDIA_TYPES
from lumbung.messaging.channels.interface import Accepted, OutcomeUnknown, RetryLater, Undeliverable
from lumbung.messaging.models import Account, Delivery

PERMANENT = range(500, 600)
"""SMTP replies that mean no, and not: not now (RFC 5321 §4.2.1)."""


def send(account: Account, delivery: Delivery) -> Accepted:
    """Hand the letter to the mail server. One that a machine wrote says so (RFC 3834), so that no answering machine answers.

    Where its kind can be ended, the mail program is told how (RFC 8058).
    """
    name = make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost")
    message = _letter(account, delivery, name)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise RetryLater(str(error)) from error
    try:
        connection.send_messages([message])
    except (SMTPRecipientsRefused, SMTPDataError, SMTPSenderRefused) as refused:
        _tell(refused)
    except (OSError, SMTPException) as error:
        raise OutcomeUnknown(str(error)) from error
    finally:
        connection.close()
    return Accepted(external_id=name)


def _letter(account: Account, delivery: Delivery, name: str) -> EmailMessage:
    headers = {"Message-ID": name, **_thread(delivery)}
    if delivery.purpose != Delivery.Purposes.REPLY:
        headers["Auto-Submitted"] = "auto-generated"
    if delivery.unsubscribe:
        headers |= {"List-Unsubscribe": f"<{delivery.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    reply_to = [account.setting("address")] if account.setting("address") else []
    message = EmailMessage(_subject(delivery), delivery.body, to=[delivery.address], reply_to=reply_to, headers=headers)
    if delivery.picture:
        kind = delivery.content.get("picture_kind", "png")
        with default_storage.open(delivery.picture) as file:
            message.attach(f"lampiran.{kind}", file.read(), MEDIA_TYPES[kind])
    return message


def _subject(delivery: Delivery) -> str:
    if delivery.subject or delivery.answers is None:
        return " ".join((delivery.subject or settings.DEFAULT_FROM_EMAIL).split())
    subject = " ".join(delivery.answers.subject.split())
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _thread(delivery: Delivery) -> dict[str, str]:
    answered = delivery.answers
    if answered is None or not answered.external_id.startswith("<"):
        return {}
    earlier = [answered.thread] if answered.thread and answered.thread != answered.external_id else []
    return {"In-Reply-To": answered.external_id, "References": " ".join([*earlier, answered.external_id])}


def _tell(refused: SMTPException) -> None:
    replies = [*refused.recipients.values()] if isinstance(refused, SMTPRecipientsRefused) else [_reply(refused)]
    said = "; ".join(f"{code} {_text(reply)}" for code, reply in replies)
    if all(code in PERMANENT for code, _reply in replies):
        raise Undeliverable(said) from refused
    raise RetryLater(said) from refused


def _reply(refused: Any) -> tuple[int, bytes | str]:
    return refused.smtp_code, refused.smtp_error


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
