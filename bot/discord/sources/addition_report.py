"""What people are told about the files that they added; pure: knows no Discord."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.discord.formatting.discord_markdown import shorten, units
from bot.discord.library.collections import EVERYBODY, DocumentAccess
from bot.discord.library.document_details import readers
from bot.discord.library.document_list import MAX_LIST, MAX_NAME
from bot.discord.texts import Texts

MAX_WARNINGS, MAX_WARNING = 5, 300


class Fate(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """A file and what became of it.

    Attributes:
        name: What it is called.
        fate: What became of it.
        title: The document's title.
        warnings: What was not read of it.
        reason: Why it was refused, in a sentence of Markdown.
        access: Who may see it, if it is new.
    """

    name: str
    fate: Fate
    title: str = ""
    warnings: tuple[str, ...] = ()
    reason: str = ""
    access: DocumentAccess = EVERYBODY


def one_outcome(outcome: FileOutcome, texts: Texts) -> str:
    """The sentences about a file that came alone."""
    if outcome.fate is Fate.REFUSED:
        return outcome.reason
    sentence = {
        Fate.ADDED: texts.library_added,
        Fate.REPLACED: texts.library_replaced,
        Fate.UNCHANGED: texts.library_unchanged,
    }[outcome.fate]
    done = sentence.format(title=shorten(outcome.title, MAX_NAME))
    warnings = [f"- {shorten(warning, MAX_WARNING)}" for warning in outcome.warnings[:MAX_WARNINGS]]
    lines = [done, *([f"-# {_readers(outcome, texts)}"] if _is_limited(outcome) else [])]
    return "\n".join([*lines, texts.library_warnings, *warnings] if warnings else lines)


def several_outcomes(
    outcomes: Sequence[FileOutcome], texts: Texts, notes: Sequence[str] = (), *, unchanged: int = 0
) -> tuple[str, str | None]:
    """A line for each file below how many there are of each kind, and the whole where a message cannot hold it.

    What was refused comes first, since somebody has to do something about it. ``unchanged`` are more of that kind,
    which get no line.
    """
    counts = Counter(outcome.fate for outcome in outcomes)
    counts[Fate.UNCHANGED] += unchanged
    heading = texts.sources_counts.format(**{fate.value: texts.number(counts[fate]) for fate in Fate})
    ordered = sorted(outcomes, key=lambda outcome: outcome.fate is not Fate.REFUSED)
    lines = [heading, *(line for outcome in ordered for line in _lines(outcome, texts)), *notes]
    whole = "\n".join(lines)
    if units(whole) <= MAX_LIST:
        return whole, None
    short: list[str] = []
    for line in lines:
        if units("\n".join([*short, line, texts.sources_rest])) > MAX_LIST:
            break
        short.append(line)
    return "\n".join([*short, texts.sources_rest]), whole + "\n"


def _lines(outcome: FileOutcome, texts: Texts) -> list[str]:
    if outcome.fate is Fate.REFUSED:
        return [f"- {outcome.reason}"]
    sentence = {
        Fate.ADDED: texts.sources_line_added,
        Fate.REPLACED: texts.sources_line_replaced,
        Fate.UNCHANGED: texts.sources_line_unchanged,
    }[outcome.fate]
    warnings = [f"  - {shorten(warning, MAX_WARNING)}" for warning in outcome.warnings[:MAX_WARNINGS]]
    title = shorten(outcome.title, MAX_NAME)
    if _is_limited(outcome):
        warnings.insert(0, f"  - {_readers(outcome, texts)}")
    name = f" ({shorten(outcome.name, MAX_NAME)})" if outcome.name else ""
    return [f"- {sentence.format(title=title, name=name)}", *warnings]


def _is_limited(outcome: FileOutcome) -> bool:
    """Whether it is a new document that not everybody may see; a new version keeps who may."""
    return outcome.fate is Fate.ADDED and outcome.access.is_limited


def _readers(outcome: FileOutcome, texts: Texts) -> str:
    return texts.list_readers.format(readers=readers(outcome.access))
