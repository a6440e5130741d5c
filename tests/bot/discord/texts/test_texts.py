"""Every language says everything, with the same things filled in, and nothing is too long for its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import discord
import pytest

import bot.discord
from bot.discord import texts as texts_package
from bot.discord.formatting.discord_markdown import units
from bot.discord.records.server_settings import ServerSettings
from bot.discord.records.setting_changes import ALL_WITHOUT, Refusal
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.discord.views.settings_panel.registry import PING, SETTINGS, PanelPage
from bot.notices import REASONS, Trouble
from bot.render import CLOSEST_INTRODUCTION, UNSURE_INTRODUCTION, UNSURE_REMARK
from bot.replies import SmallTalk
from bot.types import NOT_FOUND_TEXT
from tests.bot.discord.texts.wording import placeholders, sentences
from tests.discord.discord_markdown import active

ENGLISH, ITALIAN, GERMAN, SPANISH = (LANGUAGES[code] for code in ("en", "it", "de", "es"))
EVERY = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
TRANSLATED = pytest.mark.parametrize(
    "texts",
    [pytest.param(texts, id=code) for code, texts in LANGUAGES.items() if texts is not ENGLISH],
)
PROGRAM = Path(bot.discord.__file__).parent
# What a forum asks for in place of the right to write.
IN_THREADS = "send_messages_in_threads"
# What may be written alike in two languages.
ALIKE = {"decimal_mark", "thousands_mark", "seconds", "list_kilobytes", "list_megabytes", "access_roles_label"}
# Discord's limits: a button's label 80, a form's title 45, a field's label 45, its description and placeholder 100.
MOST = {"button": 80, "title": 45, "label": 45, "description": 100, "placeholder": 100}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("it", "Italiano"),
        ("it-IT", "Italiano"),
        ("IT", "Italiano"),
        ("de", "Deutsch"),
        ("es-ES", "Español"),
        ("es-419", "Español"),
        ("en-GB", "English"),
        ("en-US", "English"),
        ("tlh", "English"),
        ("", "English"),
        (None, "English"),
    ],
)
def test_a_locale_has_its_language_and_every_other_one_english(locale: str | None, language: str) -> None:
    assert texts_for(locale).language == language


@EVERY
def test_no_sentence_is_blank_or_frayed(texts: Texts) -> None:
    frayed = {name: text for name, text in sentences(texts).items() if not text or text != text.strip() or "  " in text}
    assert frayed == {}


@EVERY
def test_the_same_things_are_filled_in_by_name_in_every_language(texts: Texts) -> None:
    assert {name: placeholders(text) for name, text in sentences(ENGLISH).items()} == {
        name: placeholders(text) for name, text in sentences(texts).items()
    }
    assert all(name.isidentifier() for text in sentences(texts).values() for name in placeholders(text))


@TRANSLATED
def test_every_sentence_and_every_description_is_translated(texts: Texts) -> None:
    same = {name for name, text in sentences(ENGLISH).items() if text == sentences(texts)[name]}
    assert same <= ALIKE
    assert [english for english, said in texts.descriptions.items() if not said.strip() or said == english] == []
    # Which descriptions there are, tests/discord/test_languages.py finds out from the commands.


@EVERY
def test_a_language_is_found_under_its_locale_which_is_one_of_discords(texts: Texts) -> None:
    assert LANGUAGES[texts.locale] is texts
    assert texts.locale in {str(locale).partition("-")[0] for locale in discord.Locale}


def test_no_language_hides_another_one() -> None:
    files = list(Path(texts_package.__file__).parent.glob("*.toml"))
    assert len(LANGUAGES) == len(files) > 1


@EVERY
def test_every_sentence_fits_where_it_stands(texts: Texts) -> None:
    lengths = {name: units(text) for name, text in sentences(texts).items()}
    assert max(lengths.values()) <= 1500  # a message has 2000, with room for what is filled in
    assert [
        name for name in lengths for part, most in MOST.items() if part in name.split("_") and lengths[name] > most
    ] == []


@EVERY
def test_only_bold_italics_and_code_are_used_in_sentences(texts: Texts) -> None:
    for text in sentences(texts).values():
        assert set(active(text)) <= {"bold", "italic", "code"}


@EVERY
def test_a_word_is_written_in_one_script(texts: Texts) -> None:
    # A letter of another script that looks the same is found by no search.
    words = re.findall(r"[^\W\d_]+", " ".join([*sentences(texts).values(), *texts.descriptions.values()]))
    assert {word for word in words if len({unicodedata.name(letter).split()[0] for letter in word}) > 1} == set()


@EVERY
def test_help_is_five_lines_with_the_promises_about_what_is_stored(texts: Texts) -> None:
    text = texts.help.format(days=90)
    assert len(text.splitlines()) == 5
    stores = text.splitlines()[3]
    assert "90" in stores
    assert "hash" in stores.casefold()
    assert "👎" in stores


@EVERY
def test_sentences_name_buttons_as_they_are_labelled(texts: Texts) -> None:
    assert f"**{texts.button_follow_up}**" in texts.text_withheld
    assert f"**{texts.button_passage}**" in texts.help
    assert f"**{texts.button_delete}**" in texts.help
    assert f"**{texts.button_limits}**" in texts.limits_no_number


@EVERY
def test_sentences_name_permissions_as_the_panel_does(texts: Texts) -> None:
    asked_for = ("view_channel", "send_messages", "embed_links")
    assert [name for name in asked_for if f"**{texts.permission(name)}**" not in texts.human_may_not_post] == []
    assert f"**{texts.permission('mention_everyone')}**" in texts.human_may_not_ping


@EVERY
def test_the_form_says_that_the_question_is_stored_too(texts: Texts) -> None:
    question = texts.question_one.removeprefix("1 ")
    assert question.casefold() in texts.reason_description.casefold()


def test_every_sentence_is_said_somewhere() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PROGRAM.rglob("*.py"))
    # Where a sentence is looked up by a part of its name: ``getattr(texts, f"page_{page}")``, "how_to_ask".
    families = tuple(re.findall(r'f"(\w+_)\{', code))
    named = set(re.findall(r'\.(\w+)|"(\w+)"', code))
    said = {attribute or word for attribute, word in named}
    unsaid = {field.name for field in fields(Texts)} - said
    assert {name for name in unsaid if not name.startswith(families)} == set()
    kinds: dict[str, Iterable[str]] = {
        "page_about_": PanelPage,
        "setting_": (setting.field for setting in SETTINGS),
        "instead_": (setting.field for setting in SETTINGS if setting.words_of_messages),
        "empty_question_": ALL_WITHOUT,
        "permission_": {*(right for setting in SETTINGS for right in setting.rights), PING, IN_THREADS},
        "refused_": Refusal,
        "reply_": SmallTalk,
        "trouble_": Trouble,
    }
    for family, members in kinds.items():
        assert {name for name in unsaid if name.startswith(family)} <= {f"{family}{one}" for one in members}


def test_every_setting_of_a_server_is_read_somewhere() -> None:
    rooms = [path for path in PROGRAM.rglob("*.py") if path.parent.name not in {"records", "settings_panel"}]
    code = "\n".join(path.read_text("utf-8") for path in rooms)
    read = set(re.findall(r"settings\.(\w+)|of\([^()]*\)\.(\w+)", code))
    assert {field.name for field in fields(ServerSettings)} - {name for pair in read for name in pair} == set()


def test_english_says_what_the_terminal_says() -> None:
    assert ENGLISH.not_found == NOT_FOUND_TEXT
    assert (ENGLISH.closest, ENGLISH.unsure, ENGLISH.unsure_remark) == (
        CLOSEST_INTRODUCTION,
        UNSURE_INTRODUCTION,
        UNSURE_REMARK,
    )
    assert {ENGLISH.trouble(trouble).casefold() for trouble in Trouble} == {
        line.casefold() for line in REASONS.values()
    }
    assert set(REASONS) == set(Trouble)


def test_counted_things_and_numbers_are_written_as_the_language_has_them() -> None:
    assert [ENGLISH.documents(count) for count in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
    assert [ITALIAN.questions(count) for count in (1, 3000)] == ["1 domanda", "3.000 domande"]
    assert [GERMAN.documents(count) for count in (1, 2)] == ["1 Dokument", "2 Dokumente"]
    assert [SPANISH.web_pages(count) for count in (1, 2000)] == ["1 página", "2.000 páginas"]
    assert (ENGLISH.votes(1), ENGLISH.votes(1200)) == ("1 vote", "1,200 votes")
    assert (ITALIAN.passages(1), ITALIAN.passages(2)) == ("1 brano", "2 brani")
    assert (ENGLISH.number(1234.567, 2), ITALIAN.number(1234.567, 2)) == ("1,234.57", "1.234,57")
    assert (ENGLISH.number(0.5), ITALIAN.number(1e6)) == ("0", "1.000.000")


def test_small_print_is_one_line_that_begins_with_a_capital() -> None:
    assert ENGLISH.small_print(["line 3", "so"]) == "Line 3 · so"
