import pytest

from lumbung.project.mail import mail_settings


def test_an_smtp_address_is_read_whole():
    assert mail_settings("smtp://perpus%40kampus.example:p%3Ass@mail.kampus.example:587/?tls=true") == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.kampus.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "perpus@kampus.example",
        "EMAIL_HOST_PASSWORD": "p:ss",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
        "EMAIL_TIMEOUT": 20,
    }


def test_smtps_speaks_tls_from_the_start_at_its_own_port():
    settings = mail_settings("smtps://mail.kampus.example")
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (465, True, False)


def test_console_prints():
    assert mail_settings("console:") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize("url", ["", "mail.kampus.example", "http://mail", "smtp://", "smtp://mail/?starttls=1"])
def test_anything_else_is_refused_with_a_sentence(url):
    with pytest.raises(ValueError, match=r"mail address|console:"):
        mail_settings(url)
