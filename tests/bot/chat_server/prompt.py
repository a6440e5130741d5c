"""What a scripted model reads in the prompt: the numbered sentences and the question under them."""

from __future__ import annotations

import re

from tests.bot.chat_server.requests import Request

OPENING, CLOSING = "<sentences", "</sentences>"
NUMBERED = re.compile(r"^\[(\d+)\] ?(.*)$")
QUESTION = re.compile(r"^(?:Last q|Q)uestion: ?(.*)$", re.MULTILINE)


def numbered_sentences(request: Request) -> dict[int, str]:
    """The sentences by their numbers; none where the prompt holds none."""
    fenced, _ = _parts(request)
    return {int(found[1]): found[2] for line in fenced.splitlines() if (found := NUMBERED.match(line))}


def asked(request: Request) -> str:
    """The question; nothing where the prompt holds none."""
    _, below = _parts(request)
    found = QUESTION.findall(below)
    return str(found[-1]) if found else ""


def holding(request: Request, words: str) -> list[int]:
    """The numbers of the sentences in which these words stand, in upper or lower case."""
    return [number for number, text in numbered_sentences(request).items() if words.casefold() in text.casefold()]


def _parts(request: Request) -> tuple[str, str]:
    """What stands in the fence and what stands below it, in the last message of the user that has one.

    A model that is asked again finds the sentences further up in the conversation. Where there is no fence, everything
    in the last message stands below it.
    """
    messages = request.texts("user")
    for message in reversed(messages):
        _, opening, rest = f"\n{message}".partition(f"\n{OPENING}")
        if opening:
            fenced, _, below = rest.partition(f"\n{CLOSING}")
            return fenced, below
    return "", messages[-1] if messages else ""
