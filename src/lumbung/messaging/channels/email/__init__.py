"""E-mail, through whatever ``LUMBUNG_EMAIL_URL`` names."""

from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage

from lumbung.messaging.channels.errors import Undeliverable
from lumbung.messaging.models import Delivery

PERMANENT = range(500, 600)
"""SMTP replies that mean no, and not: not now (RFC 5321 §4.2.1)."""


def send(delivery: Delivery) -> None:
    """Hand the message to the mail server. Marked as sent by a machine (RFC 3834), so that no answering machine answers.

    Where its kind can be ended, the mail program is told how (RFC 8058).
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if delivery.unsubscribe:
        headers |= {"List-Unsubscribe": f"<{delivery.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(
        subject=delivery.subject,
        body=delivery.body,
        to=[delivery.address],
        headers=headers,
    )
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        replies = [(code, reply) for code, reply in refused.recipients.values()]
        if all(code in PERMANENT for code, _reply in replies):
            raise Undeliverable("; ".join(f"{code} {reply.decode(errors='replace')}" for code, reply in replies)) from refused
        raise
