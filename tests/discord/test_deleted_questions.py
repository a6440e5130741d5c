"""A question that is deleted takes its copies along: from the answer's title, its file, and what is kept of a vote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.formatting.question_removal import footer_without_question
from bot.discord.texts import LANGUAGES
from tests.discord.fake import Message, Permission
from tests.discord.one_program import PATIENCE, Place, answer_id, ask, new_place
from tests.discord.talking import Bot, conversing, follow_up

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with conversing(tmp_path_factory.mktemp("deleted questions")) as bot:
        yield bot
        assert not bot.program.failures()


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


def cleared(bot: Bot, answer: Message, secret: str) -> Message:
    """Wait until an answer is kept without its question; it says everything else as before."""

    def look() -> Message | None:
        now = bot.program.discord.message(answer.id)
        return now if now is not None and secret not in str(now.payload) else None

    now = bot.program.discord.wait_until(look, PATIENCE, what="the question to go")
    assert [button.custom_id for button in now.buttons] == [button.custom_id for button in answer.buttons]
    assert [embed["description"] for embed in now.embeds] == [embed["description"] for embed in answer.embeds]
    assert not any(secret.encode() in data for data in now.files.values())
    assert now.files.keys() == answer.files.keys()
    return now


def stored_questions(bot: Bot, answer: Message) -> list[tuple[object, ...]]:
    """What is kept with the votes on an answer: the reasons and the questions."""
    return bot.program.read("SELECT reason, question FROM votes WHERE answer_id = ?", answer_id(answer))


@pytest.mark.parametrize(("locale", "title"), [("en-US", "(question deleted)"), ("it", "(domanda cancellata)")])
def test_the_title_loses_a_deleted_question(bot: Bot, locale: str, title: str) -> None:
    place = new_place(bot.program.discord, locale=locale)
    asked = place.bruno.say(place.channel, "Quote my secret harbour?", mention_bot=True)
    other = place.bruno.say(place.channel, "Quote my other harbour?", mention_bot=True)
    answer, kept = asked.final(PATIENCE), other.final(PATIENCE)
    place.bruno.delete(asked.said)
    now = cleared(bot, answer, "secret")
    assert [embed.get("title", title) for embed in now.embeds] == [title]
    assert bot.program.discord.message(kept.id) == kept
    assert place.ada.click(now, LANGUAGES[locale[:2]].button_passage).message().embeds


def test_messages_that_are_deleted_together_and_direct_ones(bot: Bot, place: Place) -> None:
    first = place.bruno.say(place.channel, "Quote secret one?", mention_bot=True)
    second = place.bruno.say(place.channel, "Quote secret two?", mention_bot=True)
    answers = [first.final(PATIENCE), second.final(PATIENCE)]
    place.channel.purge(first.said, second.said)
    for answer in answers:
        cleared(bot, answer, "secret")
    direct = place.bruno.dm("Quote secret three?")
    answer = direct.final(PATIENCE)
    place.bruno.delete(direct.said)
    cleared(bot, answer, "secret")


def test_what_a_crash_has_cut_short_is_done_at_the_next_start(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Quote secret crash?", mention_bot=True)
    answer = asked.final(PATIENCE)
    away = bot.program.discord.faults.error_before("GET", f"/messages/{answer.id}$", status=503, times=1000)
    place.bruno.delete(asked.said)
    bot.program.discord.wait_until(lambda: away.hits, what="the bot to look for the answer")
    bot.program.crash()
    bot.program.discord.faults.clear()
    bot.program.revive()
    cleared(bot, answer, "secret")
    gone = "SELECT count(*) FROM question_messages WHERE answer_id = ? AND deleted = 2"
    bot.program.discord.wait_until(
        lambda: bot.program.read(gone, answer_id(answer)) == [(1,)], what="a note that it is done"
    )


def test_it_works_after_a_restart(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Quote secret four?", mention_bot=True)
    answer = asked.final(PATIENCE)
    bot.program.restart()
    place.bruno.delete(asked.said)
    cleared(bot, answer, "secret")


def test_plain_text_and_a_file_lose_it_too(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Long secret five?", mention_bot=True)
    answer = asked.final(PATIENCE)
    assert answer.files
    place.bruno.delete(asked.said)
    cleared(bot, answer, "secret")
    place.channel.deny(Permission.EMBED_LINKS)
    asked = place.bruno.say(place.channel, "Quote secret six?", mention_bot=True)
    answer = asked.final(PATIENCE)
    assert not answer.embeds
    place.bruno.delete(asked.said)
    now = cleared(bot, answer, "secret")
    assert now.content.split("\n")[1:] == answer.content.split("\n")[1:]


def test_an_answer_that_cannot_be_read_back_is_deleted(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Quote secret seven?", mention_bot=True)
    answer = asked.final(PATIENCE)
    place.channel.deny(Permission.READ_MESSAGE_HISTORY)
    place.bruno.delete(asked.said)
    bot.program.discord.wait_until(lambda: bot.program.discord.message(answer.id) is None, what="the answer to go")


@pytest.mark.parametrize("close", ["archive", "lock"])
def test_an_answer_in_a_closed_thread_is_deleted_because_nothing_there_can_be_edited(
    bot: Bot, place: Place, close: str
) -> None:
    thread = place.ada.start_thread(place.ada.say(place.channel, "the mill").said)
    asked = place.bruno.say(thread, "Quote secret eleven?", mention_bot=True)
    answer = asked.final(PATIENCE)
    thread.lock() if close == "lock" else thread.archive()
    place.bruno.delete(asked.said)
    bot.program.discord.wait_until(lambda: bot.program.discord.message(answer.id) is None, what="the answer to go")


def test_what_a_vote_has_stored_goes_and_an_open_form_stores_no_more(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Quote secret eight?", mention_bot=True)
    answer = asked.final(PATIENCE)
    place.ada.submit(place.ada.click(answer, "👎").form(), "Wrong.").message()
    assert stored_questions(bot, answer) == [("Wrong.", "Quote secret eight?")]
    late = place.bruno.click(answer, "👎").form()
    place.bruno.delete(asked.said)
    cleared(bot, answer, "secret")
    assert place.bruno.submit(late, "Wrong, too.").message().embeds
    assert sorted(map(str, stored_questions(bot, answer))) == ["('Wrong, too.', None)", "('Wrong.', None)"]


def test_a_deleted_answer_is_no_question_and_leaves_nothing(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Quote secret nine?", mention_bot=True)
    answer = asked.final(PATIENCE)
    known = "SELECT 1 FROM question_messages WHERE answer_id = ?"
    bot.program.discord.wait_until(lambda: bot.program.read(known, answer_id(answer)), what="the record")
    place.bruno.click(answer, "🗑️").wait_acknowledged()
    bot.program.discord.wait_until(lambda: not bot.program.read(known, answer_id(answer)), what="it to be forgotten")
    command = ask(place.bruno, place.channel, "Quote secret ten?")
    assert not bot.program.read(known, answer_id(command))
    assert follow_up(place.bruno, command, "Quote secret more?").final(PATIENCE).buttons


def test_how_a_question_was_read_goes_with_it() -> None:
    for texts in LANGUAGES.values():
        told = texts.small_print([texts.quote_checked, texts.read_as.format(question="a · b: secret?")])
        assert footer_without_question(told) == texts.small_print([texts.quote_checked])
        alone = texts.small_print([texts.read_as.format(question="secret?")])
        assert footer_without_question(alone) == ""
        assert footer_without_question(texts.quotes_checked) == texts.quotes_checked
