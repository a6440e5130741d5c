"""A chat model writes about the sentences of an overview, and is not asked about small talk or an unknown name."""

from __future__ import annotations

from bot import AnswerChain, Question, Status, Turn
from tests.bot.chat.conftest import MODEL
from tests.bot.chat_server import ChatServer, Say, numbered_sentences

SAID = "Tokayev asked Russia to intervene to crush the protests."


def test_the_model_gets_the_sentences_of_an_overview_and_no_others(chain: AnswerChain, server: ChatServer) -> None:
    chain.invoke("What is this about?")
    (request,) = server.requests
    sentences = numbered_sentences(request)
    assert 3 <= len(sentences) <= 8
    number = next(number for number, text in sentences.items() if "asked Russia" in text)
    server.script = [Say(f"{SAID} [{number}]")]
    answer = chain.invoke("What is this about?")
    assert (answer.status, answer.mode, answer.overview, answer.text) == (Status.ANSWERED, MODEL, True, f"{SAID} [1]")


def test_small_talk_and_an_unknown_name_cost_no_call(chain: AnswerChain, server: ChatServer) -> None:
    turns = (Turn("Who resigned in 2019?", "Nazarbayev."),)
    assert chain.invoke(Question("thanks!", turns)).status is Status.REPLY
    assert chain.invoke("Who is Ada Lovelace?").status is Status.NOT_FOUND
    assert server.requests == []
