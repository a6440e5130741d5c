"""Small talk in Discord: one line in its language, without buttons, counted nowhere and no part of a conversation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES
from bot.small_talk import find_small_talk
from tests.discord.fake import Interaction, Message, Permission, Said
from tests.discord.one_program import PATIENCE, Place, ask, new_place
from tests.discord.talking import Bot, conversing, follow_up, turns

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with conversing(tmp_path_factory.mktemp("small talk")) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


def line(asked: Said | Interaction) -> str:
    """The one line that came, under which there is nothing to press."""
    message: Message = asked.message(PATIENCE)
    assert message.buttons == ()
    if message.embeds:
        (embed,) = message.embeds
        assert embed.keys() <= {"type", "description", "flags"}
        return str(embed["description"])
    return message.content


def test_each_way_to_speak_to_the_bot_gets_one_line(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    answer = ask(place.ada, place.channel, "Ways one?")
    assert line(place.ada.say(place.channel, f"{me} hi")) == ENGLISH.reply_greeting
    assert line(place.ada.dm("help")) == ENGLISH.reply_help
    assert line(place.ada.slash(place.channel, "ask", question="wat can u do?")) == ENGLISH.reply_help
    assert line(place.ada.say(place.channel, "Good bot!", reply_to=answer, mention_bot=True)) == ENGLISH.reply_praise
    assert line(follow_up(place.ada, answer, "👍")) == ENGLISH.reply_other
    said = place.bruno.say(place.channel, "bye everyone").said
    assert line(place.ada.menu(said, "Ask about this message")) == ENGLISH.reply_farewell
    place.channel.deny(Permission.EMBED_LINKS)
    assert line(place.ada.say(place.channel, f"{me} thanks")) == ENGLISH.reply_thanks


def test_the_line_is_in_the_language_of_the_words_and_else_in_that_of_the_place(bot: Bot, place: Place) -> None:
    italians = new_place(bot.program.discord, "Porto", locale="it")
    me = bot.program.discord.bot_mention
    german = find_small_talk("vielen Dank")
    assert german is not None
    for text, here, there in [
        (f"{me} hi", ENGLISH.reply_greeting, ITALIAN.reply_greeting),
        (f"{me} thank you", ENGLISH.reply_thanks, ENGLISH.reply_thanks),
        (f"ciao {me}", ITALIAN.reply_greeting, ITALIAN.reply_greeting),
        (f"{me} chi sei?", ITALIAN.reply_help, ITALIAN.reply_help),
        (f"{me} vielen Dank", german.text, german.text),
    ]:
        assert line(place.ada.say(place.channel, text)) == here
        assert line(italians.ada.say(italians.channel, text)) == there


def test_what_wants_no_words_back_gets_a_reaction_where_the_bot_may_add_one(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    answer = place.ada.say(place.channel, "Nodded one?", mention_bot=True).final(PATIENCE)
    for text, emoji in [("lol ok", "👍"), ("👍", "👍"), ("👋", "👋"), ("ho capito", "👍"), ("va bene 😂", "👍")]:
        said = place.bruno.say(place.channel, text, reply_to=answer)
        assert said.reaction(PATIENCE) == emoji
        said.silence(0)
    direct = place.ada.dm("haha")
    assert direct.reaction(PATIENCE) == "👍"
    place.channel.deny(Permission.ADD_REACTIONS)
    assert line(place.ada.say(place.channel, f"{me} lol ok")) == ENGLISH.reply_other
    # A complaint is told what to do.
    assert line(place.ada.say(place.channel, "that's wrong", reply_to=answer)) == ENGLISH.reply_complaint
    assert line(place.ada.say(place.channel, f"{me} non è vero!")) == ITALIAN.reply_complaint
    assert line(place.ada.say(place.channel, "that's wrong, it changed", reply_to=answer)) == ENGLISH.reply_complaint
    assert line(place.ada.say(place.channel, f"{me} sbagliato, ora sono tre")) == ITALIAN.reply_complaint
    assert line(place.ada.say(place.channel, "nvm found it", reply_to=answer)) == ENGLISH.reply_other


def test_people_who_mention_the_bot_to_each_other_get_no_answer(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    about = [
        f"you can ask {me} about that",
        f"{me} is great btw",
        f"I asked {me} yesterday and it found the page",
        f"Who raised the mill? Ask {me}",
        f"have you tried {me}?",
        f"{place.bruno.mention} {me} knows that",
        f"chiedilo a {me}",
        f"{me} sa tutto",
        f"ho chiesto a {me} ieri e ha trovato la pagina",
        f"hai provato {me}?",
    ]
    said = [place.ada.say(place.channel, text) for text in about]
    # What comes after them is answered, so they were heard.
    last = place.ada.say(place.channel, f"When was it raised, {me}?").final(PATIENCE)
    assert [one.said.content for one in said if any(state.reference_id == one.said.id for state in one.states)] == []
    assert place.channel.messages(by_bot=True) == [last]


def test_nothing_counts_small_talk(bot: Bot, place: Place) -> None:
    def counts() -> list[object]:
        return [bot.program.read(f"SELECT * FROM {table}") for table in tables]

    tables = [name for (name,) in bot.program.read("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ask(place.ada, place.channel, "Counted one?")
    before = counts()
    for text in ("thanks", "lol ok", "👍"):
        line(place.ada.slash(place.channel, "ask", question=text))
    assert counts() == before
    limited = new_place(bot.program.discord, "Strict")
    limited.ada.slash(limited.channel, "settings limits", person_minute=1).message(PATIENCE)
    for _ in range(3):
        assert line(limited.bruno.slash(limited.channel, "ask", question="hi")) == ENGLISH.reply_greeting
    assert ask(limited.bruno, limited.channel, "Counted two?").buttons


def test_a_question_after_small_talk_goes_on_from_the_answer_before_it(bot: Bot, place: Place) -> None:
    first = place.ada.say(place.channel, "Talk one?", mention_bot=True).final(PATIENCE)
    thanked = place.ada.say(place.channel, "thanks!", reply_to=first).message(PATIENCE)
    again = place.ada.say(place.channel, "good bot", reply_to=thanked).message(PATIENCE)
    second = place.ada.say(place.channel, "Talk two?", reply_to=again).final(PATIENCE)
    assert bot.told(second) == turns("Talk one?")
    assert bot.told(place.ada.say(place.channel, "Talk three?", reply_to=second).final(PATIENCE)) == turns(
        "Talk one?", "Talk two?"
    )
    hello = place.ada.say(place.channel, "hi", mention_bot=True).message(PATIENCE)
    assert bot.told(place.ada.say(place.channel, "Talk four?", reply_to=hello).final(PATIENCE)) == []


def test_small_talk_in_a_thread_is_no_turn_of_it(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(ask(place.ada, place.channel, "Knot one?"))
    line(place.ada.say(thread, "thanks", mention_bot=True))
    assert bot.told(ask(place.ada, thread, "Knot two?")) == turns("Knot one?")
