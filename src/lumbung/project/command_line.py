"""The command line: every command is a Django command of some part; Django's own are there, but not shown."""

import argparse
import os
import pwd
import secrets
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from lumbung import __version__
from lumbung.kernel import terminal
from lumbung.kernel.terminal import INDONESIAN, terminal_language
from lumbung.project import folder_in_use
from lumbung.project.argument_words import in_indonesian
from lumbung.project.trouble import (
    AS_SAID,
    DATA,
    NO_DATA_FOLDER,
    OTHERS_DATA,
    UNKNOWN_COMMAND,
    USAGE,
    Trouble,
    trouble_of,
    trouble_of_folder,
    trouble_of_settings,
)

if TYPE_CHECKING:
    from django.core.management.base import BaseCommand, CommandParser

GROUPS = ("Pemasangan", "Koleksi", "Pencarian", "Anggota", "Sirkulasi", "Pemeliharaan")


NEED_A_LIBRARY = {"serve", "work", "sip2", "import", "undo-import", "move_in"}
"""Commands that would write into, or stumble over, tables of another version."""

LEAVE_NOTHING = {"backup", "bench", "doctor", "export", "find", "leave", "requirements"}
"""Commands that make no file in the data folder, so that root may give them for the user whose folder it is."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.project.settings")
    try:
        run(_take_data_folder(sys.argv[1:]))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(trouble.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def run(arguments: Sequence[str]) -> None:
    """Run one command. Raises ``Trouble`` for what the operator must mend, ``SystemExit`` with the command's exit code."""
    if arguments and arguments[0] == "--version":
        print(f"Lumbung {__version__}")
        return
    if _keeps_nothing(arguments) and not os.environ.get("LUMBUNG_SECRET_KEY"):
        os.environ["LUMBUNG_SECRET_KEY"] = secrets.token_urlsafe(50)  # else one is made and kept in the data folder
    data = _open_settings()
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        print(_overview())
        return
    if arguments[0] not in LEAVE_NOTHING:
        _refuse_others_data(data)
        _enter(arguments, data)
    try:
        _execute(_meant(arguments))
    except Trouble:
        raise
    except Exception as error:
        if trouble := trouble_of(error, data):
            raise trouble from None
        raise


def _keeps_nothing(arguments: Sequence[str]) -> bool:
    """Whether no data folder is looked at: for help, and for what only reads the clone."""
    return not arguments or arguments[0] in {"help", "requirements"} or bool({"-h", "--help"} & set(arguments))


def _refuse_others_data(data: Path) -> None:
    """Raises ``Trouble`` when root would make files in the data folder of a user who could not read them."""
    if os.geteuid() == 0 and data.exists() and (owner := data.stat()).st_uid:
        raise Trouble(OTHERS_DATA, exit_code=DATA, place=name_of_user(owner.st_uid))


def _enter(arguments: Sequence[str], data: Path) -> None:
    """Raises ``Trouble`` when a backup would be put back under a program that works, or a program begin meanwhile."""
    if _keeps_nothing(arguments) or not data.exists():
        return
    puts_back = arguments[0] == "restore" and "--prove" not in arguments
    (folder_in_use.have_alone if puts_back else folder_in_use.share)(data)


def name_of_user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _meant(arguments: Sequence[str]) -> list[str]:
    """``migrate`` with anything but a part's name moves a library in, and its help tells of that; the rest is Django's, which changes the
    tables."""
    from django.conf import settings  # noqa: PLC0415 -- the settings must be sound first

    rest = [each for each in arguments[1:] if each not in {"--help", "-h"}]
    parts = {each.rpartition(".")[2] for each in settings.INSTALLED_APPS}
    own = {"--go", "--resume", "--undo"}
    asks_for_help = not rest and len(arguments) > 1
    moves_in = asks_for_help or (rest and (rest[0] in own or (not rest[0].startswith("-") and rest[0] not in parts)))
    if arguments[0] == "migrate" and moves_in:
        return ["move_in", *arguments[1:]]
    return list(arguments)


def _take_data_folder(arguments: list[str]) -> list[str]:
    """Any command takes ``--data DIR``: it must be known before the settings are read."""
    rest: list[str] = []
    given = iter(arguments)
    for argument in given:
        if argument == "--data":
            folder = next(given, "")
        elif argument.startswith("--data="):
            folder = argument.removeprefix("--data=")
        else:
            rest.append(argument)
            continue
        if not folder:
            raise Trouble(NO_DATA_FOLDER, exit_code=USAGE)
        os.environ["LUMBUNG_DATA"] = terminal.data_folder = folder
    return rest


def _open_settings() -> Path:
    """Read the settings; returns the data folder."""
    from pydantic import ValidationError  # noqa: PLC0415 -- slow to import, and --version needs it not

    folder = Path(os.environ.get("LUMBUNG_DATA") or "data")
    try:
        from lumbung.project import settings  # noqa: PLC0415 -- reading it is what may fail
    except ValidationError as error:
        raise trouble_of_settings(error) from None
    except OSError as error:
        raise trouble_of_folder(error, folder) from None
    return settings.DATA


def _speak() -> None:
    """From here on, what is said is in the language of the terminal, the words of argparse too."""
    from django.utils import translation  # noqa: PLC0415 -- the settings must be sound first

    translation.activate(terminal_language())
    if terminal_language() == INDONESIAN:
        in_indonesian()


def _execute(arguments: Sequence[str]) -> None:
    from django.core.management import CommandError, ManagementUtility, get_commands  # noqa: PLC0415 -- the settings must be sound first
    from django.utils.translation import gettext  # noqa: PLC0415 -- as above

    from lumbung.kernel.processes import set_up  # noqa: PLC0415

    set_up()
    _speak()
    from lumbung.project.preparation import require_prepared  # noqa: PLC0415 -- as above

    class Commands(ManagementUtility):
        def fetch_command(self, subcommand: str) -> "BaseCommand":
            if subcommand not in get_commands():
                raise Trouble(UNKNOWN_COMMAND, exit_code=USAGE, place=subcommand)
            command = super().fetch_command(subcommand)
            if subcommand in NEED_A_LIBRARY and not {"-h", "--help"} & set(self.argv):
                require_prepared()
            command.help = gettext(command.help)
            command.suppressed_base_arguments = {*DJANGO_ARGUMENTS, *command.suppressed_base_arguments}
            command.create_parser = partial(_telling_of_data, command.create_parser)  # type: ignore[method-assign]
            return command

    try:  # with --traceback Django leaves a refusal to its caller; by itself it puts the name of its class before the sentence
        Commands(["lumbung", *arguments[:1], "--traceback", *arguments[1:]]).execute()
    except CommandError as refused:
        raise Trouble(AS_SAID, exit_code=refused.returncode, place=refused) from None


def _telling_of_data(create: "Callable[..., CommandParser]", *names: str, **facts: Any) -> "CommandParser":
    """The parser of a command, whose help names ``--data`` too; it never meets it, ``_take_data_folder`` was before."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 -- the settings must be sound first

    parser = create(*names, **facts)
    for action in parser._actions:  # noqa: SLF001 -- argparse has no other list of them
        if "--skip-checks" in action.option_strings:  # Django's own too, added in another way
            action.help = argparse.SUPPRESS
    told = _("folder data (bawaan: data, atau menurut LUMBUNG_DATA)")
    parser.add_argument("--data", metavar="DIR", type=_shortened, default=argparse.SUPPRESS, help=told)
    return parser


def _shortened(folder: str) -> Never:
    """Of ``--dat DIR``, which argparse takes for ``--data DIR``: the folder would be another than was meant."""
    from django.utils.translation import gettext as _  # noqa: PLC0415 -- the settings must be sound first

    raise argparse.ArgumentTypeError(_("tulis utuh: --data %(folder)s") % {"folder": folder})


DJANGO_ARGUMENTS = (
    "--version", "-v", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks"
)  # fmt: skip


def _overview() -> str:
    """The commands of the program, by group, each with its help line."""
    import django  # noqa: PLC0415 -- the settings must be sound first
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415 -- as above
    from django.utils.translation import gettext as _  # noqa: PLC0415 -- as above
    from django.utils.translation import pgettext  # noqa: PLC0415 -- as above

    django.setup()
    _speak()
    called_here = {
        "Pemasangan": _("Pemasangan"),
        "Koleksi": _("Koleksi"),
        "Pencarian": pgettext("many", "Pencarian"),
        "Anggota": pgettext("many", "Anggota"),
        "Sirkulasi": _("Sirkulasi"),
        "Pemeliharaan": _("Pemeliharaan"),
    }
    groups: dict[str, list[str]] = defaultdict(list)
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith("lumbung."):
            command = load_command_class(app, name)
            called = getattr(command, "called", name)
            if getattr(command, "is_listed", True):
                groups[getattr(command, "group", GROUPS[-1])].append(f"  {called:<14} {_(command.help)}")
    lines = [
        _("Lumbung %(version)s: sistem perpustakaan") % {"version": __version__},
        "",
        _("lumbung PERINTAH [--data DIR] …   (bantuan: lumbung PERINTAH --help)"),
    ]
    for group in sorted(groups, key=lambda group: GROUPS.index(group) if group in GROUPS else len(GROUPS)):
        lines += ["", called_here.get(group, group), *groups[group]]
    return "\n".join(lines)
