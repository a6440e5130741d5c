"""``pullquote eval``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson
from bot.cli.startup import load_settings
from bot.cli.table_display import show_table
from bot.cli.terminal import json_alone, progress_bar, say
from retrieval.extras import has_extra, needs_extra

# What a terminal shows; the rest is in the report.
SHOWN = ("quality", "levels", "time", "kinds", "data")

Questions = Annotated[
    list[Path], typer.Argument(metavar="QUESTIONS", help="SQuAD files (.json), JSON Lines (.jsonl), or their folder.")
]
Docs = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Where the documents lie that JSON Lines name (default: beside the file)."),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Write the report, the plots and the worst failures here.")
]
Write = Annotated[Path | None, typer.Option(metavar="FILE", help="Rewrite the marked tables of this Markdown file.")]
LibraryFolder = Annotated[
    Path | None,
    typer.Option("--library", metavar="FOLDER", help="Time answers with the .txt and .md files of this folder, too."),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Ask at most N answerable questions a document and N others, drawn."),
]
Unseen = Annotated[
    bool, typer.Option("--unseen", help="Leave out the documents that the shipped weights were made with.")
]
NoTiming = Annotated[bool, typer.Option("--no-timing", help="Do not time answers.")]


def evaluate(
    questions: Questions,
    docs: Docs = None,
    out: Out = None,
    write: Write = None,
    library: LibraryFolder = None,
    limit: Limit = None,
    unseen: Unseen = False,
    no_timing: NoTiming = False,
    as_json: AsJson = False,
) -> None:
    """Measure the answers to questions whose answers are known.

    The documents are indexed in a temporary folder; your own library is not
    touched.
    """
    from bot.evaluation.cases import load_questions
    from bot.evaluation.docs_tables import read_marked, rewrite_file
    from bot.evaluation.errors import EvaluationError
    from bot.evaluation.report import make_folder, to_json, write_report
    from bot.evaluation.runner import Options, library_files, run_evaluation
    from bot.evaluation.tables import TABLE_NAMES, make_tables
    from bot.extractive.calibration_file import read_calibration
    from bot.extractive.reader import open_reader

    settings = load_settings()
    calibration = read_calibration(settings.home)
    trained_on = open_reader(settings.reader_model).documents_trained_on()
    trained_on += calibration.documents if calibration else ()
    options = Options(not no_timing, library_files(library) if library else (), trained_on)
    asked = load_questions(questions, docs)
    if unseen:
        asked = asked.without(trained_on)
    # Before hours are spent on what would have no place.
    if write is not None:
        read_marked(write, TABLE_NAMES)
    if out is not None:
        make_folder(out)
    evaluation = run_evaluation(asked.limited(limit) if limit else asked, settings, options, progress_bar)
    tables = make_tables(evaluation)
    if as_json:
        with json_alone() as print_line:
            print_line(to_json(evaluation))
    else:
        for table in tables:
            if table.name in SHOWN:
                show_table(table)
        if no_timing:
            say("Answers were not timed.")
    if write is not None:
        rewrite_file(write, {table.name: table.to_markdown() for table in tables})
    if out is not None:
        write_report(evaluation, out)
        if not as_json:
            say(f"The report is in {out}.")
        if not has_extra("eval"):
            raise EvaluationError(f"The report has no plots; drawing them {needs_extra('eval')}")
