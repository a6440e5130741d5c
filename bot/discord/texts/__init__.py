"""Every sentence that people in a server read, a file for each language; pure: knows no Discord.

A language is added as a file such as ``italian.toml``, and nothing else: it is found here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType

from bot.discord.texts.texts import Texts
from bot.replies import Reply
from bot.small_talk.vocabulary import VOCABULARIES

__all__ = ["LANGUAGES", "Texts", "reply_line", "texts_for"]

ENGLISH = "en"
LANGUAGE_FILE = ".toml"


def _read_all() -> Iterator[Texts]:
    """The texts of each file, in the order of the files' names.

    What is said back to small talk stands in the language's vocabulary, as far as it does, because every face says it.
    """
    found = (file for file in files(__name__).iterdir() if file.name.endswith(LANGUAGE_FILE))
    for file in sorted(found, key=lambda file: file.name):
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        lines = next((one.lines for one in VOCABULARIES if one.language == said["locale"]), {})
        yield Texts(**{f"reply_{kind}": line for kind, line in lines.items()} | said)


LANGUAGES: Mapping[str, Texts] = MappingProxyType({texts.locale: texts for texts in _read_all()})


def reply_line(reply: Reply, here: Texts) -> str:
    """What is said back to small talk: in its own language, and as it is said here where it belongs to none."""
    texts = here if reply.language is None else LANGUAGES.get(reply.language)
    return reply.text if texts is None else texts.reply(reply.to)


def texts_for(locale: str | None) -> Texts:
    """The texts in the language of a locale such as ``it`` or ``en-GB``; English where there are none."""
    return LANGUAGES.get((locale or "").split("-")[0].lower(), LANGUAGES[ENGLISH])
