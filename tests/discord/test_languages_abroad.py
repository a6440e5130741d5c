"""A German and a Spanish server, from the first document to the settings: every word is in the server's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.discord.texts import LANGUAGES, Texts
from bot.discord.views.settings_panel.registry import PanelPage
from tests.discord.discord_markdown import words
from tests.discord.fake import FakeDiscord, Message
from tests.discord.one_program import PATIENCE, Place, Program, add, new_place, running_program
from tests.discord.settings_panel import open_panel, switch, turn_to, value_of

ENGLISH = LANGUAGES["en"]
# What Discord calls the Spanish of Spain.
LOCALES = {"es": "es-ES"}
ONLY_OWN = "INSERT OR REPLACE INTO server_settings VALUES ({}, '{{\"shared_documents\": false}}')"
GERMAN_CLUB = """# Ruderverein

Die Boote müssen bis 20 Uhr zurück sein.

Mitglieder dürfen zwei Boote am Tag ausleihen.
"""
SPANISH_CLUB = """# Club de remo

Los barcos deben volver antes de las ocho de la tarde.

Los socios pueden tomar prestados dos barcos al día.
"""


@dataclass(frozen=True)
class Abroad:
    """A server in which nobody reads English, and what its people say."""

    program: Program
    place: Place
    texts: Texts
    document: str
    question: str
    off_topic: str
    thanks: str
    about_the_bot: str

    @property
    def locale(self) -> str:
        return self.texts.locale

    def mention(self, said: str) -> Message:
        """What the bot answers to a message that mentions it."""
        place = self.place
        return place.bruno.say(place.channel, f"{self.program.discord.bot_mention} {said}").final(PATIENCE)

    def command(self, name: str, /, **options: object) -> Message:
        """What the bot answers to a command of somebody whose Discord speaks the language."""
        place = self.place
        return place.ada.slash(place.channel, name, locale=self.locale, **options).message(PATIENCE)


PEOPLE_SAY = {
    "de": (
        GERMAN_CLUB,
        "Wie viele Boote dürfen Mitglieder am Tag ausleihen?",
        "Wo brüten Pinguine?",
        "Danke dir!",
        "fragt doch {me}, Leute",
    ),
    "es": (
        SPANISH_CLUB,
        "¿Cuántos barcos pueden tomar prestados los socios al día?",
        "¿Dónde crían los pingüinos?",
        "¡Mil gracias!",
        "preguntadle a {me}",
    ),
}


@pytest.fixture(scope="module")
def servers(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Abroad]]:
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("abroad")) as program:
        places = {code: new_place(discord, f"Club {code}", locale=LOCALES.get(code, code)) for code in PEOPLE_SAY}
        program.restart([ONLY_OWN.format(place.guild.id) for place in places.values()])
        yield {code: Abroad(program, place, LANGUAGES[code], *PEOPLE_SAY[code]) for code, place in places.items()}
        assert not program.failures()


@pytest.fixture(scope="module", params=PEOPLE_SAY)
def abroad(servers: dict[str, Abroad], request: pytest.FixtureRequest) -> Abroad:
    return servers[request.param]


def said_in(message: Message) -> str:
    """All the words of a message, wherever they stand."""
    return message.content or str(message.embeds[0]["description"])


def holds_language(abroad: Abroad, message: Message) -> None:
    """Hold that what stands around the document's own words is in one language, down to the last button."""
    texts = abroad.texts
    labels = {button.label for button in message.buttons} - {""}
    assert labels >= {texts.button_passage, texts.button_follow_up, texts.button_delete}
    assert not labels & {getattr(ENGLISH, name) for name in vars(ENGLISH) if name.startswith("button_")}
    assert message.embeds[0]["footer"]["text"] in {texts.quote_checked, texts.quotes_checked}


def test_a_server_begins_without_documents_and_adds_one(abroad: Abroad) -> None:
    assert said_in(abroad.command("ask", question=abroad.question)) == abroad.texts.library_empty_add
    added = abroad.place.ada.slash(
        abroad.place.channel, "library add", locale=abroad.locale, file=("club.md", abroad.document.encode())
    ).message(PATIENCE, until=lambda state: not state.text.endswith("…"))
    title = abroad.document.partition("\n")[0].removeprefix("# ")
    assert added.text.startswith(abroad.texts.library_added.format(title=title))


def test_a_question_is_answered_and_the_buttons_work(abroad: Abroad) -> None:
    texts, place = abroad.texts, abroad.place
    answer = abroad.mention(abroad.question)
    holds_language(abroad, answer)
    passage = place.bruno.click(answer, texts.button_passage, locale=abroad.locale).message(PATIENCE)
    assert texts.passage_still_there.casefold() in passage.text.casefold()
    form = place.bruno.click(answer, texts.button_follow_up, locale=abroad.locale).form()
    assert (form.title, form.fields[0].label) == (texts.follow_up_title, texts.follow_up_label)
    voted = place.ada.click(answer, "👍", locale=abroad.locale).message(PATIENCE)
    assert voted.text == texts.vote_up_counted


def test_what_the_documents_do_not_say_is_refused(abroad: Abroad) -> None:
    for answer in (abroad.mention(abroad.off_topic), abroad.command("ask", question=abroad.off_topic)):
        assert words(said_in(answer)).startswith(abroad.texts.not_found)


def test_help_and_the_list_of_documents(abroad: Abroad) -> None:
    texts = abroad.texts
    assert abroad.command("help").text.startswith(texts.help.format(days=90))
    listed = abroad.command("library list").text
    assert texts.library_own.format(documents=texts.documents(1)) in listed
    assert texts.list_everybody.casefold() in listed.casefold()
    added = re.split(r"\{person\}|\{when\}", texts.list_added)
    assert all(part.strip().casefold() in listed.casefold() for part in added)


def test_the_panel_of_settings(abroad: Abroad) -> None:
    texts, place = abroad.texts, abroad.place
    shown = open_panel(place, locale=abroad.locale)
    for page in PanelPage:
        shown = turn_to(place.ada, shown, page, locale=abroad.locale)
        assert f"### {texts.page(page.value)}" in shown.text
        labels = {button.label for button in shown.buttons}
        assert labels <= {getattr(texts, name) for name in vars(texts) if name.startswith("button_")}
    shown = turn_to(place.ada, shown, PanelPage.ANSWERS, locale=abroad.locale)
    assert value_of(shown, "private_refusals", texts) == texts.value_off
    shown = switch(place.ada, shown, "private_refusals", locale=abroad.locale)
    assert value_of(shown, "private_refusals", texts) == texts.value_on
    switch(place.ada, shown, "private_refusals", locale=abroad.locale)


def test_small_talk_and_talk_about_the_bot(abroad: Abroad) -> None:
    place = abroad.place
    me = abroad.program.discord.bot_mention
    thanked = place.bruno.say(place.channel, f"{me} {abroad.thanks}").message(PATIENCE)
    assert said_in(thanked) == abroad.texts.reply_thanks
    shared = place.bruno.say(place.channel, f"{me} help").message(PATIENCE)
    assert said_in(shared) == abroad.texts.reply_help
    about = place.bruno.say(place.channel, abroad.about_the_bot.format(me=me)).said
    # What comes after it is answered, so it was heard.
    answer = abroad.mention(abroad.question)
    assert about.id not in {message.reference_id for message in place.channel.messages(by_bot=True)}
    holds_language(abroad, answer)


def test_the_language_can_be_chosen(abroad: Abroad) -> None:
    program = abroad.program
    place = new_place(program.discord, "Anywhere")
    add(place.ada, place.channel, "club.md", abroad.document)
    chosen = place.ada.slash(place.channel, "settings language", language=abroad.texts.language).message(PATIENCE)
    assert chosen.text == abroad.texts.settings_language_changed
    here = Abroad(program, place, abroad.texts, *PEOPLE_SAY[abroad.locale])
    holds_language(here, here.mention(here.question))
