"""``pullquote doctor``."""

from __future__ import annotations

import typer

from bot.cli.terminal import complain, say
from bot.settings import Settings
from retrieval import diagnose

PROBLEM = 2


def doctor() -> None:
    """Check everything that Pullquote needs; one line a check, each failure with its remedy."""
    failed = 0
    for finding in diagnose(Settings.load()):
        say(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.text}")
        failed += not finding.ok
    if failed:
        complain(f"{failed} check{'s' if failed > 1 else ''} failed; the lines above say what to do.")
        raise typer.Exit(PROBLEM)
