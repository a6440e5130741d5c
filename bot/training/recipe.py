"""The recipe from public question sets to the weights in the package."""

from __future__ import annotations

import json
import logging
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import numpy as np

from bot.evaluation.cases import load_questions, title_key
from bot.reader import SpanReader
from bot.reader.weights import CARD, FOLDER, TOKENIZER, sha256_of
from bot.selection import Selector, Weights
from bot.selection.certainty import CERTAINTY_NAMES
from bot.selection.features import NAMES
from bot.selection.selector import WEIGHTS
from bot.settings import Settings
from bot.training.export import export_reader
from bot.training.made_up import make_up_examples
from bot.training.measuring import measure_questions
from bot.training.reader import train_reader
from bot.training.selector import fit, to_json
from bot.training.sets import read_examples
from bot.training.split import split_documents
from bot.training.windows import Window, Windows
from retrieval import Library
from retrieval.model_files import bundled_model_folder, check_model_files

logger = logging.getLogger(__name__)

# Where the drawing starts: of the windows, and of everything else.
WINDOWS_SEED, SEED = 1, 5
# Its documents are split into those to learn from, to calibrate on and to judge on; those of the others are all learned
# from. They are parts of SQuAD 2.0: of its development set and of its training set.
SPLIT, LEARNED = "squad2/questions.json", ("squad2/more.json",)
# Questions of other kinds, and how many of each set; texts to make up questions about, and how many.
OTHERS = {"policyqa/dev.json": 1_200, "covid-qa/questions.json": 1_380}
ARTICLES, MADE_UP = "articles", 8_000
# The first passes are over all of that, the last ones over what is most like the questions that people ask.
WIDE_PASSES, CLOSE_PASSES = 2, 3


def make_weights(data: Path, *, selector_only: bool = False) -> None:
    """Train the reader, fit the selector with it, and put both into the package.

    Args:
        data: The folder that holds the question sets.
        selector_only: Leave the reader as it is.
    """
    examples = read_examples(data / SPLIT)
    learned, calibrated, judged = split_documents({example.document for example in examples})
    if not selector_only:
        model_folder = bundled_model_folder()
        check_model_files(model_folder)
        model = train_reader(model_folder, reader_passes(data, learned, calibrated | judged), SEED)
        export_reader(model, model_folder / TOKENIZER, FOLDER)
        card = {
            "made": datetime.now(UTC).date().isoformat(),
            "seeds": [WINDOWS_SEED, SEED],
            "data": {name: sha256_of(data / name) for name in (SPLIT, *LEARNED)},
            "learned_from": sorted({example.document for example in examples}),
            "calibrated_on": sorted(calibrated),
            "judged_on": sorted(judged),
        }
        (FOLDER / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="ascii")
    fit_selector(data, calibrated)


def reader_passes(data: Path, learned: frozenset[str], kept: frozenset[str]) -> list[Callable[[], list[Window]]]:
    """What the reader learns from, pass after pass; no text of a document in ``kept`` is among it."""
    rng = random.Random(WINDOWS_SEED)  # noqa: S311 (draws must be repeatable, not secret)
    close = [example for example in read_examples(data / SPLIT) if example.document in learned]
    for name in LEARNED:
        close += read_examples(data / name)
    wide = list(close)
    for name, count in OTHERS.items():
        examples = read_examples(data / name)
        wide += rng.sample(examples, min(count, len(examples)))
    kept_keys = {title_key(title) for title in kept}
    articles = {
        unquote(path.stem): path.read_text(encoding="utf-8")
        for path in sorted((data / ARTICLES).glob("*.txt"))
        if title_key(unquote(path.stem)) not in kept_keys
    }
    wide += make_up_examples(articles, MADE_UP, WINDOWS_SEED)
    logger.info("learning from %d questions, and in the first passes from %d more", len(close), len(wide) - len(close))
    return [Windows(wide, WINDOWS_SEED).epoch] * WIDE_PASSES + [Windows(close, WINDOWS_SEED).epoch] * CLOSE_PASSES


def fit_selector(data: Path, calibrated: frozenset[str]) -> None:
    """Fit ranking and confidence on documents that the reader has not seen."""
    questions = load_questions([data / SPLIT])
    unweighted = Weights(np.zeros(len(NAMES)), np.zeros(len(CERTAINTY_NAMES)), 0.0)
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        titles = {title.replace("_", " ") for title in calibrated}
        measurements = measure_questions(questions, titles, library, Selector(SpanReader(), unweighted), SEED)
        library.close()
    logger.info("fitting on %d questions about %s", len(measurements), ", ".join(sorted(titles)))
    WEIGHTS.write_text(json.dumps(to_json(fit(measurements)), indent=2) + "\n", encoding="ascii")
