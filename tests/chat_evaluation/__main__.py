"""Asks a real chat model 60 questions: ``python -m tests.chat_evaluation`` (``make eval-chat``).

It prints how much of what the model writes keeps the form and passes its check, beside the answers without a model, and
writes every statement with its quotes into ``statements.jsonl`` of the folder that ``--out`` names. A person reads that
file and puts ``true`` or ``false`` for ``null`` at the end of each line: do the quotes alone bear the statement out?
The next run makes two more rows of these marks, and keeps them; ``--judged FILE`` takes them from another file. With
``--replies FILE`` the model's words are kept, so that the next run takes a minute: what was said is not asked anew.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from platformdirs import user_cache_path

from bot import Settings
from bot.evaluation.docs_tables import read_marked, rewrite_file
from retrieval.errors import PullquoteError
from retrieval.models.cpu_count import count_processors
from tests.chat_evaluation.figures import TABLE, read_marks, statement_lines, table
from tests.chat_evaluation.model import LocalModel
from tests.chat_evaluation.outcomes import Outcome, ask_all, own_questions
from tests.chat_evaluation.replies import Replies
from tests.chat_evaluation.weights import NAME, fetch_weights

STATEMENTS = "statements.jsonl"


def main(arguments: list[str] | None = None) -> int:
    """Ask, print and write; 2 where that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m tests.chat_evaluation", description=(__doc__ or "").split(":")[0])
    parser.add_argument("--model", type=Path, metavar="FILE", help=f"a model in GGUF (default: {NAME}, fetched once)")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has xllamacpp")
    parser.add_argument("--server", metavar="URL", help="ask this server, which speaks OpenAI's protocol, instead")
    parser.add_argument("--name", help="what the model is called (default: as its file)")
    parser.add_argument("--replies", type=Path, metavar="FILE", help="where what the model said is kept")
    parser.add_argument("--replay", action="store_true", help="start no model; what is not in --replies is missing")
    parser.add_argument("--judged", type=Path, metavar="FILE", help="the statements, judged by a person")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the statements are written")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="the Markdown file whose marked table is rewritten")
    parser.add_argument("--questions", type=int, metavar="N", help="ask no more than N about each document")
    chosen = parser.parse_args(arguments)
    try:
        return _evaluate(chosen)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _evaluate(chosen: argparse.Namespace) -> int:
    if chosen.write:
        read_marked(chosen.write, [TABLE])  # what fails here fails before an hour of work
    statements = chosen.out and chosen.out / STATEMENTS
    judged = chosen.judged or (statements if statements and statements.exists() else None)
    marks = read_marks(judged) if judged else {}
    for path in (statements, chosen.replies):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
    cache = user_cache_path("pullquote", appauthor=False) / "chat-model"
    weights = (lambda: chosen.model) if chosen.model else partial(fetch_weights, cache, chosen.python)
    name = chosen.name or (chosen.model.stem if chosen.model else Path(NAME).stem)
    with LocalModel(weights, chosen.python) as local, tempfile.TemporaryDirectory(prefix="pullquote-chat-") as home:
        server = (lambda: chosen.server) if chosen.server else local.address
        replies = Replies(chosen.replies, None if chosen.replay else server)
        settings = Settings.load().model_copy(update={"home": Path(home), "chroma_url": None})
        outcomes = _ask(settings, name, replies, chosen.questions)
    shown = table(outcomes, name, marks)
    lines = statement_lines(outcomes, marks)
    if statements:
        statements.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if chosen.write:
        rewrite_file(chosen.write, {TABLE: f"{shown}\n\n{_machine()}"})
    unread = sum(line.endswith('"true": null}') for line in lines)
    sys.stdout.write(f"{shown}\n\n{unread} of {len(lines)} statements that keep the form have not been judged.\n")
    if replies.missing:
        sys.stdout.write(f"{replies.missing} prompts are not among the replies; run it once without --replay.\n")
    return 0


def _machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"Checked on {datetime.now(UTC):%d %B %Y}; {count_processors()} processors, {system}."


def _ask(settings: Settings, name: str, replies: Replies, most: int | None) -> list[Outcome]:
    questions = own_questions(most)
    outcomes: list[Outcome] = []
    for outcome in ask_all(questions, settings, name, replies):
        outcomes.append(outcome)
        sys.stderr.write(
            f"{len(outcomes)} of {len(questions.cases)}: {outcome.seconds:.0f} s, {outcome.case.question}\n"
        )
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
