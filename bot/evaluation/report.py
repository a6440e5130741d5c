"""An evaluation -> files: all figures as JSON, the tables as Markdown, the worst failures, and two plots."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.errors import EvaluationError
from bot.evaluation.intervals import RESAMPLES, SEED
from bot.evaluation.levels import Levels
from bot.evaluation.measures import Results, measure_all, reliability, risk_coverage, working_point
from bot.evaluation.plots import CAPTIONS, PICTURES, draw_plots
from bot.evaluation.runner import Evaluation
from bot.evaluation.scoring import Group, Trial
from bot.evaluation.tables import make_tables
from retrieval.extras import has_extra

WORST = 30
CURVE_POINTS = 20
WRONG = "the first quote is wrong"
ANSWERED = "answered, though the document does not say"
REFUSED = "refused, though the document answers"

NOTES = """\
How each figure is meant:

- A quote is *right* when one of the given answers stands in it, whatever the case of letters and the white space.
  A refused question counts by its closest sentence. At most three quotes count.
- Every question is put to its own document; *off the document* are questions about one document put to another,
  drawn at random with a fixed seed, and rows of the kind “off-topic”. That the other document says nothing of the
  kind is taken for granted.
- *Unanswerable inside the topic* are questions that the data call unanswerable. SQuAD says so of one paragraph; some
  of them are answered elsewhere in the article, which counts against whoever finds that.
- A passage is right when it covers a place of the answer. *Pooled*: all documents in one collection.
- ECE and both plots use equal parts of answerable questions and of unanswerable ones inside the topic, drawn with a
  fixed seed; the event is that the document answers and the first quote is right.
- *plain LangChain*: dense search with the same model over chunks of 1000 characters (overlap 200, k = 4), then the
  sentences of these by cosine. *BM25 alone*: over sentences for answers, over Pullquote's passages for pooled search.
  Their confidence is their best score; neither refuses.
"""


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Every figure of every system, with what it was measured on."""
    questions = evaluation.questions
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "pullquote": evaluation.machine.pullquote,
        "machine": asdict(evaluation.machine),
        "data": [asdict(file) for file in questions.files],
        "documents": [
            {"title": source.title, "sha256": source.sha256, "words": len(source.text.split())}
            for source in questions.documents
        ],
        "documents_seen_in_training": evaluation.seen_in_training,
        "questions": {str(group): sum(trial.group is group for trial in evaluation.product.trials) for group in Group},
        "settings": {
            "answer_threshold": evaluation.thresholds.answer,
            "sure_threshold": evaluation.thresholds.sure,
            "passages": evaluation.settings.passages,
            "embedding_model": evaluation.settings.embedding_model,
        },
        "bootstrap": {"over": "documents", "resamples": RESAMPLES, "seed": SEED},
        "longest_passage_words": evaluation.longest_passage_words,
        "timed_chunks": evaluation.timed_chunks or None,
        "systems": {results.system: _system(results) for results in evaluation.results},
    }


def to_markdown(evaluation: Evaluation, pictures: Sequence[str] = ()) -> str:
    """The tables, and what they mean."""
    parts = ["# Evaluation"]
    for table in make_tables(evaluation):
        parts += [f"## {table.title}", table.to_markdown()]
        if table.name == "quality":
            parts.append(NOTES.strip())
            for name in pictures:
                parts += [f"![{Path(name).stem.replace('-', ' ')}]({name})", CAPTIONS[name]]
    return "\n\n".join(parts) + "\n"


def worst_failures(evaluation: Evaluation, count: int = WORST) -> list[dict[str, Any]]:
    """The worst failures, the surest first: up to a third of each kind, and then the worst of the rest.

    Wrong and undue answers are the worse the surer they were, undue refusals the less sure.
    """
    failed = [(kind, trial) for trial in evaluation.product.trials if (kind := failure(trial))]
    failed.sort(key=lambda pair: -_badness(*pair))
    chosen: list[tuple[str, Trial]] = []
    for kind in (WRONG, ANSWERED, REFUSED):
        chosen += [pair for pair in failed if pair[0] == kind][: count // 3]
    chosen += [pair for pair in failed if pair not in chosen][: count - len(chosen)]
    chosen.sort(key=lambda pair: -pair[1].shown.confidence)
    documents = evaluation.questions.documents
    return [
        {
            "failure": kind,
            "confidence": trial.shown.confidence,
            "question": trial.case.question,
            "answers": list(trial.case.answers) if trial.group is Group.ANSWERABLE else [],
            "shown": list(trial.shown.quotes),
            "document": documents[trial.document].title,
            "group": str(trial.group),
            "kind": trial.case.kind,
            "id": trial.case.id,
        }
        for kind, trial in chosen
    ]


def failure(trial: Trial) -> str:
    """What kind of failure the trial is; empty when it is none."""
    if trial.group is not Group.ANSWERABLE:
        return ANSWERED if trial.shown.answered else ""
    if not trial.shown.answered:
        return REFUSED
    return "" if trial.first_right else WRONG


def make_folder(folder: Path) -> None:
    """Make the folder of a report.

    Raises:
        EvaluationError: If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def write_report(evaluation: Evaluation, folder: Path) -> None:
    """Write ``report.json``, ``report.md``, ``failures.jsonl`` and the plots into ``folder``.

    There are no plots where matplotlib is missing, or where the data have no equal parts to draw.

    Raises:
        EvaluationError: If something cannot be written.
    """
    drawing = has_extra("eval") and risk_coverage(evaluation.product) is not None
    failures = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in worst_failures(evaluation))
    try:
        report = json.dumps(to_json(evaluation), indent=1, ensure_ascii=False, allow_nan=False)
        (folder / "report.json").write_text(report + "\n", encoding="utf-8")
        (folder / "report.md").write_text(to_markdown(evaluation, PICTURES if drawing else ()), encoding="utf-8")
        (folder / "failures.jsonl").write_text(failures, encoding="utf-8")
        if drawing:
            draw_plots(evaluation.results, folder)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> EvaluationError:
    reason = (error.strerror or "error").lower()
    return EvaluationError(f"{folder} cannot be written ({reason}); name another folder with --out.")


def _system(results: Results) -> dict[str, Any]:
    curve, point = risk_coverage(results), working_point(results)
    report: dict[str, Any] = {"figures": {name: asdict(figure) for name, figure in measure_all(results).items()}}
    if curve is not None:
        at = np.linspace(1, len(curve.coverage), CURVE_POINTS).round().astype(int) - 1
        report["risk_coverage"] = {
            "area": curve.area,
            "coverage": curve.coverage[at].tolist(),
            "risk": curve.risk[at].tolist(),
        }
    if results.refuses:
        report["levels"] = {str(group): asdict(Levels.of(results.of(group))) for group in Group}
        report["at_threshold"] = {"coverage": point[0], "risk": point[1]} if point else None
        report["reliability"] = [asdict(one) for one in reliability(results)]
    return report


def _badness(kind: str, trial: Trial) -> float:
    return 1 - trial.shown.confidence if kind == REFUSED else trial.shown.confidence
