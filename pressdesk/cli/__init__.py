"""The shell: the same use cases as the window, and the command that opens it.

Child processes import this module again before they do their work, and the window is not
painted before it is imported: it takes click and nothing else. A command is imported when it
is called, or to be named in the help.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys

import click

from pressdesk import __version__
from pressdesk.base import core_dumps
from pressdesk.base.address import Address
from pressdesk.cli.desks import DESK

_COMMANDS = {
    "backup": "care:backup",
    "backups": "care:backups",
    "check": "care:check",
    "contacts": "show:contacts",
    "diff": "revisions:diff",
    "export": "making:export",
    "facets": "search:facets",
    "history": "revisions:history",
    "import": "import_command:import_",
    "init": "making:init",
    "issue": "issue:issue",
    "list": "show:list_",
    "move": "office:move",
    "office": "office:office",
    "offline-copy": "offline_copy:offline_copy",
    "read-only-copy": "care:read_only_copy",
    "restore": "revisions:restore",
    "restore-backup": "care:restore_backup",
    "screenshot": "window:screenshot",
    "search": "search:search",
    "show": "show:show",
    "take-over": "care:take_over",
    "verify": "verify:verify",
}
"""Where each command is, by its name: in the order of the help."""

_FORMER = {"mirror": "offline-copy", "reading-copy": "read-only-copy"}
"""Names of before that scripts may still call; the help does not tell them."""

_OF_THE_WORLD = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.EIO,
    errno.ENAMETOOLONG,
    errno.ELOOP,
)

FAULT, USAGE, INTERRUPTED, PIPE = 1, 2, 130, 141


class _Shell(click.Group):
    """The group of all commands, none of them imported before it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None for a name there is not."""
        place = _COMMANDS.get(_FORMER.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, _colon, name = place.partition(":")
        found = getattr(importlib.import_module(f"pressdesk.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found


@click.group(
    cls=_Shell,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--desk", type=DESK, help="Desk file or server URL; default: the desk opened last.")
@click.option("--read", is_flag=True, help="Read-only; show only what has been published.")
@click.version_option(__version__, prog_name="pressdesk", message="%(prog)s %(version)s")
@click.pass_context
def shell(context: click.Context, desk: Address | None, read: bool) -> None:
    """Draft, issue and export press releases. Without a command, open the window."""
    context.obj = desk
    if context.invoked_subcommand is None:
        from pressdesk.cli.window import open_window

        open_window(desk, reading=read)


def main() -> None:
    """Run the shell and exit: 0 done, 1 a fault of input or desk, 2 wrong usage.

    A fault is one line on stderr, never a traceback; a bug names its crash report.
    """
    core_dumps.forbid()
    sys.excepthook = _bug
    _speak_utf8()
    sys.exit(_run())


def _run() -> int:
    from pressdesk.base.errors import PressDeskError

    try:
        # Not shell.main(): that ends a broken pipe with 1 and an interrupt with an empty line.
        with shell.make_context("pressdesk", sys.argv[1:]) as context:
            shell.invoke(context)
        if sys.stdout:
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except PressDeskError as error:
        return _fault(str(error))
    except click.UsageError as error:
        _misused(error)
        return USAGE
    except click.ClickException as error:
        return _fault(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE
    except OSError as error:
        if error.errno not in _OF_THE_WORLD:
            raise
        return _world(error)
    return 0


def _misused(error: click.UsageError) -> None:
    """Show what was wrong; the message may name what is in the desk."""
    from pressdesk.cli import output

    shown = click.UsageError(output.clean(error.format_message()), error.ctx)
    shown.show()


def _world(error: OSError) -> int:
    """A fault of disk or rights that nobody nearer could tell."""
    if error.filename is None:  # the output: its buffer would fail once more at the end
        _drop_output()
        return _fault(f"The output could not be written: {error.strerror}.")
    return _fault(f"{error.filename} could not be used: {error.strerror}.")


def _drop_output() -> None:
    # The interpreter would try to flush once more at its end, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fault(text: str) -> int:
    from pressdesk.cli import output

    output.say("error: " + " ".join(text.split()), err=True)
    return FAULT


def _bug(kind: type[BaseException], error: BaseException, trace: object) -> None:
    from pressdesk.base import crash

    path = crash.report(error)
    where = f"; an error report, without any of your text, is in {path}" if path else ""
    click.echo(f"error: internal error in PressDesk ({kind.__name__}){where}", err=True)


def _speak_utf8() -> None:
    # Titles are in any script and paths may be bytes of another encoding: whatever the
    # locale, texts go out as UTF-8 and paths as the bytes they came in as.
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
