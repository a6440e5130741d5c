"""An evaluation -> tables of plain words, for a terminal and for Markdown alike."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.evaluation.intervals import RESAMPLES, SEED, Figure
from bot.evaluation.levels import Levels
from bot.evaluation.measures import (
    MEASURES,
    TIMES,
    Measure,
    any_right,
    auroc_in_topic,
    calibration,
    first_right,
    measure_all,
    span_exact,
    span_overlap,
    split_by,
    working_point,
)
from bot.evaluation.runner import Evaluation
from bot.evaluation.scoring import Group, Trial

NONE = "–"
TABLE_NAMES = ("quality", "levels", "time", "kinds", "documents", "data")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name for the marks in a Markdown file; the first column and those without a heading hold words."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_markdown(self) -> str:
        """The table in GitHub's Markdown; words of documents cannot break out of their cell."""
        rule = tuple("--:" if number and column else "---" for number, column in enumerate(self.columns))
        lines = [self.columns, rule, *self.rows]
        return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def make_tables(evaluation: Evaluation) -> list[Table]:
    """All tables, the most important first; those without a row are left out."""
    makers = (_quality, _levels, _time, _kinds, _documents, _data)
    return [table for table in (make(evaluation) for make in makers) if table.rows]


def show_figure(value: float | None, *, as_milliseconds: bool = False) -> str:
    """A figure as it is printed; a dash where nothing was measured."""
    if value is None:
        return NONE
    return f"{1000 * value:.0f} ms" if as_milliseconds else f"{value:.3f}".removeprefix("0")


def _quality(evaluation: Evaluation) -> Table:
    figures = [measure_all(results) for results in evaluation.results]
    own = figures[0]
    columns = ("measure", "n", *(results.system for results in evaluation.results), "95 % interval", "goal")
    rows = [
        (
            measure.label,
            f"{own[measure.name].n:,}",
            *(show_figure(of[measure.name].value) if measure.name in of else NONE for of in figures),
            _interval(own[measure.name], measure),
            measure.goal,
        )
        for measure in MEASURES
        if own[measure.name].n
    ]
    return Table("quality", "Quality", columns, tuple(rows))


def _levels(evaluation: Evaluation) -> Table:
    """A row for each group of questions, and for each kind of them."""
    own = [trial for trial in evaluation.product.trials if trial.document == trial.case.document]
    parts = {str(group): evaluation.product.of(group) for group in Group}
    parts |= split_by(own, lambda trial: trial.case.kind)
    rows = []
    for part, trials in parts.items():
        if trials:
            levels = Levels.of(trials)
            counts = (levels.n, levels.sure, levels.unsure, levels.not_found)
            right = (levels.right_when_sure, levels.right_when_unsure)
            rows.append((part, *(f"{count:,}" for count in counts), *(show_figure(share) for share in right)))
    columns = ("questions", "n", "sure", "unsure", "not found", "first right, of sure", "first right, of unsure")
    return Table("levels", "Sure, unsure and not found", columns, tuple(rows))


def _time(evaluation: Evaluation) -> Table:
    rows = []
    if evaluation.product.seconds:
        for measure in TIMES:
            figure = measure.compute(evaluation.product)
            shown = show_figure(figure.value, as_milliseconds=True)
            rows.append((measure.label, f"{figure.n:,}", shown, _interval(figure, measure), measure.goal))
    machine = evaluation.machine
    title = (
        f"Time with {evaluation.timed_chunks:,} chunks indexed, on {machine.cores} cores "
        f"({machine.platform}, Python {machine.python})"
    )
    return Table("time", title, ("measure", "n", "Pullquote", "95 % interval", "goal"), tuple(rows))


def _kinds(evaluation: Evaluation) -> Table:
    product = evaluation.product
    own = [trial for trial in product.trials if trial.document == trial.case.document]
    rows = []
    for kind, held in split_by(own, lambda trial: trial.case.kind).items():
        part = replace(product, trials=held, spans=[span for span in product.spans if span.case.kind == kind])
        answerable, others = Levels.of(part.of(Group.ANSWERABLE)), Levels.of(part.of(Group.UNANSWERABLE))
        shares = (first_right, any_right, span_exact, span_overlap)
        rows.append(
            (
                kind,
                f"{answerable.n:,}",
                *(show_figure(measure(part).value) for measure in shares),
                *_levels_shares(answerable),
                show_figure(answerable.right_when_sure),
                f"{others.n:,}",
                *_levels_shares(others),
                *(show_figure(measure(part).value) for measure in (auroc_in_topic, calibration)),
            )
        )
    columns = (
        "kind", "answerable", "first right", "any right", "EM", "F1", "not found", "sure", "right, of sure",
        "unanswerable", "not found", "sure", "AUROC", "ECE",
    )  # fmt: skip
    return Table("kinds", "By kind of document or question", columns, tuple(rows))


def _levels_shares(levels: Levels) -> list[str]:
    """Which share was not found, and which was sure."""
    return [show_figure(count / levels.n if levels.n else None) for count in (levels.not_found, levels.sure)]


def _documents(evaluation: Evaluation) -> Table:
    titles = [source.title for source in evaluation.questions.documents]
    trials = sorted(evaluation.product.trials, key=lambda trial: titles[trial.document])
    own = [trial for trial in trials if trial.document == trial.case.document]
    return _breakdown("documents", "By document", "document", own, lambda trial: titles[trial.document])


def _breakdown(name: str, title: str, heading: str, trials: Sequence[Trial], key: Callable[[Trial], str]) -> Table:
    rows = []
    for part, held in split_by(trials, key).items():
        answerable = [trial for trial in held if trial.group is Group.ANSWERABLE]
        others = [trial for trial in held if trial.group is not Group.ANSWERABLE]
        rows.append(
            (
                part,
                f"{len(answerable):,}",
                _mean([trial.first_right for trial in answerable]),
                _mean([trial.any_right for trial in answerable]),
                _mean([not trial.shown.answered for trial in answerable]),
                f"{len(others):,}",
                _mean([not trial.shown.answered for trial in others]),
            )
        )
    columns = (heading, "answerable", "first right", "any right", "refused", "unanswerable", "refused")
    return Table(name, title, columns, tuple(rows))


def _data(evaluation: Evaluation) -> Table:
    questions = evaluation.questions
    rows = [
        (file.name, f"sha256 {file.sha256[:16]}…, {file.left_out:,} questions left out") for file in questions.files
    ]
    counts = [f"{sum(trial.group is group for trial in evaluation.product.trials):,} {group}" for group in Group]
    rows += [
        ("documents", f"{len(questions.documents):,}, {evaluation.seen_in_training:.0%} of them seen in training"),
        ("questions", ", ".join(counts)),
        ("passages", f"the longest has {evaluation.longest_passage_words} words"),
        ("thresholds", _thresholds(evaluation)),
        ("intervals", f"bootstrap over documents, {RESAMPLES:,} resamples, seed {SEED}"),
        ("version", f"Pullquote {evaluation.machine.pullquote}"),
    ]
    return Table("data", "What it was measured on", ("what", ""), tuple(rows))


def _thresholds(evaluation: Evaluation) -> str:
    """The thresholds in force, and the place of the lower one on the risk-coverage curve."""
    thresholds = f"answered from {evaluation.thresholds.answer:g}, sure from {evaluation.thresholds.sure:g}"
    point = working_point(evaluation.product)
    if point is None:
        return thresholds
    return f"{thresholds}: of equal parts {point[0]:.0%} are answered, and {point[1]:.0%} of these answers are wrong"


def _interval(figure: Figure, measure: Measure) -> str:
    if figure.low is None or figure.high is None:
        return NONE
    low, high = (show_figure(end, as_milliseconds=measure.as_milliseconds) for end in (figure.low, figure.high))
    return f"{low.removesuffix(' ms')}–{high}"


def _mean(hits: Sequence[bool]) -> str:
    return show_figure(sum(hits) / len(hits)) if hits else NONE


def _cell(words: str) -> str:
    return html.escape(" ".join(words.split()), quote=False).replace("\\", "\\\\").replace("|", "\\|")
