"""How much of a conversation is looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import MAX_TOKENS, MAX_TURNS, bound_history
from bot.types import Turn

TEXTS = st.text(max_size=200)
HISTORIES = st.lists(st.builds(Turn, TEXTS, TEXTS), max_size=5)


def test_the_newest_turns_are_kept() -> None:
    turns = [Turn(f"Question {number}?", "Yes.") for number in range(MAX_TURNS + 3)]
    assert bound_history(turns) == tuple(turns[-MAX_TURNS:])
    assert bound_history(turns, 2) == tuple(turns[-2:])
    assert bound_history(turns, 0) == ()
    assert bound_history([]) == ()


def test_a_turn_that_does_not_fit_is_left_out_with_all_before_it() -> None:
    short, long = Turn("Why?", "So."), Turn("Why?", "x" * 400)
    assert bound_history([short, long, short], tokens=50) == (short,)
    assert bound_history([short, long, short], tokens=104) == (long, short)
    assert bound_history([short, long, short], tokens=105) == (short, long, short)


def test_the_newest_answer_is_cut_and_its_question_kept() -> None:
    assert bound_history([Turn("Why?", "x" * 400)], tokens=11) == (Turn("Why?", "x" * 40),)
    assert bound_history([Turn("Why?", "他" * 400)], tokens=11) == (Turn("Why?", "他" * 10),)
    assert bound_history([Turn("x" * 400, "Yes.")], tokens=11) == ()


@given(HISTORIES, st.integers(0, 6), st.integers(0, 60))
def test_what_is_kept_fits_and_is_the_end_of_the_conversation(history: list[Turn], turns: int, tokens: int) -> None:
    kept = bound_history(history, turns, tokens)
    assert len(kept) <= turns
    assert sum(len(turn.question) + len(turn.answer) for turn in kept) <= 4 * tokens
    for ours, theirs in zip(reversed(kept), reversed(history), strict=False):
        assert ours.question == theirs.question
        assert theirs.answer.startswith(ours.answer)
    assert bound_history(kept, turns, tokens) == kept


def test_the_limits_hold_a_conversation_of_quotes() -> None:
    quotes = [Turn("Who resigned in 2019?", "He resigned to pass the hand. [1] " * 9)] * 3
    assert bound_history(quotes) == tuple(quotes)
    assert MAX_TOKENS == 1_000
