"""A language is one more file, and nothing else: it is found wherever languages are used, in an archive as well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from discord import Locale

import bot
import retrieval
from bot.discord import texts as texts_package
from bot.discord.texts import LANGUAGES
from bot.discord.texts.question_texts import QuestionTexts
from bot.types import NOT_FOUND_TEXT

DESCRIPTION = "What you want to know"
# A language that Discord has and the program has not.
SPARE = next(code for code in map(str, Locale) if code.partition("-")[0] not in LANGUAGES)
REFUSAL = "A spare refusal."
SCRIPT = f"""
import asyncio, json, sys
import bot.discord.texts as texts

pure = not {{"discord", "chromadb", "langchain", "torch"}} & sys.modules.keys()
import discord
from discord import app_commands
from bot.discord.cogs.settings import SettingsCog
from bot.discord.command_sync import DescriptionTranslator

described = DescriptionTranslator().translate(
    app_commands.locale_str({DESCRIPTION!r}),
    discord.Locale({SPARE!r}),
    app_commands.TranslationContext(app_commands.TranslationContextLocation.parameter_description, None),
)
print(json.dumps({{
    "from": texts.__file__,
    "pure": pure,
    "refusals": [texts.texts_for(locale).not_found for locale in ({SPARE!r}, "en-GB", "tlh")],
    "described": asyncio.run(described),
    "choices": [choice.name for choice in SettingsCog.language.get_parameter("language").choices],
}}))
"""


def spare_language() -> str:
    """The file of English as that of another language."""
    english = (Path(texts_package.__file__).parent / "english.toml").read_text(encoding="utf-8")
    sentences = english.partition("[descriptions]")[0]
    changed = {
        'locale = "en"': f'locale = "{SPARE.partition("-")[0]}"',
        'language = "English"': 'language = "Spare"',
        f'"{NOT_FOUND_TEXT}"': f'"{REFUSAL}"',
    }
    for there, here in changed.items():
        assert sentences.count(there) == 1
        sentences = sentences.replace(there, here)
    small_talk = {name: getattr(LANGUAGES["en"], name) for name in QuestionTexts.__annotations__ if "reply_" in name}
    said = "".join(
        f"{name} = {json.dumps(line)}\n" for name, line in small_talk.items() if f"{name} =" not in sentences
    )
    return f'{sentences}{said}[descriptions]\n"{DESCRIPTION}" = "A spare description"\n'


@pytest.mark.usefixtures("programs")
def test_a_file_is_all_that_a_language_needs(tmp_path: Path) -> None:
    archive = tmp_path / "program.zip"
    with ZipFile(archive, "w") as packed:
        for package in (bot, retrieval):
            root = Path(str(package.__file__)).parent
            for file in (*root.rglob("*.py"), *root.rglob("*.pyi"), *root.rglob("texts/*.toml")):
                packed.write(file, file.relative_to(root.parent))
        packed.writestr("bot/discord/texts/zz_spare.toml", spare_language())
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": str(archive)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said.pop("from").startswith(str(archive))
    assert said == {
        "pure": True,
        "refusals": [REFUSAL, NOT_FOUND_TEXT, NOT_FOUND_TEXT],
        "described": "A spare description",
        "choices": ["as the server", *(texts.language for texts in LANGUAGES.values()), "Spare"],
    }
