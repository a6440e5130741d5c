"""Answers that do not fit, answers whose words try to act, and answers where the bot lacks a permission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from bot.discord.formatting.attachments import ANSWER_FILE
from bot.discord.formatting.discord_markdown import unescape, units
from bot.discord.texts import texts_for
from tests.discord.answers_fixtures import (
    FACES,
    PATIENCE,
    QUESTION,
    Scene,
    Town,
    description,
    quotes,
    shared_town,
    stands_in_article,
)
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Guild, Message, Permission
from tests.discord.long_document import NAME, TITLE_WORDS, long_document, sentences_of
from tests.discord.scripts.answers import LONG, SAID

ENGLISH = texts_for("en-US")
NASTY = (
    "@everyone @here <@{person}> <#5> [mill](https://example.org/m_i_ll) ||wheel|| discord.gg/mill grinds __barley__"
)
Way = Callable[[Scene, str], Message]


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


@pytest.fixture(scope="module")
def mill_guild(town: Town) -> Guild:
    """A server whose library holds the long document."""
    scene = town.scene()
    asked = scene.boss.slash(scene.channel, "library add", file=(NAME, long_document().encode()))
    asked.message(PATIENCE, until=lambda state: "is in the library" in state.text)
    for state in asked.states:
        assert set(active(state.text)) <= {"bold"}, state.text
    return scene.guild


@pytest.fixture
def mill(town: Town, mill_guild: Guild) -> Scene:
    """A channel of the test's own in that server."""
    return town.scene(guild=mill_guild)


def by_command(scene: Scene, question: str) -> Message:
    return scene.ada.slash(scene.channel, "ask", question=question).final(PATIENCE)


def by_mention(scene: Scene, question: str) -> Message:
    said = scene.ada.say(scene.channel, question, mention_bot=True)
    answer = said.final(PATIENCE)
    assert said.states == [answer]
    return answer


# What of a document is not shown as plain words: links, and code.
SHOWN_AS_SUCH = {"link", "code", "code block"}
BOTH_WAYS = pytest.mark.parametrize("ask", [by_command, by_mention])


def posted(scene: Scene, message: Message) -> list[tuple[str, list[str]]]:
    """The requests that made the message, and the files in each."""

    def look() -> list[tuple[str, list[str]]]:
        return [
            (request.method, sorted(request.files))
            for request in scene.discord.requests(None, "/messages")
            if isinstance(request.response, dict) and request.response.get("id") == str(message.id)
        ]

    return scene.discord.wait_until(look, what="the request that made a message")


def without_code(text: str) -> tuple[str, list[str]]:
    """The text outside of code fences, and the fences."""
    fences = re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL)
    for fence in fences:
        text = text.replace(fence, "")
    return text, fences


def holds_discords_limits(message: Message) -> None:
    """Hold the limits in UTF-16 units, and that nothing was cut in the middle of a character."""
    for embed in message.embeds:
        parts = [embed.get("title") or "", embed["description"], embed["footer"]["text"]]
        assert units(parts[0]) <= 256
        assert units(parts[1]) <= 4096
        assert sum(map(units, parts)) <= 6000
    assert units(message.content) <= 2000
    message.text.encode("utf-8")


def holds_whole_quotes(text: str, document: str) -> list[str]:
    """Hold that each quote is a sentence of the document, at its own line and under its own number."""
    found = quotes(text)
    sentences = sentences_of(document)
    for quote, line, number in found:
        assert number is not None
        assert quote == sentences[number - 1]
        start = sum(map(len, document.splitlines(keepends=True)[: line - 1]))
        assert document.find(quote, start) < document.find("\n", start) + 1
    return [quote for quote, _, _ in found]


@BOTH_WAYS
def test_an_answer_of_30_000_characters_is_attached_whole_by_the_edit_that_shows_it(mill: Scene, ask: Way) -> None:
    document = long_document()
    answer = ask(mill, "quote mill barley wheel")
    method = "PATCH" if ask is by_command else "POST"
    assert posted(mill, answer) == [(method, [ANSWER_FILE])]
    holds_discords_limits(answer)
    shown = holds_whole_quotes(description(answer), document)
    assert len(shown) >= 10
    assert ENGLISH.rest_attached in description(answer)
    assert set(active(description(answer))) == {"small print", *SHOWN_AS_SUCH}
    file = answer.files[ANSWER_FILE].decode("utf-8")
    assert len(file) > LONG
    assert all(sentence in file for sentence in sentences_of(document))
    assert [button.face for button in answer.buttons] == FACES


def test_a_quote_that_does_not_fit_is_left_out_and_attached_whole(mill: Scene) -> None:
    answer = by_command(mill, "whole mill barley wheel")
    assert quotes(description(answer)) == []
    assert "“" not in description(answer)
    assert "[1]" in description(answer)
    assert ENGLISH.rest_attached in description(answer)
    assert long_document() in answer.files[ANSWER_FILE].decode("utf-8")


@BOTH_WAYS
@pytest.mark.parametrize("order", ["write", "tell"])
def test_what_a_chat_model_says_at_length_is_cut_outside_of_quotes_and_fences(
    mill: Scene, ask: Way, order: str
) -> None:
    answer = ask(mill, f"{order} mill barley wheel")
    method = "PATCH" if ask is by_command else "POST"
    assert posted(mill, answer) == [(method, [ANSWER_FILE])]
    holds_discords_limits(answer)
    text, fences = without_code(description(answer))
    assert len(fences) >= 3
    assert set(fences) == {SAID[1][SAID[1].index("```") : SAID[1].rindex("```") + 3]}
    assert set(active(text)) == {"small print", "link"}
    assert len(holds_whole_quotes(text, long_document())) == 2
    said, _, rest = text.partition(f"-# {ENGLISH.quotes_heading}")
    assert words(said).startswith(SAID[0])
    assert said.strip().endswith("[1] [2]")
    assert ENGLISH.rest_attached in rest
    assert answer.embeds[0]["footer"]["text"] == ENGLISH.quotes_checked
    file = answer.files[ANSWER_FILE].decode("utf-8")
    assert unescape(file).count("for mill in mills:") == file.count("```py") > 50
    assert len(unescape(file)) > LONG


@BOTH_WAYS
def test_without_attach_files_the_answer_says_that_it_was_cut(mill: Scene, ask: Way) -> None:
    mill.channel.deny(Permission.ATTACH_FILES)
    for order in ("quote", "write"):
        answer = ask(mill, f"{order} mill barley wheel")
        assert answer.files == {}
        assert ENGLISH.rest_left_out in description(answer)
        assert [files for _, files in posted(mill, answer)] == [[]]
        holds_discords_limits(answer)
    mill.channel.deny(Permission.EMBED_LINKS)
    answer = ask(mill, "quote mill barley wheel")
    assert (answer.embeds, answer.files) == ((), {})
    assert ENGLISH.rest_left_out in answer.content
    holds_discords_limits(answer)


@BOTH_WAYS
def test_without_embed_links_the_same_answer_comes_as_plain_text(mill: Scene, ask: Way) -> None:
    mill.channel.deny(Permission.EMBED_LINKS)
    short = ask(mill, QUESTION)
    assert short.embeds == ()
    title, _, body = short.content.partition("\n")
    if ask is by_command:
        assert title == f"**{QUESTION}**"
    else:
        body = short.content
    assert quotes(body)
    assert all(stands_in_article(words, line) for words, line, _ in quotes(body))
    assert short.content.endswith(f"-# {ENGLISH.quote_checked}") or ENGLISH.quotes_checked in short.content
    assert [button.face for button in short.buttons] == FACES
    for order in ("quote", "write"):
        long = ask(mill, f"{order} mill barley wheel {NASTY.format(person=mill.boss.id)}")
        assert (long.embeds, list(long.files)) == ((), [ANSWER_FILE])
        holds_discords_limits(long)
        assert holds_whole_quotes(long.content, long_document())
        assert set(active(without_code(long.content)[0])) <= {"bold", "small print", *SHOWN_AS_SUCH}
        assert not long.pings


@BOTH_WAYS
def test_question_document_and_file_name_never_ping_link_or_embed(mill: Scene, ask: Way) -> None:
    question = NASTY.format(person=mill.boss.id)
    answer = ask(mill, question)
    (embed,) = answer.embeds
    if ask is by_command:
        assert active(embed["title"]) == []
        assert words(embed["title"]) == "@Boss mill wheel discord.gg/mill grinds barley"
    assert set(active(embed["description"])) == {"small print", "link"}
    assert not {"url", "image", "thumbnail", "author", "fields"} & set(embed)
    assert TITLE_WORDS in words(embed["description"])
    assert not answer.pings


# Permissions that the bot lacks


def test_a_mention_where_the_bot_may_not_write_is_answered_by_direct_message(scene: Scene) -> None:
    thread = scene.ada.start_thread(scene.ada.say(scene.channel, "the mill").said)
    scene.channel.deny(Permission.SEND_MESSAGES, Permission.SEND_MESSAGES_IN_THREADS)
    # Here the bot believes that it may.
    believed = scene.guild.add_channel("believed")
    scene.discord.faults.refuse("POST", f"/channels/{believed.id}/messages", 403, 50013, times=5)
    told: Message | None = None
    for place in (scene.channel, thread, believed):
        scene.ada.say(place, QUESTION, mention_bot=True)
        told = scene.ada.dm_channel.wait_message(PATIENCE, after=told)
        assert told.text == ENGLISH.may_not_post.format(channel=place.mention)
        assert place.messages(by_bot=True) == []
    assert by_command(scene, QUESTION).embeds
    assert scene.errors == []


def test_closed_direct_messages_are_borne(scene: Scene) -> None:
    scene.channel.deny(Permission.SEND_MESSAGES)
    scene.ada.close_dms()
    scene.ada.say(scene.channel, QUESTION, mention_bot=True)
    scene.discord.wait_for_request("POST", f"/channels/{scene.ada.dm_channel.id}/messages", timeout=PATIENCE)
    assert by_command(scene, QUESTION).embeds
    assert scene.channel.messages(by_bot=True)[1:] == []
    assert scene.errors == []


def test_a_mention_is_answered_where_the_bot_may_not_read_the_history(scene: Scene) -> None:
    scene.channel.deny(Permission.READ_MESSAGE_HISTORY)
    said = scene.ada.say(scene.channel, QUESTION, mention_bot=True)
    answer = said.final(PATIENCE)
    assert answer.embeds[0]["title"] == QUESTION  # it is no reply, so that the question stands nowhere else
    assert [button.face for button in answer.buttons] == FACES
    assert said.states == [answer]
    assert by_command(scene, QUESTION).embeds
    assert scene.errors == []


def test_a_command_is_answered_where_the_bot_may_see_nothing(scene: Scene) -> None:
    scene.channel.deny(Permission.VIEW_CHANNEL)
    scene.ada.say(scene.channel, QUESTION, mention_bot=True)
    answer = by_command(scene, QUESTION)
    assert answer.embeds[0]["title"] == QUESTION
    assert [message.id for message in scene.channel.messages(by_bot=True)] == [answer.id]
    assert scene.errors == []
