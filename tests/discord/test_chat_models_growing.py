"""Answers of a chat model while it writes them, in Discord, over real sockets: what is shown when, and how often."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from bot.discord.formatting.answer_page import WRITING
from bot.discord.texts import texts_for
from tests.bot.chat_server import Copies, LineByLine, Model, Request, SaysNothing, cited, holding
from tests.discord.chat_fixtures import (
    FIRST,
    GOOD,
    PATIENCE,
    PLANES,
    SECOND,
    Ask,
    ChatTown,
    ask_by_command,
    ask_by_mention,
    footer,
    holds_the_promise,
    quiet_place,
    shared_chat_town,
    shown,
    statements,
)
from tests.discord.fake.faults import Fault, Faults
from tests.discord.faults_fixtures import Place

ENGLISH = texts_for("en-US")
BOTH_WAYS = pytest.mark.parametrize("ask", [ask_by_command, ask_by_mention])
SECONDS_BETWEEN_EDITS = 1.5
# Discord's clock and the bot's tick alike, but not at the very same moment.
TOLERANCE = 0.05


@pytest.fixture(scope="module")
def town(
    programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ChatTown]:
    with shared_chat_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def place(town: ChatTown) -> Iterator[Place]:
    with quiet_place(town) as place:
        yield place


class WithALie(Model):
    """A true statement, a false one, and another true one."""

    def write(self, request: Request) -> str:
        first, second = GOOD.write(request).splitlines()
        return "\n".join([first, cited("They took nine planes.", *holding(request, "five planes")), second])


@BOTH_WAYS
def test_a_statement_is_shown_before_the_chat_model_has_finished(town: ChatTown, place: Place, ask: Ask) -> None:
    model, before = LineByLine(WithALie()), len(town.server.requests)
    town.server.script = [model, SaysNothing()]
    question = ask(place.ada, place.channel, PLANES)
    model.next_line.release()
    begun = question.message(PATIENCE)
    request = town.server.requests[before]
    assert not request.done.is_set()  # two lines are still to come
    assert statements(begun, ENGLISH) == f"{FIRST} [1]"
    holds_the_promise(begun)
    assert footer(begun) == ENGLISH.writing.capitalize()
    assert (begun.embeds[0]["color"], begun.buttons) == (WRITING, ())
    model.next_line.release(2)
    *parts, final = shown(question)
    assert statements(final, ENGLISH) == f"{FIRST} [1] {SECOND} [1]"
    assert ENGLISH.writing.capitalize() not in footer(final)
    assert not any("nine" in part.text or part.buttons for part in parts)
    assert SECOND not in parts[0].text


def test_statements_are_added_at_a_pace(town: ChatTown, place: Place) -> None:
    model = LineByLine(Copies(6))
    town.server.script = [model]
    question = place.ada.say(place.channel, PLANES, mention_bot=True)
    for _ in range(6):
        model.next_line.release()
        time.sleep(0.6)
    *parts, final = shown(question)
    assert len(parts) >= 2
    gaps = [later.at - earlier.at for earlier, later in pairwise(parts)]
    assert all(gap >= SECONDS_BETWEEN_EDITS - TOLERANCE for gap in gaps), gaps
    texts = [statements(state, ENGLISH) for state in [*parts, final]]
    for shorter, longer in pairwise(texts):
        assert longer.startswith(shorter)
        assert shorter
    assert len(texts[0]) < len(texts[1]) < len(texts[-1])
    for state in [*parts, final]:
        holds_the_promise(state)
    assert [bool(state.buttons) for state in [*parts, final]] == [False] * len(parts) + [True]


FAULTS: dict[str, Callable[[Faults, str], Fault]] = {
    "refused": lambda faults, token: faults.refuse("PATCH", token, 403, 50013),
    "rate limit": lambda faults, token: faults.rate_limit("PATCH", token, retry_after=1.0),
    "connection cut": lambda faults, token: faults.drop_before("PATCH", token),
}


@pytest.mark.parametrize("happens", FAULTS.values(), ids=FAULTS)
def test_what_keeps_a_part_from_being_shown_does_not_keep_the_answer(
    town: ChatTown, place: Place, happens: Callable[[Faults, str], Fault]
) -> None:
    model = LineByLine(GOOD)
    town.server.script = [model]
    question = place.ada.slash(place.channel, "ask", question=PLANES)
    fault = happens(town.discord.faults, question.record.token)
    model.next_line.release()
    town.discord.wait_until(lambda: fault.hits, PATIENCE, "the fault")
    model.next_line.release()
    final = shown(question)[-1]
    assert statements(final, ENGLISH) == f"{FIRST} [1] {SECOND} [1]"
    holds_the_promise(final)


@BOTH_WAYS
def test_an_answer_that_is_deleted_while_it_is_written_does_not_come_back(
    town: ChatTown, place: Place, ask: Ask
) -> None:
    model = LineByLine(GOOD)
    town.server.script = [model]
    model.next_line.release()
    question = ask(place.ada, place.channel, PLANES)
    place.ada.delete(question.message(PATIENCE))
    edits = len(town.discord.requests("PATCH", "/messages"))
    model.next_line.release()
    later = town.discord.wait_until(
        lambda: [one for one in town.discord.requests("PATCH", "/messages")[edits:] if one.status],
        PATIENCE,
        "the edit of the deleted answer",
    )
    assert [one.status for one in later] == [404]
    assert place.channel.messages(by_bot=True) == []
