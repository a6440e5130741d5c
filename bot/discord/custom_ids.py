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
# A question that is posted for people to answer: why, whether one has, how often it was asked, where, and which message
# of the bot's answered it, 0 for none that others see.
GAP = (
    rf"{PREFIX}:gap:(?P<kind>none|down):(?P<state>open|done):(?P<times>\d{{1,9}}):"
    r"(?P<channel>\d{1,20}):(?P<message>\d{1,20})"
)
DIGEST = rf"{PREFIX}:digest:(?P<week>\d{{4}}-\d{{2}}-\d{{2}})"
HUMAN = rf"{PREFIX}:human:{ANSWER}"
SOLVED = rf"{PREFIX}:solved:(?P<asker>\d{{1,20}})"


# The panel of settings. ``drawing`` differs each time that the panel is drawn, and ``before`` is the fingerprint of a
# list.
FIELD = r"(?P<field>[a-z_]{1,40})"
DRAWING = r"(?P<drawing>\d{1,20})"
SETTING = rf"{PREFIX}:set:{FIELD}:{DRAWING}"
SWITCH = rf"{PREFIX}:switch:{FIELD}:(?P<on>[01])"
LIMITS = rf"{PREFIX}:limits"
PAGES = rf"{PREFIX}:pages:{DRAWING}"
PANEL = rf"{PREFIX}:panel:(?P<page>[a-z]{{1,20}})"
EMPTY = rf"{PREFIX}:empty:{FIELD}:(?P<meaning>all|none):(?P<before>[0-9a-f]{{8}})"

# Ends what an interaction has begun; ``asked`` is that interaction.
STOP = rf"{PREFIX}:stop:(?P<asked>\d{{1,20}})"

# Who may see what is added; ``asked`` is the interaction that asks.
ACCESS = rf"{PREFIX}:access:(?P<choice>all|channel|cancel):(?P<asked>\d{{1,20}})"

# Direct messages: the list of servers, and the button that opens it, which tells what the answer above it is from.
SERVERS = f"{PREFIX}:servers"
SERVER = rf"{PREFIX}:server:(?P<guild>\d{{1,20}})"

# An example question; its words are the label of the button.
EXAMPLE = rf"{PREFIX}:example:(?P<number>\d)"


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


def solved(asker: int) -> str:
    """The id of the button that marks a post as solved."""
    return f"{PREFIX}:solved:{asker}"


def delete(answer: str, asker: int) -> str:
    """The id of the button that deletes an answer."""
    return f"{PREFIX}:delete:{answer}:{asker}"


def access(choice: str, asked: int) -> str:
    """The id of a button that chooses who may see what is added."""
    return f"{PREFIX}:access:{choice}:{asked}"


def gap(kind: str, state: str, times: int, channel: int, message: int) -> str:
    """The id of the button that answers a posted question; what a post knows of itself is read back from it."""
    return f"{PREFIX}:gap:{kind}:{state}:{times}:{channel}:{message}"


def digest(week: str) -> str:
    """The id of the button under the digest of the week that began on that day (``2026-11-30``)."""
    return f"{PREFIX}:digest:{week}"


def human(answer: str) -> str:
    """The id of the button that asks a person."""
    return f"{PREFIX}:human:{answer}"


def server(guild: int) -> str:
    """The id of the button that lets a person choose another server for their direct messages."""
    return f"{PREFIX}:server:{guild}"


def setting(field: str, drawing: int) -> str:
    """The id of the list that chooses a setting; another ``drawing`` makes Discord's app forget what was chosen."""
    return f"{PREFIX}:set:{field}:{drawing}"


def switch(field: str, *, on: bool) -> str:
    """The id of the button that switches a setting on or off."""
    return f"{PREFIX}:switch:{field}:{int(on)}"


def page_list(drawing: int) -> str:
    """The id of the list of the panel's pages."""
    return f"{PREFIX}:pages:{drawing}"


def panel(page: str) -> str:
    """The id of the button that leads to a page of the panel."""
    return f"{PREFIX}:panel:{page}"


def empty(field: str, before: str, *, allow_all: bool) -> str:
    """The id of the button that says what a list shall mean that loses its last entry."""
    return f"{PREFIX}:empty:{field}:{'all' if allow_all else 'none'}:{before}"


def stop(asked: int) -> str:
    """The id of the button that ends what an interaction has begun."""
    return f"{PREFIX}:stop:{asked}"


def example(number: int) -> str:
    """The id of an example question; those of one message differ."""
    return f"{PREFIX}:example:{number}"
