"""The project's own measurements, beside two plain pipelines: ``python -m bot.evaluation``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.evaluation.cases import load_questions
from bot.evaluation.docs_tables import read_marked, rewrite_file
from bot.evaluation.errors import EvaluationError
from bot.evaluation.report import make_folder, to_json, write_report
from bot.evaluation.runner import Options, library_files, run_evaluation
from bot.evaluation.system_under_test import Progress
from bot.evaluation.tables import TABLE_NAMES, make_tables
from bot.extractive.calibration_file import read_calibration
from bot.extractive.reader import open_reader
from bot.settings import Settings
from retrieval import PullquoteError
from retrieval.extras import has_extra, needs_extra

# What is printed; the rest is in the report.
SHOWN = ("quality", "levels", "time", "kinds", "data")
# So often, in percent, a stage tells how far it is.
EVERY_PERCENT = 10


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write what the arguments name; 2 where something cannot be used."""
    try:
        _measure(_parser().parse_args(arguments))
    except PullquoteError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


def _measure(wanted: argparse.Namespace) -> None:
    settings = Settings.load()
    calibration = read_calibration(settings.home)
    trained_on = open_reader(settings.reader_model).documents_trained_on()
    trained_on += calibration.documents if calibration else ()
    options = Options(not wanted.no_timing, library_files(wanted.library) if wanted.library else (), trained_on)
    asked = load_questions(wanted.questions, wanted.docs)
    if wanted.unseen:
        asked = asked.without(trained_on)
    # Before hours are spent on what would have no place.
    if wanted.write is not None:
        read_marked(wanted.write, TABLE_NAMES)
    if wanted.out is not None:
        make_folder(wanted.out)
    evaluation = run_evaluation(asked.limited(wanted.limit) if wanted.limit else asked, settings, options, _stage)
    tables = make_tables(evaluation)
    if wanted.json:
        print(json.dumps(to_json(evaluation)))  # noqa: T201
    else:
        for table in tables:
            if table.name in SHOWN:
                print(f"## {table.title}\n\n{table.to_markdown()}\n")  # noqa: T201
    if wanted.write is not None:
        rewrite_file(wanted.write, {table.name: table.to_markdown() for table in tables})
    if wanted.out is not None:
        write_report(evaluation, wanted.out)
        if not has_extra("eval"):
            raise EvaluationError(f"The report has no plots; drawing them {needs_extra('eval')}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description=__doc__)
    parser.add_argument("questions", type=Path, nargs="+", help="files of questions, or their folder")
    parser.add_argument("--docs", type=Path, metavar="FOLDER", help="where the documents lie that questions name")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write the report, plots and worst failures here")
    parser.add_argument("--write", type=Path, metavar="FILE", help="rewrite the marked tables of this Markdown file")
    parser.add_argument("--library", type=Path, metavar="FOLDER", help="time answers with these documents, too")
    parser.add_argument("--limit", type=_count, metavar="N", help="ask at most N questions of each sort a document")
    parser.add_argument("--unseen", action="store_true", help="leave out documents that the weights were made with")
    parser.add_argument("--no-timing", action="store_true", help="do not time answers")
    parser.add_argument("--json", action="store_true", help="print what report.json holds")
    return parser


def _count(text: str) -> int:
    if (count := int(text)) < 1:
        raise ValueError(text)
    return count


@contextmanager
def _stage(label: str) -> Iterator[Progress]:
    told = -1

    def move(done: int, total: int) -> None:
        nonlocal told
        if total and (part := done * 100 // total // EVERY_PERCENT) > told:
            told = part
            print(f"{label}: {done:,} of {total:,}", file=sys.stderr)  # noqa: T201

    yield move


if __name__ == "__main__":
    sys.exit(main())
