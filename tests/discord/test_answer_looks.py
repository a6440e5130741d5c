"""What people read around an answer: one footer for people, no question twice, thumbs after what is used more."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES, Texts
from tests.discord.discord_markdown import words
from tests.discord.fake import Message, Permission
from tests.discord.one_program import MILL, PATIENCE, QUESTION, Place, add, ask, new_place, passage_of, shared_program
from tests.discord.talking import Bot, conversing, follow, turns

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
SPOKEN = pytest.mark.parametrize("texts", [ENGLISH, ITALIAN], ids=["en", "it"])
REALLY = f"Really {QUESTION}"
OFF_TOPIC = "Really where do penguins breed?"


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """The program, which notes what its chain is told."""
    with conversing(tmp_path_factory.mktemp("looks")) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


def footer_of(answer: Message) -> str:
    return passage_of(answer)[2]


@SPOKEN
def test_the_footer_says_that_the_quotes_are_checked_and_nothing_else(place: Place, texts: Texts) -> None:
    sure = ask(place.ada, place.channel, REALLY, locale=texts.locale)
    by_chat_model = ask(place.ada, place.channel, "Footer?", locale=texts.locale)
    assert {footer_of(answer) for answer in (sure, by_chat_model)} <= {texts.quote_checked, texts.quotes_checked}
    assert footer_of(ask(place.ada, place.channel, OFF_TOPIC, locale=texts.locale)) == ""


@SPOKEN
def test_how_an_answer_was_made_stands_under_its_passage(place: Place, texts: Texts) -> None:
    def making(question: str) -> str:
        answer = ask(place.ada, place.channel, question)
        passage = place.ada.click(answer, "📖", locale=texts.locale).message(PATIENCE)
        (field,) = passage.embeds[0]["fields"]
        assert field["name"] == texts.making_heading
        return words(field["value"])

    time = re.escape(texts.making_time).replace(r"\{seconds\}", rf"\d+{re.escape(texts.decimal_mark)}\d{{1,2}}")
    sure = re.escape(texts.small_print([texts.making_sure])).replace(r"\{percent\}", r"\d{1,3}")
    assert re.fullmatch(f"{sure} · {time} · {re.escape(texts.making_by_rules)}", making(REALLY))
    assert making("Making?").endswith(f" · {texts.making_by_chat_model.format(model='scripted model')}")


@SPOKEN
def test_about_names_the_models(bot: Bot, place: Place, texts: Texts) -> None:
    about = words(place.ada.slash(place.channel, "about", locale=texts.locale).message().text)
    assert about.splitlines()[-1] == texts.about.splitlines()[-1].format(chat_model=texts.about_no_chat_model)
    assert "model2vec" in about.casefold() or "minilm" in about.casefold() or "embed" in about.casefold()


def test_a_reply_does_not_repeat_the_question_and_a_command_shows_it(place: Place) -> None:
    command = ask(place.ada, place.channel, "Shown one?")
    assert command.embeds[0]["title"] == "Shown one?"
    said = [
        place.ada.say(place.channel, "Shown two?", mention_bot=True),
        place.ada.say(place.channel, "Shown three?", reply_to=command, mention_bot=True),
        place.ada.dm("Shown four?"),
    ]
    for one in said:
        answer = one.final(PATIENCE)
        assert answer.reference_id == one.said.id
        assert "Shown" not in answer.text
    menu = place.ada.menu(said[0].said, "Ask about this message").final(PATIENCE)
    assert menu.embeds[0]["title"] == "Shown two?"


def test_a_conversation_goes_on_from_answers_that_do_not_show_their_question(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    first = place.ada.say(place.channel, f"Talk **one** {me} in {place.channel.mention}?").final(PATIENCE)
    asked = f"Talk one in #{place.channel.name}?"
    assert bot.told(follow(place.bruno, first, "Talk by form?")) == turns(asked)
    second = place.bruno.say(place.channel, "Talk two?", reply_to=first).final(PATIENCE)
    assert bot.told(second) == turns(asked)
    assert bot.told(follow(place.ada, second, "Talk three?")) == turns(asked, "Talk two?")
    thread = place.ada.start_thread(first)
    place.ada.say(thread, "Talk four?", mention_bot=True).final(PATIENCE)
    assert bot.told(ask(place.ada, thread, "Talk five?")) == turns(asked, "Talk four?")


def test_a_conversation_goes_on_from_plain_text_too(bot: Bot, place: Place) -> None:
    place.channel.deny(Permission.EMBED_LINKS)
    first = place.ada.say(place.channel, "Plain one?", mention_bot=True).final(PATIENCE)
    assert "Plain one?" not in first.content
    second = place.ada.say(place.channel, "Plain two?", reply_to=first).final(PATIENCE)
    assert bot.told(second) == turns("Plain one?")
    assert bot.told(follow(place.ada, second, "Plain three?")) == turns("Plain one?", "Plain two?")


def test_a_question_that_was_deleted_is_lost_to_the_conversation_which_says_so(bot: Bot, place: Place) -> None:
    said = place.ada.say(place.channel, "Lost one?", mention_bot=True)
    first = said.final(PATIENCE)
    place.ada.delete(said.said)
    second = follow(place.ada, first, "Lost two?")
    assert bot.told(second) == []
    assert ENGLISH.older_left_out in footer_of(second)


@SPOKEN
def test_a_refusal_speaks_of_one_document_or_of_several(place: Place, texts: Texts) -> None:
    assert ask(place.ada, place.channel, OFF_TOPIC, locale=texts.locale).embeds[0]["description"] == texts.not_found
    add(place.ada, place.channel, "mill.md", MILL)
    refusal = ask(place.ada, place.channel, OFF_TOPIC, locale=texts.locale)
    assert refusal.embeds[0]["description"] == texts.not_found_several
    place.channel.deny(Permission.EMBED_LINKS)
    plain = ask(place.ada, place.channel, OFF_TOPIC, locale=texts.locale)
    assert plain.content == f"**{OFF_TOPIC}**\n{texts.not_found_several}"


@SPOKEN
def test_that_several_documents_do_not_say_is_read_back_as_a_refusal(bot: Bot, place: Place, texts: Texts) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    for _ in range(2):
        refusal = ask(place.ada, place.channel, OFF_TOPIC, locale=texts.locale)
        question = f"After {texts.locale}, {len(refusal.embeds)} embeds?"
        assert bot.told(follow(place.ada, refusal, question)) == [[OFF_TOPIC, "The document does not say."]]
        place.channel.deny(Permission.EMBED_LINKS)


def test_thumbs_are_quieter_than_show_passage_and_delete_is_last(place: Place) -> None:
    (passage, follow_up, up, down, delete) = ask(place.ada, place.channel, REALLY).buttons
    assert (passage.label, passage.style) == (ENGLISH.button_passage, 1)
    assert follow_up.label == ENGLISH.button_follow_up
    assert [(thumb.emoji, thumb.label, thumb.style) for thumb in (up, down)] == [("👍", "", 2), ("👎", "", 2)]
    assert delete.label == ENGLISH.button_delete


def test_answers_of_older_programs_show_no_making(
    request: pytest.FixtureRequest, programs: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program, _ = shared_program(request, tmp_path_factory)
    place = new_place(program.discord)
    answer = ask(place.ada, place.channel, REALLY)
    program.change("UPDATE answers SET mode = NULL, certainty = NULL, confidence = NULL, milliseconds = NULL")
    passage = place.ada.click(answer, "📖").message(PATIENCE)
    assert passage_of(passage)[2].endswith(ENGLISH.passage_still_there)
    assert "fields" not in passage.embeds[0]
