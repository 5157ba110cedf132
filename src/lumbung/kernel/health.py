"""What can be wrong with an installation. Each part adds its checks at start-up; ``lumbung doctor`` runs them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Trouble:
    """``what`` is wrong and how to ``mend`` it, in the operator's language. ``grave`` unless the library can go on so for now."""

    what: str
    mend: str
    grave: bool = True


Check = Callable[[], Iterable[Trouble]]

_checks: dict[str, Check] = {}


def add(name: str, check: Check) -> None:
    """Make a check known, by a name that is there in both languages; it changes nothing. Refuses two of one name."""
    if name in _checks:
        raise ValueError(f"two checks are called {name}")
    _checks[name] = check


def examine() -> Iterator[tuple[str, list[Trouble]]]:
    """Run every check in the order added; gives its name and what it found. A check that fails is trouble itself."""
    for name, check in _checks.items():
        yield _(name), _found(check)


def _found(check: Check) -> list[Trouble]:
    try:
        return list(check())
    except (OperationalError, ProgrammingError) as error:
        return [Trouble(str(error).strip().splitlines()[0], _mend_of(error))]
    except Exception as error:  # noqa: BLE001 -- whatever stopped the check is what the operator must hear
        return [
            Trouble(
                f"{type(error).__name__}: {error}", _("Mendahulukan masalah lain di daftar ini sering ikut memperbaikinya.")
            )
        ]


def _mend_of(error: Exception) -> str:
    said = str(error)
    if "no such" in said or "does not exist" in said:
        return _("Basis data belum lengkap untuk versi ini: jalankan lumbung up sekali, atau lumbung migrate.")
    return _("Periksa apakah basis data dapat dihubungi dan dibaca.")
