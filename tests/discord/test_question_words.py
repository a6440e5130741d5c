"""Marks and formatting in a question: it is searched for by its words, and shown as these; whichever way it came in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.formatting.answer_page import ANSWERED
from tests.discord.discord_markdown import active, words
from tests.discord.fake import Message, Permission
from tests.discord.one_program import PATIENCE, Place, add, ask, new_place, new_role, notes
from tests.discord.talking import Bot, conversing, follow

FAQ = """\
# Guide

The pie contest at the harbour starts at noon on 30 November.

Anything that breaks the house rules is removed by the moderators.

Dora Bini bakes the bread for the market.
"""
FAQ_ITALIAN = """\
# Guida

La gara di torte al porto comincia a mezzogiorno.
"""


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """The program, which notes the questions that reach its chain."""
    with conversing(tmp_path_factory.mktemp("words")) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    place = new_place(bot.program.discord)
    add(place.ada, place.channel, "guide.md", FAQ)
    return place


def heard(bot: Bot) -> list[str]:
    """The questions that reached the chain."""
    return [note["question"] for note in notes(bot.file)]


def title(answer: Message) -> str:
    return words(answer.embeds[0]["title"])


def test_each_way_of_asking_names_what_a_mark_stands_for(bot: Bot, place: Place) -> None:
    role = new_role(place, "Bakers")
    marked = f"May {place.bruno.mention} and {role.mention} write </ask now:5> in {place.channel.mention}"
    asked = {
        way: f"{way} {marked} <a:party:6> on <t:1700000000:D>?"
        for way in ("Command", "Mention", "Reply", "Menu", "Form")
    }
    read = {
        way: f"{way} May @{place.bruno.name} and @Bakers write /ask now in #{place.channel.name} :party: on 2023-11-14?"
        for way in asked
    }
    command = ask(place.ada, place.channel, asked["Command"])
    mention = place.ada.say(place.channel, asked["Mention"], mention_bot=True).final(PATIENCE)
    reply = place.ada.say(place.channel, asked["Reply"], reply_to=mention).final(PATIENCE)
    menu = place.ada.menu(place.bruno.say(place.channel, asked["Menu"]).said, "Ask about this message").final(PATIENCE)
    form = follow(place.ada, command, asked["Form"])
    assert [title(answer) for answer in (command, menu, form)] == [read[way] for way in ("Command", "Menu", "Form")]
    for way, answer in {"Command": command, "Mention": mention, "Reply": reply, "Menu": menu, "Form": form}.items():
        assert not answer.pings
        assert read[way] in heard(bot)


@pytest.mark.parametrize(
    "wrap",
    [
        "@here {}",
        "{} @everyone",
        "||{}||",
        "**{}**",
        "__*{}*__",
        "~~{}~~",
        "`{}`",
        "```\n{}\n```",
        "> {}",
        ">>> {}",
        "## {}",
        "-# {}",
        "[{}](https://harbour.example/a_b)",
        "{} <:pie:123456789> <@&999>",
    ],
)
def test_formatting_turns_no_question_into_a_refusal(bot: Bot, place: Place, wrap: str) -> None:
    plain = "Really when does the pie contest start?"
    answer = ask(place.ada, place.channel, wrap.format(plain))
    assert answer.embeds[0]["color"] == ANSWERED
    assert "“The pie contest at the harbour starts at noon" in words(answer.embeds[0]["description"])
    assert active(answer.embeds[0]["title"]) == []
    assert title(answer).removesuffix(" :pie:") == plain


def test_marks_and_formatting_in_italian(bot: Bot) -> None:
    porto = new_place(bot.program.discord, "Porto", locale="it")
    add(porto.ada, porto.channel, "guida.md", FAQ_ITALIAN)
    for text in (
        "@here **Quando** comincia la ||gara di torte||?",
        f"> Quando comincia la `gara di torte`? {porto.ada.mention}",
    ):
        answer = ask(porto.ada, porto.channel, f"Really {text}", locale="it")
        assert "La gara di torte al porto comincia a mezzogiorno." in words(answer.embeds[0]["description"])
        assert title(answer).startswith("Really")
        assert "<" not in title(answer)


def test_a_channel_is_named_only_to_those_who_see_it(bot: Bot, place: Place) -> None:
    hidden = place.guild.add_channel("secret-plans")
    hidden.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    hidden.allow(Permission.VIEW_CHANNEL, whom=place.ada.id)
    question = f"Hidden what is {hidden.mention} for?"
    assert title(ask(place.ada, place.channel, question)) == "Hidden what is #secret-plans for?"
    assert title(ask(place.bruno, place.channel, question)) == "Hidden what is for?"
    place.bruno.say(place.channel, question, mention_bot=True).final(PATIENCE)
    assert [one for one in heard(bot) if "Hidden" in one][1:] == ["Hidden what is for?"] * 2
