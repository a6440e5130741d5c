"""An answer of a chat model is as sure as its evidence."""

from __future__ import annotations

import pytest

from bot.notices import Trouble
from bot.types import Certainty
from tests.bot.chat.conftest import MODEL, ChainWith
from tests.bot.chat.planes import GOOD, LINE, PLANES
from tests.bot.chat_server import Behaviour, ChatServer, Good, Say, SaysNothing

ALWAYS, NEVER = 0.0, 1.0
# A statement that is borne out by another sentence than the one that answers.
BESIDE = Good({PLANES: [("Tokayev asked for the military intervention of Moscow.", "military intervention of Moscow")]})


@pytest.mark.parametrize(("threshold", "certainty"), [(ALWAYS, Certainty.SURE), (NEVER, Certainty.UNSURE)])
def test_a_model_that_rests_on_the_best_quote_is_as_sure_as_the_quote(
    chain_with: ChainWith, server: ChatServer, threshold: float, certainty: Certainty
) -> None:
    server.script = [GOOD]
    answer = chain_with(sure_threshold=threshold).invoke(PLANES)
    assert (answer.mode, answer.certainty) == (MODEL, certainty)


@pytest.mark.parametrize(
    "script",
    [
        [BESIDE],  # true, but of sentences that nobody is sure of
        [Say(f"{LINE.format(number=99)}\n"), GOOD],  # a part of what it wrote did not pass
    ],
    ids=["other evidence", "partly checked"],
)
def test_a_model_that_rests_on_something_else_or_that_had_to_be_corrected_is_unsure(
    chain_with: ChainWith, server: ChatServer, script: list[Behaviour]
) -> None:
    server.script = script
    answer = chain_with(sure_threshold=ALWAYS).invoke(PLANES)
    assert answer.statements
    assert (answer.mode, answer.certainty) == (MODEL, Certainty.UNSURE)


def test_a_model_that_says_nothing_borne_out_leaves_the_quotes_as_sure_as_they_were(
    chain_with: ChainWith, server: ChatServer
) -> None:
    server.script = [Say("They took nine planes. [1]\n")]
    answer = chain_with(sure_threshold=ALWAYS).invoke(PLANES)
    assert (answer.trouble, answer.certainty) == (Trouble.UNPROVEN, Certainty.SURE)


def test_a_refusal_of_the_model_is_neither_sure_nor_unsure_and_offers_the_best_quote(
    chain_with: ChainWith, server: ChatServer
) -> None:
    server.script = [SaysNothing()]
    answer = chain_with(sure_threshold=ALWAYS).invoke(PLANES)
    assert answer.certainty is None
    assert answer.offered is not None
