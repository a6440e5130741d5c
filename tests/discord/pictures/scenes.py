"""What each picture shows: a few lines that do what people do, and give the HTML of what they see."""

from __future__ import annotations

from collections.abc import Callable

from tests.discord.pictures.community import PATIENCE, Community

Scene = Callable[[Community], str]
QUESTION = "How long do I have to wait before I can trade?"
UNANSWERED = "Can I play it on a Mac?"


def answer(club: Community) -> str:
    """A question with the command, and its answer."""
    return club.draw(club.ask(QUESTION))


def refusal(club: Community) -> str:
    """A question that the documents do not answer."""
    return club.draw(club.ask(UNANSWERED))


def passage(club: Community) -> str:
    """Show passage, pressed under an answer."""
    shown = club.ask(QUESTION)
    return club.draw(shown, club.jo.click(shown, "Show passage").message(PATIENCE))


def error(club: Community) -> str:
    """Something that went wrong: the texts of the library are damaged."""
    for text in (club.program.home / "texts").iterdir():
        text.write_text("damaged", encoding="utf-8")
    return club.draw(club.jo.slash(club.channel, "ask", question=QUESTION).message(PATIENCE))


# In this order; the last one leaves a damaged library behind.
SCENES: dict[str, Scene] = {"answer": answer, "refusal": refusal, "passage": passage, "error": error}
