"""Whatever a chat model writes, all that is shown is quoted from a stored source and passes its check."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot import AnswerChain
from bot.types import EXTRACTIVE
from retrieval.loaders.article import load_article
from tests.bot.chat.planes import PLANES, holds_the_promise
from tests.bot.chat_server import ChatServer, Say

WORDS = sorted(set(load_article().text.split()))
MARKS = st.lists(st.integers(-1, 14), max_size=3).map(lambda numbers: "".join(f"[{number}]" for number in numbers))
RUNS = st.tuples(st.integers(0, 3000), st.integers(5, 200)).map(
    lambda place: " ".join(load_article().text[place[0] : place[0] + place[1]].split())
)
CLAIMS = st.one_of(
    RUNS,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.sampled_from(["They took five planes at Almaty airport.", "One of the planes was foreign.", "Tokayev is 81."]),
    st.text(max_size=60),
)
LINES = st.builds(lambda claim, marks, end: f"{claim} {marks}{end}", CLAIMS, MARKS, st.sampled_from(["", ".", "\n"]))
OUTPUTS = st.lists(LINES, max_size=6).map("\n".join)
# One of the numbers is right.
TRUE = "\n".join(f"They took five planes at Almaty airport. [{number}]" for number in range(1, 12))


@settings(
    max_examples=max(5, settings().max_examples // 2), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(OUTPUTS)
@example(TRUE)
def test_every_statement_that_is_shown_has_a_quote_that_bears_it_out(
    chain: AnswerChain, server: ChatServer, written: str
) -> None:
    server.script = [Say(written), Say(written)]
    snapshots = list(chain.stream(PLANES))
    for snapshot in snapshots:
        holds_the_promise(snapshot, chain)
        assert all(statement.numbers for statement in snapshot.statements)
    assert snapshots[-1].statements or snapshots[-1].closest


def test_the_outputs_above_are_shown_at_times(chain: AnswerChain, server: ChatServer) -> None:
    server.script = [Say(TRUE)]
    answer = chain.invoke(PLANES)
    assert answer.mode != EXTRACTIVE
    holds_the_promise(answer, chain)
