import stat

import pytest
from cryptography.fernet import Fernet

from lumbung.kernel import secrets_at_rest


def test_a_secret_comes_back_and_tells_nothing_at_rest(settings):
    sealed = secrets_at_rest.seal({"token": "rahasia-sekali"})
    assert "rahasia" not in sealed  # letters that no chance puts together
    assert secrets_at_rest.unseal(sealed) == {"token": "rahasia-sekali"}
    assert stat.S_IMODE((settings.DATA / "secrets.key").stat().st_mode) == 0o600


def test_nothing_is_sealed_as_nothing():
    assert (secrets_at_rest.seal({}), secrets_at_rest.unseal("")) == ("", {})


def test_a_new_key_before_the_old_one_opens_what_the_old_one_sealed(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SECRETS_KEY = old
    sealed = secrets_at_rest.seal({"a": "b"})
    settings.SECRETS_KEY = f"{new},{old}"
    assert secrets_at_rest.unseal(sealed) == {"a": "b"}
    settings.SECRETS_KEY = new
    with pytest.raises(secrets_at_rest.Unreadable):
        secrets_at_rest.unseal(sealed)
