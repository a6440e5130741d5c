"""A person at a terminal: typing, history, Ctrl-C, Ctrl-D, and a quote highlighted in its paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.terminals import plain, session
from tests.conftest import PROGRAM

pytestmark = pytest.mark.usefixtures("programs")

UP, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\r", "\x03", "\x04"
ANSWER = "taking possession of five planes, one of which was foreign.” [1]"
PROMPT = "›"


def test_a_conversation_in_a_terminal(home: Path) -> None:
    """One process for the whole conversation, because the model takes seconds to load."""
    with session([str(PROGRAM), "chat"], {"PULLQUOTE_HOME": str(home)}) as chat:
        chat.wait_for(f"/help lists the commands, /quit leaves. {PROMPT}")

        chat.type("Who resigned in 2019?" + ENTER)
        chat.wait_for("Looking for the words")
        chat.type(CTRL_C)  # while the model loads: the answer stops, the next one comes
        chat.wait_for(f"Stopped. {PROMPT}")

        chat.type("How many planes?" + ENTER)
        shown = plain(chat.wait_for(f" s {PROMPT}"))
        assert ANSWER in shown
        assert "1 quote, checked against the source · " in shown

        chat.type("nonsense that is never sent" + CTRL_C)
        chat.wait_for(PROMPT)

        chat.type("/show 1" + ENTER)
        shown = chat.wait_for(f"line 7 {PROMPT}")
        assert "\x1b[1;7mThe country, the president said" in shown  # the quote is bold and reversed
        assert "But neither this nor the tear gas" in plain(shown)

        chat.type(UP)
        chat.wait_for("/show 1")
        chat.type(UP)
        chat.wait_for("How many planes?")
        chat.type(ENTER)
        assert ANSWER in plain(chat.wait_for(f" s {PROMPT}"))

        chat.type("/nonsense" + ENTER)
        chat.wait_for(f"There is no command /nonsense; /help lists them. {PROMPT}")

        chat.type(CTRL_D)
        assert chat.leave() == 0
    remembered = (home / "chat-history").read_text(encoding="utf-8")
    assert "+How many planes?" in remembered
    assert "nonsense that is never sent" not in remembered
