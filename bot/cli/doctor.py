"""``pullquote doctor``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import typer

import retrieval
from bot.cli.exit_codes import PROBLEM
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, say
from bot.errors import ChatModelError, CheckerError, ReaderError
from bot.extractive.calibration_file import read_calibration
from bot.extractive.reader import open_reader
from bot.safe_text import one_line
from bot.settings import Settings
from retrieval import PullquoteError, SettingsError

Checked = Annotated[
    list[str] | None,
    typer.Option("--collection", metavar="NAME", help="A collection to check (default: all).", show_default=False),
]


def doctor(collection: Checked = None) -> None:
    """Check the installation, and say how to fix what is wrong."""
    try:
        failed = show(machine_findings(load_settings(), collection))
    except SettingsError as error:
        failed = show([retrieval.Finding("settings", False, str(error)), _reader()])
    if failed:
        complain_of(failed)
        raise typer.Exit(PROBLEM)


def machine_findings(settings: Settings, collections: list[str] | None = None) -> Iterator[retrieval.Finding]:
    """What every face needs: the library, the reader and, where one is set, the chat model."""
    yield from retrieval.diagnose(settings, collections)
    yield _reader(settings.reader_model)
    yield from _calibration(settings)
    yield from _chat_model(settings)


def show(findings: Iterable[retrieval.Finding]) -> list[retrieval.Finding]:
    """Print each finding on a line as it comes; return those that failed."""
    failed = []
    for finding in findings:
        verdict = "ok  " if finding.ok else "FAIL" if finding.needed else "warn"
        say(f"{verdict} {finding.name}: {one_line(finding.text)}")
        if not finding.ok:
            failed.append(finding)
    return failed


def complain_of(failed: Sequence[retrieval.Finding]) -> None:
    """Print the last line, which points at those above."""
    complain(f"{len(failed)} check{'s' if len(failed) > 1 else ''} failed; the lines above say what to do.")


def _reader(model: str | None = None) -> retrieval.Finding:
    try:
        return retrieval.Finding("reader", True, open_reader(model).check())
    except ReaderError as error:
        return retrieval.Finding("reader", False, str(error))


def _calibration(settings: Settings) -> Iterator[retrieval.Finding]:
    """Nothing where the reader comes with its weights and they are in force."""
    try:
        calibration = read_calibration(settings.home)
        if calibration:
            calibration.weights_for(open_reader(settings.reader_model), retrieval.Library(settings))
            yield retrieval.Finding("calibration", True, calibration.summary)
        elif settings.reader_model:
            yield retrieval.Finding(
                "calibration", True, "none: answers are chosen as for another reader; `pullquote calibrate` fits that"
            )
    except PullquoteError as error:
        yield retrieval.Finding("calibration", False, str(error))


def _chat_model(settings: Settings) -> Iterator[retrieval.Finding]:
    """Nothing where no chat model is set, because nothing needs one."""
    if settings.chat_model is None:
        return
    from bot.chat import open_judge, probe_chat_model

    try:
        yield retrieval.Finding("chat model", True, probe_chat_model(settings))
    except ChatModelError as error:
        yield retrieval.Finding("chat model", False, str(error))
    try:
        yield retrieval.Finding("checking model", True, open_judge(settings.checker_model).check())
    except CheckerError as error:
        yield retrieval.Finding("checking model", False, str(error))
