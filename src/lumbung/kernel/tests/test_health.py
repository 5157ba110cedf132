import pytest
from django.db import connection

from lumbung.kernel import health


@pytest.mark.django_db
def test_a_check_that_meets_an_unprepared_database_says_how_to_prepare_it(monkeypatch):
    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM not_here_yet")

    monkeypatch.setattr(health, "_checks", {"Basis data": ask})
    ((name, (trouble,)),) = health.examine()
    assert (name, "not_here_yet" in trouble.what, trouble.grave) == ("Basis data", True, True)
    assert trouble.mend == "Basis data belum lengkap untuk versi ini: jalankan lumbung up sekali, atau lumbung migrate."
