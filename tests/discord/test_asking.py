"""Questions by ``/ask`` and by the menu of a message: one embed by one edit, whose quotes are the source's words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.formatting.answer_page import ANSWERED, NOT_FOUND, PROBLEM
from bot.discord.formatting.discord_markdown import unescape, units
from bot.discord.texts import texts_for
from tests.discord.answers_fixtures import (
    ARTICLE,
    FACES,
    MENU,
    PATIENCE,
    QUESTION,
    UNSAID,
    Scene,
    Town,
    description,
    quotes,
    shared_town,
    stands_in_article,
)
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Interaction, Message

ENGLISH = texts_for("en-US")
PICTURE = [("harbour.png", b"\x89PNG")]


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


def edits(town: Town, asked: Interaction) -> int:
    """How many edits the response took."""
    return len(town.discord.requests("PATCH", asked.record.token))


@pytest.mark.parametrize("private", [None, True, False])
def test_an_answer_is_deferred_at_once_and_made_by_one_edit(scene: Scene, private: bool | None) -> None:
    asked = scene.ada.slash(scene.channel, "ask", question=QUESTION, private=private)
    assert asked.wait_acknowledged() < 3
    assert asked.deferred
    answer = asked.final(PATIENCE)
    assert [state.loading for state in asked.states] == [True, False]
    assert edits(scene.town, asked) == 1
    assert len(scene.discord.requests("POST", asked.record.token)) == 1
    assert (asked.ephemeral, answer.ephemeral) == (bool(private), bool(private))
    assert scene.channel.messages() == ([] if private else [answer])


def test_an_answer_is_one_embed_whose_quotes_are_slices_of_the_article(scene: Scene) -> None:
    answer = scene.ada.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE)
    (embed,) = answer.embeds
    assert (answer.content, embed["title"], embed["color"]) == ("", QUESTION, ANSWERED)
    found = quotes(description(answer))
    assert [number for _, _, number in found] == list(range(1, len(found) + 1))
    assert any("doubling of the price of LPG" in words for words, _, _ in found)
    assert all(stands_in_article(words, line) for words, line, _ in found)
    assert description(answer).count("“") == len(found) + sum(words.count("“") for words, _, _ in found)
    assert f"-# {ARTICLE.title}, line {found[0][1]}" in description(answer)
    kinds = active(description(answer))
    assert (set(kinds) <= {"small print", "bold"}, kinds.count("small print")) == (True, len(found))
    assert embed["footer"]["text"] == (ENGLISH.quote_checked if len(found) == 1 else ENGLISH.quotes_checked)
    assert set(embed) <= {"title", "description", "color", "footer", "type", "flags"}


def test_the_buttons_stand_in_one_row_in_this_order(scene: Scene) -> None:
    answer = scene.ada.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE)
    assert len(answer.components) == 1
    assert [button.face for button in answer.buttons] == FACES
    assert not any(button.disabled for button in answer.buttons)


def test_a_refusal_shows_the_closest_sentence_as_such(scene: Scene) -> None:
    refusal = scene.ada.slash(scene.channel, "ask", question=UNSAID).final(PATIENCE)
    assert refusal.embeds[0]["color"] == NOT_FOUND
    first, heading, *_ = [line for line in description(refusal).split("\n") if line]
    assert (first, heading) == (ENGLISH.not_found, f"-# {ENGLISH.closest}")
    ((closest, line, number),) = quotes(description(refusal))
    assert number is None
    assert stands_in_article(closest, line)
    assert "[1]" not in refusal.text
    assert [button.face for button in refusal.buttons] == FACES


def test_a_long_question_is_shortened_and_read_whole(scene: Scene) -> None:
    question = f"*Dear* bot, {'🏭' * 120} and __so__ {'on and ' * 40}"
    asked = [scene.ada.slash(scene.channel, "ask", question=text) for text in (question, "x" * 4000, "y " * 128)]
    titles = [one.final(PATIENCE).embeds[0]["title"] for one in asked]
    assert all(units(title) <= 256 for title in titles)
    assert all(title.endswith("…") for title in titles[:2])
    read = question.replace("*Dear*", "Dear").replace("__so__", "so")
    assert read.startswith(unescape(titles[0]).removesuffix("…"))
    assert units(titles[0]) > 200
    assert titles[2] == ("y " * 128).strip()


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("**__||~~", "**__||~~"),
        ("```", "```"),
        ("> # - 1. -#", "# - 1. -#"),
        ("👩‍👩‍👧‍👦🏭👍🏽 1", "👩‍👩‍👧‍👦🏭👍🏽 1"),
        ("<:mill:12345> 1", ":mill: 1"),
        ("[a](https://b.example)", "a"),
    ],
)
def test_a_question_of_signs_and_no_words_is_answered_and_shown_as_it_was_read(
    scene: Scene, question: str, shown: str
) -> None:
    answer = scene.ada.slash(scene.channel, "ask", question=question).final(PATIENCE)
    title = answer.embeds[0]["title"]
    assert active(title) == []
    assert words(title) == shown


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("   \t ", ENGLISH.question_blank),
        ("\u200b\u2060", ENGLISH.question_blank),
        ("x" * 4001, ENGLISH.question_too_long.format(length="4,001", limit="4,000")),
        ("Who\x07 raised the mill?", ENGLISH.question_broken),
        ("Who\x1b[31m raised the mill?", ENGLISH.question_broken),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_privately_with_what_to_do(
    scene: Scene, question: str, sentence: str
) -> None:
    asked = scene.ada.slash(scene.channel, "ask", question=question)
    told = asked.message(PATIENCE)
    assert description(told) == sentence
    assert told.ephemeral
    assert (told.embeds[0]["color"], told.buttons) == (PROBLEM, ())
    assert scene.channel.messages() == []


def test_the_commands_definition_leaves_the_length_to_the_bot(town: Town) -> None:
    (ask,) = [command for command in town.discord.commands if command["name"] == "ask"]
    question, *others = ask["options"]
    assert (question["name"], question["required"]) == ("question", True)
    assert {"max_length", "min_length"} & set(question) == set()
    assert {other["name"] for other in others} == {"private", "document"}
    assert not any(other.get("required") for other in others)


def test_questions_in_direct_messages_ask_the_shared_library(scene: Scene) -> None:
    answer = scene.ada.slash(scene.ada.dm_channel, "ask", question=QUESTION).final(PATIENCE)
    assert all(stands_in_article(words, line) for words, line, _ in quotes(description(answer)))


# The menu of a message


def of_bot(scene: Scene) -> Message:
    return scene.ada.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE)


def test_the_menu_takes_a_message_as_the_question_and_answers_publicly_at_once(scene: Scene) -> None:
    said = scene.boss.say(scene.channel, QUESTION).said
    asked = scene.ada.menu(said, MENU)
    assert asked.wait_acknowledged() < 3
    assert asked.deferred
    answer = asked.final(PATIENCE)
    assert asked.record.form is None
    assert not answer.ephemeral
    assert answer.embeds[0]["title"] == QUESTION
    assert [button.face for button in answer.buttons] == FACES
    assert edits(scene.town, asked) == 1


def test_the_menu_says_of_a_message_without_text_that_there_is_none(scene: Scene) -> None:
    picture = scene.boss.say(scene.channel, "", files=PICTURE).said
    for message in (picture, of_bot(scene)):
        told = scene.ada.menu(message, MENU).message(PATIENCE)
        assert description(told) == ENGLISH.message_without_text
        assert told.ephemeral


def test_the_menu_shows_names_where_a_message_mentions_people(scene: Scene) -> None:
    said = scene.boss.say(scene.channel, f"{scene.discord.bot_mention} {QUESTION} Tell {scene.ada.mention}!").said
    answer = scene.ada.menu(said, MENU).final(PATIENCE)
    assert words(answer.embeds[0]["title"]) == f"{QUESTION} Tell @Ada!"
