"""The program: its commands, and the one place where errors become a sentence and an exit code."""

from __future__ import annotations

import errno
import gc
import logging
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bot.cli.exit_codes import INTERRUPTED, PIPE_CLOSED, PROBLEM
from bot.cli.interrupts import came_of_interrupt
from bot.cli.startup import ASKING, OPEN
from retrieval.errors import PullquoteError
from retrieval.version import VERSION

# Each command, or group of commands, and where it lives, in the order in which the help lists them.
COMMANDS = {
    "ask": "ask",
    "chat": "chat",
    "search": "search",
    "index": "index",
    "refresh": "refresh",
    "reindex": "index",
    "discord": "discord",
    "serve": "serve",
    "mcp": "mcp",
    "doctor": "doctor",
    "eval": "eval",
    "calibrate": "calibrate",
    "sources": "sources",
    "library": "library",
}
FUNCTIONS = {"eval": "evaluate"}  # a function of that name would hide Python's own


def build_app(names: Iterable[str]) -> typer.Typer:
    """The program with these commands; each is imported for it."""
    app = typer.Typer(
        name="pullquote",
        help="Answers questions about your documents with quotes that are proven before they are shown.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_options)
    for name in names:
        command = getattr(import_module(f"bot.cli.{COMMANDS[name]}"), FUNCTIONS.get(name, name))
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _options(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if show_version:
        typer.echo(f"pullquote {VERSION}")
        raise typer.Exit
    if context.invoked_subcommand not in ASKING:  # those end before there is anything to collect
        gc.enable()
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> int:
    """Run the program on ``sys.argv`` and return its exit code: 0 answered, 1 not found, 2 a problem."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that cannot show a character gets its escape, never a crash.
        sys.stdout.reconfigure(errors="backslashreplace")
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # its advice about a line of .env names no remedy
    with OPEN:
        # Until there is a log, and where there can be none, Python would print records to standard error.
        root, nowhere = logging.getLogger(), logging.NullHandler()
        root.addHandler(nowhere)
        OPEN.callback(root.removeHandler, nowhere)
        return _run()


def _run() -> int:
    # Whoever names a command waits for that one alone to be imported, and whoever asks for the version for none; the
    # help and its advice need them all.
    named = [name for name in sys.argv[1:2] if name in COMMANDS]
    app = build_app(named if named or sys.argv[1:] == ["--version"] else COMMANDS)
    try:
        code = app(prog_name="pullquote", standalone_mode=False)
        sys.stdout.flush()
    except PullquoteError as error:
        return _problem(str(error))
    except TyperException as error:
        return _problem(_mistyped(error))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Typer turns a closed pipe into SystemExit, and nothing else here raises that.
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        _drop_output()
        if error.errno == errno.EBADF:  # only our own standard output can be closed
            return _problem("Standard output is closed, so that nothing can be shown; open it, or lead it to a file.")
        return _problem(f"Reading or writing failed ({error.strerror}); check the disk, and where the output goes.")
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback reaches a terminal)
        if came_of_interrupt(error):
            return INTERRUPTED
        from bot.cli.terminal import unexpected

        return _problem(unexpected(error))
    return code if isinstance(code, int) else 0


def _mistyped(error: TyperException) -> str:
    """What is wrong with the command line: our own sentence, which has its remedy, or Typer's and where to read on."""
    if isinstance(error, typer.BadParameter) and error.param is None:
        return f"{error.message}."
    context = getattr(error, "ctx", None)
    sentence = error.format_message()
    end = "" if sentence.endswith(("?", ".")) else "."
    return f"{sentence}{end} See `{context.command_path if context else 'pullquote'} --help`."


def _drop_output() -> None:
    """Python flushes standard output once more at exit; give it somewhere to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _problem(sentence: str) -> int:
    from bot.cli.terminal import complain  # which takes more, for what seldom happens

    complain(sentence)
    return PROBLEM
