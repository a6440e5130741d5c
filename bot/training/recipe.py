"""The recipe from public question sets to the weights in the package."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.calibration.calibrator import fit_selector
from bot.calibration.measurement import measure_questions
from bot.calibration.outcome import figures, of_kind, trade_offs
from bot.calibration.remembered_reader import RememberedReader
from bot.calibration.selector_fit import NO_WEIGHTS
from bot.evaluation.cases import load_kinds
from bot.extractive.reader.span_reader import SpanReader
from bot.extractive.reader.weights import CARD, FOLDER, TOKENIZER, WORD_SELECTOR
from bot.extractive.selection import Selector
from bot.extractive.words import WordSelector
from bot.extractive.words.word_confidence import CONFIDENCE_NAMES as WORD_CONFIDENCE_NAMES
from bot.extractive.words.word_features import NAMES as WORD_NAMES
from bot.settings import Settings
from bot.training.export import export_reader, record_hashes
from bot.training.kinds import CALIBRATE, ENCYCLOPAEDIA, write_parts
from bot.training.language_sets import calibration_questions
from bot.training.mixture import PARTS, Mixture
from bot.training.passes import forget
from bot.training.question_sets import Example, read_examples
from bot.training.reader_training import train_reader
from bot.training.split import split_documents
from bot.training.windows import Window, Windows
from bot.training.word_fit import NO_WORD_WEIGHTS, fit_words
from retrieval import Library
from retrieval.files import sha256_of
from retrieval.models.published_weights import check_model_files, published_model_folder

logger = logging.getLogger(__name__)

# Where the drawing starts: of the windows, and of the training.
WINDOWS_SEED, SEED = 1, 5
PASSES = 2
# Its documents are split into those to learn from, to calibrate on and to judge on; those of the others are all learned
# from. They are parts of SQuAD 2.0: of its development set and of its training set.
SPLIT, LEARNED = "squad2/questions.json", ("squad2/more.json",)
# Kinds whose sets name one of many sentences that answer: right ones would count as wrong.
UNFIT = ("policies",)
# Kinds whose unanswerable questions people wrote: they count for more than those that only lost their answer.
WRITTEN, WRITTEN_COUNT = (ENCYCLOPAEDIA, "searches"), 3.0
# Kinds whose answers are marked in full: elsewhere some right sentences count as wrong, and nothing would be sure.
TELLING = (ENCYCLOPAEDIA, "forum", "reviews")
# The folder of the sets in ``mixture``.
READER_SETS = "reader"
WIKIPEDIA = ("squad1_train", "squadshifts_newwiki")
# How often the questions of SQuAD 2.0 are drawn in a pass: people wrote its unanswerable ones, which no rule replaces.
ALWAYS_TIMES = 3


def make_weights(data: Path, work: Path, *, resume: bool = False, selector_only: bool = False) -> None:
    """Train the reader, fit the selector with it, and put both into the package.

    Args:
        data: The folder that holds the question sets.
        work: Where training keeps what it has learned, and goes on from.
        resume: Go on from there, instead of beginning anew.
        selector_only: Leave the reader as it is.
    """
    examples = read_examples(data / SPLIT)
    learned, calibrated, judged = split_documents({example.document for example in examples})
    if not selector_only:
        examples = [example for example in examples if example.document in learned]
        for name in LEARNED:
            examples += read_examples(data / name)
        mixture = Mixture(data / READER_SETS, WINDOWS_SEED)
        windows = Windows([*examples, *mixture.examples()], WINDOWS_SEED)
        model_folder = published_model_folder()
        check_model_files(model_folder)
        if not resume:
            forget(work)
        learned_in = partial(_windows_of, windows, mixture, examples)
        model = train_reader(model_folder, learned_in, PASSES, SEED, work)
        export_reader(model, model_folder / TOKENIZER, FOLDER)
        sets = (SPLIT, *LEARNED, *(f"{READER_SETS}/{part.name}.jsonl" for part in PARTS))
        card = {
            "made": datetime.now(UTC).date().isoformat(),
            "seeds": [WINDOWS_SEED, SEED],
            "data": {name: sha256_of(data / name) for name in sets},
            "learned_from": sorted({example.document for example in examples}),
            "learned_from_too": sorted(_articles(mixture.examples())),
            "calibrated_on": sorted(calibrated),
            "judged_on": sorted(judged),
        }
        (FOLDER / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="ascii")
    with tempfile.TemporaryDirectory() as parts:
        write_parts(data, Path(parts))
        make_selector(Path(parts) / CALIBRATE)


def _windows_of(windows: Windows, mixture: Mixture, always: list[Example], number: int) -> list[Window]:
    """What one pass learns from: all of some examples, several times, and the draw of the others."""
    return windows.epoch(number, [*always * ALWAYS_TIMES, *mixture.drawn(number)])


def _articles(examples: Iterable[Example]) -> set[str]:
    """The titles of the articles of Wikipedia in SQuAD's first version and its shifts, which people evaluate with.

    The documents of the other sets have no titles by which one would know them; ``is_kept`` tells which were left out.
    """
    documents = (example.document.partition("/") for example in examples)
    return {title for name, _, title in documents if name.startswith(WIKIPEDIA)}


def make_word_selector(data: Path) -> None:
    """Fit the selector for languages that the reader does not know, and put it into the package.

    Args:
        data: The folder that holds the question sets.
    """
    kinds = calibration_questions(data)
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        measurements = measure_questions(kinds, library, WordSelector(NO_WORD_WEIGHTS))
        library.close()
    logger.info("fitting on %d questions of %s", len(measurements), ", ".join(kinds))
    stored = fit_words(measurements).to_json(WORD_NAMES, WORD_CONFIDENCE_NAMES)
    (FOLDER / WORD_SELECTOR).write_text(json.dumps(stored, indent=2) + "\n", encoding="ascii")
    record_hashes(FOLDER)


def make_selector(folder: Path) -> None:
    """Fit ranking, confidence and thresholds of the reader that was just made on documents that it has not seen.

    Args:
        folder: Sets of questions as ``python -m bot.evaluation`` reads them, each about a kind of documents.
    """
    kinds = {name: questions for name, questions in load_kinds([folder]).items() if name not in UNFIT}
    reader = RememberedReader(SpanReader())
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        measurements = measure_questions(kinds, library, Selector(reader, NO_WEIGHTS))
        library.close()
    measurements = [
        each.counting(WRITTEN_COUNT * each.weight) if each.kind in WRITTEN else each for each in measurements
    ]
    logger.info("fitting on %d questions about %s", len(measurements), ", ".join(kinds))
    fitted = fit_selector(measurements, reader, telling=TELLING)
    for kind in (None, *kinds):
        logger.info("held out, %s: %s", kind or "all kinds", figures(of_kind(fitted.held_out, kind)))
    logger.info("thresholds: %s\n%s", fitted.weights.thresholds, trade_offs(fitted.held_out).to_markdown())
    reader.selector_weights.write_text(json.dumps(fitted.weights.to_json(), indent=2) + "\n", encoding="ascii")
    others = (questions for kind, questions in kinds.items() if kind != ENCYCLOPAEDIA)
    titles = {source.title for questions in others for source in questions.documents}
    card = json.loads((FOLDER / CARD).read_bytes()) | {"calibrated_on_too": sorted(titles)}
    (FOLDER / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="ascii")
    record_hashes(FOLDER)
