"""The recipe from public pairs and real sentences to the weights with which statements are judged."""

from __future__ import annotations

import json
import logging
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot.chat.verification.entailment import FOLDER
from bot.extractive.reader.weights import CARD, TOKENIZER
from bot.training.entailment.answer_pairs import answer_pairs
from bot.training.entailment.entailment_training import train_entailment
from bot.training.entailment.held_out import balanced_accuracy
from bot.training.entailment.made_pairs import make_pairs
from bot.training.entailment.pairs import NLI_SETS, SETS, Pair, read_pairs, read_set
from bot.training.entailment.source_sentences import learned_examples, sentences_in
from bot.training.entailment.templates import passage_pairs, template_pairs
from bot.training.export import export_entailment
from bot.training.mixture import PARTS
from bot.training.passes import forget
from retrieval.files import sha256_of
from retrieval.models.published_weights import check_model_files, published_model_folder

logger = logging.getLogger(__name__)

# Where the drawing starts: of the pairs, and of the training.
PAIRS_SEED, SEED = 1, 5


class Share(NamedTuple):
    """How much a pass takes of each source.

    Attributes:
        public: The share of the public pairs.
        of_a_kind: How many pairs of each kind and label are made by rule, times the kind's share.
        answers: How many pairs of each label are made of questions with answers.
        of_a_template: How many pairs of each label a template makes.
        of_a_statement: How often a statement on a passage is filled in.
    """

    public: float
    of_a_kind: int
    answers: int
    of_a_template: int
    of_a_statement: float


# First mostly what there is most of, then mostly what was written for this, which is the hardest, and last the frames,
# so that the plainest things, such as what is forbidden, are not forgotten for it.
BROAD = Share(public=1, of_a_kind=700, answers=12_000, of_a_template=60, of_a_statement=1)
HARD = Share(public=0.4, of_a_kind=250, answers=3_000, of_a_template=20, of_a_statement=2)
LAST = Share(public=0.1, of_a_kind=0, answers=0, of_a_template=50, of_a_statement=0.3)
PASSES = (BROAD, BROAD, BROAD, HARD, HARD, LAST)
# The sets whose questions people wrote for whole paragraphs.
ASKED_SETS = (
    "squad1_train_cs224n", "squad1_train_du", "squad1_train_flan", "squad1_train_neg", "squadshifts_newwiki", "quoref",
    "fairytaleqa",
)  # fmt: skip
WORK = "entailment"
READER_SETS, SPLIT, LEARNED = "reader", "squad2/questions.json", ("squad2/more.json",)


class PairMixture:
    """The pairs of every pass: all public ones, and others made anew each time.

    Args:
        data: The folder that holds the sets.
        seed: Where the drawing starts.
        without: A public set that is left out, with the sentences that would be taken from it.
    """

    def __init__(self, data: Path, seed: int, without: str | None = None) -> None:
        self._seed = seed
        self._public = read_pairs(data, without=without)
        examples = learned_examples(data, SPLIT, LEARNED, READER_SETS)
        self._sentences = sentences_in(examples, self._public)
        # Those of SQuAD 2.0 have no slash; the others are named after their set.
        self._asked = [each for each in examples if "/" not in each.document or each.document.startswith(ASKED_SETS)]
        logger.info("%d public pairs, %d sentences to make others of", len(self._public), len(self._sentences))

    def drawn(self, number: int) -> list[Pair]:
        """Those of one pass; the same for the same number."""
        seed = f"{self._seed}/{number}"
        share, rng = PASSES[number], random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
        pairs = rng.sample(self._public, round(share.public * len(self._public)))
        pairs += make_pairs(self._sentences, seed, share.of_a_kind)
        pairs += answer_pairs(self._asked, seed, share.answers)
        pairs += template_pairs(seed, share.of_a_template, self._sentences)
        pairs += passage_pairs(seed, share.of_a_statement, self._sentences)
        rng.shuffle(pairs)
        for (source, kind, label), count in sorted(counted(pairs).items()):
            logger.info("pass %d: %s, %s, %s: %d", number + 1, source, kind, label, count)
        return pairs


def counted(pairs: Sequence[Pair]) -> Counter[tuple[str, str, str]]:
    """How many pairs there are of each source, kind and label."""
    return Counter((pair.source, pair.kind, pair.label.name.lower()) for pair in pairs)


def make_entailment(
    data: Path, work: Path, *, resume: bool = False, without: str | None = None, folder: Path | None = None
) -> None:
    """Train the network that judges statements, and put it into the package.

    Args:
        data: The folder that holds the sets.
        work: Where training keeps what it has learned, and goes on from, in a folder of its own.
        resume: Go on from there, instead of beginning anew.
        without: A public set that is left out, to be judged on; the network then goes to the work folder, and how well
            it does is said.
        folder: Where the network goes to otherwise; into the package by default.

    Raises:
        ValueError: If there is no set called ``without``.
    """
    work = work / (f"{WORK}-without-{without}" if without else WORK)
    mixture = PairMixture(data, PAIRS_SEED, without)
    model_folder = published_model_folder()
    check_model_files(model_folder)
    if not resume:
        forget(work)
    model = train_entailment(model_folder, mixture.drawn, len(PASSES), SEED, work)
    target = work / "model" if without else folder or FOLDER
    export_entailment(model, model_folder / TOKENIZER, target)
    sets = [f"{NLI_SETS}/{name}.jsonl" for name in SETS if name != without]
    sets += [SPLIT, *LEARNED, *(f"{READER_SETS}/{part.name}.jsonl" for part in PARTS)]
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "seeds": [PAIRS_SEED, SEED],
        "passes": len(PASSES),
        "data": {name: sha256_of(data / name) for name in sets},
        # Of the first pass of each kind.
        "pairs": {
            f"pass {number + 1}": {
                " / ".join(key): count for key, count in sorted(counted(mixture.drawn(number)).items())
            }
            for number in map(PASSES.index, dict.fromkeys(PASSES))
        },
    }
    (target / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="ascii")
    if without:
        accuracy = balanced_accuracy(target, read_set(data / NLI_SETS / f"{without}.jsonl"))
        logger.info("balanced accuracy on %s: %.3f", without, accuracy)
