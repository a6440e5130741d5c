"""English, Italian and the rest: interactions in the person's language, messages in the server's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from discord import Locale

from bot.discord.texts import LANGUAGES, Texts, texts_for
from tests.discord.answers_fixtures import MENU, PATIENCE, QUESTION, UNSAID, Scene, Town, description, shared_town
from tests.discord.fake import Message
from tests.discord.fake.errors import Json

ENGLISH, ITALIAN, GERMAN, SPANISH = (texts_for(locale) for locale in ("en-US", "it", "de", "es-ES"))
PERSONS = pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("it", ITALIAN),
        ("de", GERMAN),
        ("es-419", SPANISH),
        ("en-GB", ENGLISH),
        ("tlh", ENGLISH),
        ("it-CH", ITALIAN),
        ("", ENGLISH),
    ],
)


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    """A server whose language nobody speaks here."""
    return town.scene(locale="tlh")


def holds_language(answer: Message, texts: Texts) -> None:
    """Hold that a refusal is in one language from its first word to its last button."""
    assert description(answer).startswith(f"{texts.not_found}\n\n-# {texts.closest}\n“")
    assert texts.place_line.partition("{title}")[2].partition("{line}")[0] in description(answer)
    footer = answer.embeds[0]["footer"]["text"]
    assert footer == texts.quote_checked
    labels = [texts.button_passage, texts.button_follow_up, "", "", texts.button_delete]
    assert [button.label for button in answer.buttons] == labels


@PERSONS
def test_a_command_is_answered_in_the_persons_language(scene: Scene, locale: str, texts: Texts) -> None:
    asked = scene.ada.slash(scene.channel, "ask", question=UNSAID, locale=locale)
    holds_language(asked.final(PATIENCE), texts)


@PERSONS
def test_what_is_in_the_way_is_said_in_the_persons_language(scene: Scene, locale: str, texts: Texts) -> None:
    blank = scene.ada.slash(scene.channel, "ask", question=" ", locale=locale)
    long = scene.ada.slash(scene.channel, "ask", question="x" * 4001, locale=locale)
    picture = scene.ada.say(scene.channel, "", files=[("a.png", b"x")]).said
    menu = scene.ada.menu(picture, MENU, locale=locale)
    assert description(blank.message(PATIENCE)) == texts.question_blank
    limits = {"length": texts.number(4001), "limit": texts.number(4000)}
    assert description(long.message(PATIENCE)) == texts.question_too_long.format(**limits)
    assert description(menu.message(PATIENCE)) == texts.message_without_text


def test_the_menu_and_the_form_speak_the_language_of_whoever_uses_them(scene: Scene) -> None:
    said = scene.boss.say(scene.channel, UNSAID).said
    answer = scene.ada.menu(said, MENU, locale="it").final(PATIENCE)
    holds_language(answer, ITALIAN)
    form = scene.boss.click(answer, ITALIAN.button_follow_up).form()
    assert (form.title, form.fields[0].label) == (ENGLISH.follow_up_title, ENGLISH.follow_up_label)
    holds_language(scene.boss.submit(form, UNSAID).final(PATIENCE), ENGLISH)


@pytest.mark.parametrize(("locale", "texts"), [("it", ITALIAN), ("tlh", ENGLISH), ("en-GB", ENGLISH)])
def test_a_message_is_answered_in_the_servers_language(town: Town, locale: str, texts: Texts) -> None:
    scene = town.scene(locale=locale)
    answer = scene.ada.say(scene.channel, UNSAID, mention_bot=True).final(PATIENCE)
    holds_language(answer, texts)
    empty = scene.ada.say(scene.channel, "", mention_bot=True).message(PATIENCE)
    assert description(empty) == texts.how_to_ask.format(mention=scene.discord.bot_mention)
    withheld = scene.ada.say(scene.channel, "E poi?", reply_to=answer, ping=False).message(PATIENCE)
    assert description(withheld) == texts.text_withheld
    broken = scene.ada.say(scene.channel, "Chi\x07?", mention_bot=True).message(PATIENCE)
    assert description(broken) == texts.question_broken


def test_the_language_that_was_set_comes_before_the_servers_own(town: Town) -> None:
    scene = town.scene(locale="it")

    def told() -> str:
        return description(scene.ada.say(scene.channel, "", mention_bot=True).message(PATIENCE)).partition("<")[0]

    italian, english = (texts.how_to_ask.partition("{")[0] for texts in (ITALIAN, ENGLISH))
    assert told() == italian
    assert description(scene.set("settings language", language="English")) == ENGLISH.settings_language_changed
    assert told() == english
    assert description(scene.set("settings language", language="Italiano")) == ITALIAN.settings_language_changed
    assert told() == italian
    scene.set("settings language", language="en")
    scene.set("settings language", language="as the server")
    assert told() == italian


def test_the_setting_leaves_commands_in_the_persons_language_and_other_servers_alone(town: Town) -> None:
    scene, other = town.scene(locale="en-US"), town.scene(locale="en-US")
    scene.set("settings language", language="Italiano")
    by_command = scene.ada.slash(scene.channel, "ask", question=UNSAID)
    by_mention = scene.ada.say(scene.channel, UNSAID, mention_bot=True)
    elsewhere = other.ada.say(other.channel, UNSAID, mention_bot=True)
    holds_language(by_command.final(PATIENCE), ENGLISH)
    holds_language(by_mention.final(PATIENCE), ITALIAN)
    holds_language(elsewhere.final(PATIENCE), ENGLISH)


def test_a_direct_message_has_no_server_and_is_answered_in_english(scene: Scene) -> None:
    holds_language(scene.ada.dm(UNSAID).final(PATIENCE), ENGLISH)


def test_names_of_commands_stay_english_and_all_else_that_is_shown_of_them_is_translated(town: Town) -> None:
    parts = list(parts_of(town.discord.commands))
    assert [part["name"] for part in parts if part.get("name_localizations")] == []
    shown = {part["description"]: part.get("description_localizations") for part in parts if part.get("description")}
    offered = [choice for part in parts for choice in part.get("choices") or ()]
    own_names = {texts.language for texts in LANGUAGES.values()}
    shown |= {one["name"]: one.get("name_localizations") for one in offered if one["name"] not in own_names}
    translated = {str(locale): texts_for(str(locale)).descriptions for locale in Locale}
    for texts in LANGUAGES.values():
        assert set(texts.descriptions) == (set() if texts is ENGLISH else set(shown)), texts.language
    for english, localizations in shown.items():
        assert localizations == {code: known[english] for code, known in translated.items() if known}
        assert {"it", "de", "es-ES", "es-419"} <= localizations.keys()


def parts_of(definitions: Sequence[Json]) -> Iterator[Json]:
    """Commands, their subcommands and options."""
    for part in definitions:
        yield part
        yield from parts_of(part.get("options") or ())


def test_the_question_stays_as_it_was_asked(scene: Scene) -> None:
    answer = scene.ada.slash(scene.channel, "ask", question=QUESTION, locale="it").final(PATIENCE)
    assert answer.embeds[0]["title"] == QUESTION
