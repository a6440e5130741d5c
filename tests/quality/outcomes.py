"""Putting the questions to the product as it ships, each to a collection that holds its document alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from langchain_core.embeddings import Embeddings

from bot import Settings
from bot.evaluation.scoring import Group, Trial, contains_answer, judge
from bot.evaluation.system_under_test import RememberedEmbeddings, SystemUnderTest
from bot.types import Certainty
from tests.quality.questions import Part, own_questions, part_of_documents


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, what was shown, and in which part its document is."""

    trial: Trial
    document: str
    part: Part

    @property
    def kind(self) -> str:
        return self.trial.case.kind

    @property
    def is_refused(self) -> bool:
        return not self.trial.shown.answered

    @property
    def is_sure(self) -> bool:
        return self.trial.shown.certainty is Certainty.SURE

    @property
    def parts_shown(self) -> list[bool]:
        """Whether a quote holds it, for each answer; the answers of a list question are the parts of the list."""
        quotes = self.trial.shown.quotes
        return [any(contains_answer(quote, [answer]) for quote in quotes) for answer in self.trial.case.answers]


# The tests put every third question, which takes a third of the time; the floors are under the figures of these.
STEP = 3


def ask_everything(home: Path, embeddings: Embeddings, step: int = 1) -> list[Outcome]:
    """Every question, or every third for ``step`` 3, with its outcome; the library is made in ``home``."""
    questions = own_questions()
    # The settings as they ship, whatever the environment and .env of this machine say.
    settings = Settings.model_construct(home=home)
    # One model for all, that embeds each sentence once; nearly all of the time would go into doing it again and again.
    remembered = RememberedEmbeddings(embeddings)
    with patch("retrieval.library.open_embedder", lambda model: remembered):
        product = SystemUnderTest(settings, questions.documents, remembered, lambda done, total: None)
    parts = part_of_documents()
    names = [_file_name(source.uri) for source in questions.documents]
    try:
        return [
            Outcome(
                judge(case, case.document, _group(case.is_answerable), product.ask(case.question, case.document)),
                names[case.document],
                parts[names[case.document]],
            )
            for case in questions.cases[::step]
        ]
    finally:
        product.close()


def _group(is_answerable: bool) -> Group:
    return Group.ANSWERABLE if is_answerable else Group.UNANSWERABLE


def _file_name(uri: str) -> str:
    return Path(unquote(urlsplit(uri).path)).name
