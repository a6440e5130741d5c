"""The custom ids of buttons: what a button needs to know after a restart is in its id, at most 100 characters.

They look like ``pullquote:show:ANSWER``. An answer's id is the key of its citations; a message's id is Discord's.
"""

from __future__ import annotations

PREFIX = "pullquote"
ANSWER = r"(?P<answer>[A-Za-z0-9_-]{16})"
# Show passage opens a private message; the arrows in it turn its page.
SHOW = rf"{PREFIX}:show:{ANSWER}"
TURN = rf"{PREFIX}:(?:back|next):{ANSWER}:(?P<index>\d{{1,3}})"
UP = rf"{PREFIX}:up:{ANSWER}"
DOWN = rf"{PREFIX}:down:{ANSWER}"
# For reading a conversation back: ``before`` is the answer that this one followed, 0 for none, and ``layout`` names the
# form in which this one is shown, which older programs did not.
FOLLOW = rf"{PREFIX}:follow:(?P<private>[01]):(?P<before>\d{{1,20}})(?::(?P<layout>[a-z]+-\d+))?"
DELETE = rf"{PREFIX}:delete:{ANSWER}:(?P<asker>\d{{1,20}})"

# Who may see what is added; ``asked`` is the interaction that asks.
ACCESS = rf"{PREFIX}:access:(?P<choice>all|channel|cancel):(?P<asked>\d{{1,20}})"


def show(answer: str) -> str:
    """The id of the button that shows an answer's first passage."""
    return f"{PREFIX}:show:{answer}"


def turn_back(answer: str, index: int) -> str:
    """The id of ◀ where it leads to citation ``index``, counted from 0; of two citations, ▶ leads to the same."""
    return f"{PREFIX}:back:{answer}:{index}"


def turn_next(answer: str, index: int) -> str:
    """The id of ▶ where it leads to citation ``index``, counted from 0."""
    return f"{PREFIX}:next:{answer}:{index}"


def up(answer: str) -> str:
    """The id of 👍."""
    return f"{PREFIX}:up:{answer}"


def down(answer: str) -> str:
    """The id of 👎."""
    return f"{PREFIX}:down:{answer}"


def follow(before: int, layout: str | None, *, private: bool) -> str:
    """The id of the button for a follow-up."""
    return f"{PREFIX}:follow:{int(private)}:{before}" + (f":{layout}" if layout else "")


def delete(answer: str, asker: int) -> str:
    """The id of the button that deletes an answer."""
    return f"{PREFIX}:delete:{answer}:{asker}"


def access(choice: str, asked: int) -> str:
    """The id of a button that chooses who may see what is added."""
    return f"{PREFIX}:access:{choice}:{asked}"
