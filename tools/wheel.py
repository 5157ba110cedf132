"""``./lumbung build``: the wheel, with the browser bundle and the compiled translations inside, in ``dist/``."""

from tools.steps import PYTHON, ROOT, call


def run(arguments: list[str]) -> int:
    """Build into ``dist/``, or into the folder named."""
    folder = arguments[0] if arguments else str(ROOT / "dist")
    call(
        [PYTHON, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        failing="Paket (wheel) tidak dapat dibuat.\n(The wheel could not be built.)",
    )
    print(f"✓ {folder}")
    return 0
