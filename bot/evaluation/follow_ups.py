"""How well follow-ups are made to stand on their own: ``python -m bot.evaluation.follow_ups FILE``.

FILE is in CANARD's form: a list of objects with the conversation so far, a question, and the question as a person
rewrote it so that it needs no conversation. Ours is compared with the person's by the terms that search goes by.

Source of the format: Elgohary, Peskov and Boyd-Graber, Can You Unpack That? (2019).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation import bound_history, read_as
from bot.errors import ChatModelError
from bot.evaluation.errors import EvaluationError
from bot.evaluation.intervals import Figure, share
from bot.evaluation.tables import NONE, Table, show_figure
from bot.settings import Settings
from bot.types import NOT_FOUND_TEXT, Turn
from retrieval import SettingsError, extract_terms
from retrieval.text.terms import fold_words

# What stands there where the article holds no answer; the product would have refused.
NO_ANSWER = "I don't know."
HALVES = ("tuning", "judging")

Method = Callable[[str, Sequence[Turn]], str | None]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question of a conversation, what was said before, and how a person rewrote it.

    Attributes:
        dialog: The conversation; whole ones are drawn for the intervals.
        title: The article and section that the conversation is about, as a turn; nobody said it.
        history: What was said, oldest first.
        question: The question as it was asked.
        rewrite: The question as a person rewrote it.
    """

    dialog: str
    title: Turn
    history: tuple[Turn, ...]
    question: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method did: terms recovered, terms wrongly added, questions changed, questions changed for nothing."""

    recovered: Figure
    wrong: Figure
    changed: Figure
    spoilt: Figure


def read_follow_ups(path: Path) -> list[FollowUp]:
    """The questions of a file.

    Raises:
        EvaluationError: If the file cannot be read or is not of this form.
    """
    try:
        entries = json.loads(path.read_bytes())
        if not isinstance(entries, list):
            raise TypeError("not a list")
        return [_follow_up(entry) for entry in entries]
    except OSError:
        raise EvaluationError(f"{path} cannot be read; check the path and its permissions.") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise EvaluationError(
            f"{path} is not in CANARD's form (a list of objects with “History”, “QuAC_dialog_id”, “Question” and "
            "“Rewrite”); correct it, or name another file."
        ) from None


def half_of(dialog: str) -> str:
    """To which half a conversation belongs; rules are made looking at one half only."""
    return HALVES[hashlib.sha256(dialog.encode()).digest()[0] % 2]


def measure(method: Method, follow_ups: Sequence[FollowUp], *, titled: bool) -> Outcome:
    """Let a method rewrite every question and compare with what people wrote.

    Args:
        method: Makes a question stand on its own, or says None.
        follow_ups: The questions.
        titled: Whether the article's title and section are told as a first turn, which the people who rewrote saw.
    """
    numbers = {dialog: number for number, dialog in enumerate(sorted({case.dialog for case in follow_ups}))}
    recovered: list[tuple[bool, int]] = []
    wrong: list[tuple[bool, int]] = []
    changed: list[tuple[bool, int]] = []
    spoilt: list[tuple[bool, int]] = []
    for case in follow_ups:
        turns = bound_history(case.history)
        written = method(case.question, (case.title, *turns) if titled else turns)
        asked, meant = set(extract_terms(case.question)), set(extract_terms(case.rewrite))
        ours = asked if written is None else set(extract_terms(written))
        number = numbers[case.dialog]
        recovered += [(term in ours, number) for term in meant - asked]
        wrong += [(term not in meant, number) for term in ours - asked]
        changed.append((written is not None, number))
        if fold_words(case.rewrite) == fold_words(case.question):
            spoilt.append((written is not None, number))
    return Outcome(*(_share(hits) for hits in (recovered, wrong, changed, spoilt)))


def as_it_is(text: str, history: Sequence[Turn]) -> str | None:
    """Leave every question as it is."""
    return None


def with_last_question(text: str, history: Sequence[Turn]) -> str | None:
    """Put the whole last question behind every question."""
    return f"{text} {history[-1].question}" if history else None


METHODS: Mapping[str, Method] = {
    "Pullquote": read_as,
    "as it is": as_it_is,
    "with the last question": with_last_question,
}


def chat_method(settings: Settings) -> Method:
    """The chat model that the settings name, with the rules where it gives nothing usable; the product's own way.

    Raises:
        ChatModelError: If it cannot be opened.
    """
    from bot.chat import ChatClient, FollowupRewriter, TokenBudget, open_chat_model

    client = ChatClient(open_chat_model(settings), settings.chat_timeout_seconds, settings.chat_concurrent_calls)
    rewriter = FollowupRewriter(client, TokenBudget(settings.home, settings.chat_max_tokens_a_day))
    return lambda text, history: rewriter(text, history).text


def drawn(follow_ups: Sequence[FollowUp], limit: int) -> list[FollowUp]:
    """As many questions of each half, drawn by a hash and always the same, in their order."""
    chosen = sorted(follow_ups, key=lambda case: hashlib.sha256(f"{case.dialog} {case.question}".encode()).digest())
    kept = {id(case) for half in HALVES for case in [one for one in chosen if half_of(one.dialog) == half][:limit]}
    return [case for case in follow_ups if id(case) in kept]


def make_tables(follow_ups: Sequence[FollowUp], methods: Mapping[str, Method] = METHODS) -> Iterator[Table]:
    """One table for each half, with and without the title."""
    columns = (
        "method", "n", "terms recovered", "95 % interval", "terms wrongly added", "95 % interval", "changed",
        "95 % interval", "left by people", "changed of those", "95 % interval",
    )  # fmt: skip
    for half in HALVES:
        part = [case for case in follow_ups if half_of(case.dialog) == half]
        for titled in (False, True):
            outcomes = {name: measure(method, part, titled=titled) for name, method in methods.items()}
            rows = tuple((name, f"{len(part):,}", *_cells(outcome)) for name, outcome in outcomes.items())
            title = f"The {half} half, {'with' if titled else 'without'} the title as a first turn"
            yield Table(f"follow-ups-{half}{'-titled' if titled else ''}", title, columns, rows)


def main() -> int:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.follow_ups", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="questions and rewrites in CANARD's form")
    parser.add_argument("--limit", type=int, metavar="N", help="draw N questions of each half")
    parser.add_argument("--chat", action="store_true", help="ask the chat model that PULLQUOTE_CHAT_MODEL names, too")
    arguments = parser.parse_args()
    methods = dict(METHODS)
    try:
        follow_ups = read_follow_ups(arguments.file)
        if arguments.chat:
            settings = Settings.load()
            methods[f"Pullquote with {settings.chat_model}"] = chat_method(settings)
    except (EvaluationError, ChatModelError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if arguments.limit is not None:
        follow_ups = drawn(follow_ups, arguments.limit)
    for table in make_tables(follow_ups, methods):
        sys.stdout.write(f"{table.title}\n\n{table.to_markdown()}\n\n")
    return 0


def _follow_up(entry: Mapping[str, Any]) -> FollowUp:
    said = [str(text) for text in entry["History"]]
    title, section, *turns = said
    pairs = zip(turns[::2], turns[1::2], strict=True)
    history = tuple(Turn(question, NOT_FOUND_TEXT if answer == NO_ANSWER else answer) for question, answer in pairs)
    return FollowUp(
        str(entry["QuAC_dialog_id"]), Turn(title, section), history, entry["Question"].strip(), entry["Rewrite"].strip()
    )


def _share(hits: Sequence[tuple[bool, int]]) -> Figure:
    return share([hit for hit, _ in hits], [number for _, number in hits])


def _cells(outcome: Outcome) -> Iterator[str]:
    for figure in (outcome.recovered, outcome.wrong, outcome.changed, outcome.spoilt):
        if figure is outcome.spoilt:
            yield f"{figure.n:,}"
        yield show_figure(figure.value)
        known = figure.low is not None and figure.high is not None
        yield f"{show_figure(figure.low)}–{show_figure(figure.high)}" if known else NONE


if __name__ == "__main__":
    sys.exit(main())
