"""What the tests of web pages share: a program that is led to the tests' site, and pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.discord.fake import FakeDiscord
from tests.discord.one_program import Place, Program, finished, running_program
from tests.discord.scripts.web_names import PAGE_SECONDS

SCRIPTS = (
    "tests.discord.scripts.conversations:note_conversations tests.discord.scripts.web_names:lead_names "
    "tests.discord.scripts.library_reads:refuse_on_the_loop"
)


def page(title: str, text: str, *links: str) -> bytes:
    anchors = "".join(f'<p><a href="{link}">On the other page it goes on</a></p>' for link in links)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>{anchors}</body></html>".encode()
    )


MILL_PAGE = page("The mill", "The mill at the harbour was raised by Carla Neri in 1911.")


@contextmanager
def program_on_the_web(folder: Path) -> Iterator[Program]:
    """A program whose pages may take three seconds, and which reads the library beside the event loop alone.

    The setting of whoever runs the bot opens their network to themselves, and to nobody in Discord.
    """
    env = {"PULLQUOTE_ALLOW_PRIVATE_URLS": "1", PAGE_SECONDS: "3"}
    with FakeDiscord() as discord, running_program(discord, folder, script=SCRIPTS, env=env) as program:
        yield program


def add_page(place: Place, url: str, language: str = "en-GB") -> str:
    """Add a page, and give the last word about it."""
    return finished(place.ada.slash(place.channel, "library add", url=url, locale=language)).text
