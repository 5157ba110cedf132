import pytest
from django.db import IntegrityError, transaction

from lumbung.kernel.models import JournalEntry
from lumbung.messaging import queries
from lumbung.messaging.domain import messages
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
FACTS = {"name": "Ani & Budi", "username": "ani", "link": "https://perpus.example/x?a=1&b=2"}


def test_a_message_is_written_in_the_language_of_its_reader_and_queued():
    delivery = messages.send("password_reset", address="ani@kampus.example", facts=FACTS)
    assert delivery.subject == "Kata sandi baru untuk akun perpustakaan Anda"
    assert delivery.body.startswith("Yth. Ani & Budi,\n")
    assert "https://perpus.example/x?a=1&b=2" in delivery.body
    assert (delivery.state, delivery.attempts, delivery.sent_at) == ("queued", 0, None)
    assert JournalEntry.objects.get().data == {"delivery": delivery.pk, "code": "password_reset"}


def test_nothing_is_queued_for_somebody_without_an_address():
    assert messages.send("password_reset", address="", facts=FACTS) is None
    assert Delivery.objects.count() == 0


def test_an_occasion_is_spoken_of_once():
    messages.send(
        "password_reset", address="ani@kampus.example", facts=FACTS, occasions=["loan:1:overdue-1", "loan:2:overdue-1"]
    )
    assert queries.unspoken(["loan:2:overdue-1", "loan:2:overdue-2"]) == {"loan:2:overdue-2"}
    with pytest.raises(IntegrityError), transaction.atomic():
        messages.send("password_reset", address="ani@kampus.example", facts=FACTS, occasions=["loan:1:overdue-1"])
    assert Delivery.objects.count() == 1


def test_the_subject_stays_one_line_whatever_the_facts():
    facts = FACTS | {"name": "Ani\r\nBcc: semua@kampus.example"}
    delivery = messages.send("password_reset", address="ani@kampus.example", facts=facts)
    assert "\n" not in delivery.subject
