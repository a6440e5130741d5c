"""A server's own FAQ: what has nothing to do with it is refused and nothing is quoted; what answers is underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from bot.discord.formatting.answer_page import NOT_FOUND
from bot.discord.texts import LANGUAGES, Texts
from tests.discord.discord_markdown import underlined, words
from tests.discord.fake import FakeDiscord
from tests.discord.faq import ENGLISH_FAQ, ITALIAN_FAQ, OFF_TOPIC_ENGLISH, OFF_TOPIC_ITALIAN
from tests.discord.one_program import Place, add, ask, new_place, passage_of, running_program

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def places(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """A server of each language, which answers from its FAQ alone."""
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("faq")) as program,
    ):
        places = {"en": new_place(discord), "it": new_place(discord, "Porto", locale="it")}
        settings = (
            'INSERT INTO server_settings VALUES ({}, \'{{"shared_documents": false, "questions_per_minute": 1000}}\')'
        )
        program.restart(between=[settings.format(place.guild.id) for place in places.values()])
        for code, faq in (("en", ENGLISH_FAQ), ("it", ITALIAN_FAQ)):
            add(places[code].ada, places[code].channel, "faq.md", faq)
        yield places


@pytest.mark.parametrize(
    ("texts", "questions"), [(ENGLISH, OFF_TOPIC_ENGLISH), (ITALIAN, OFF_TOPIC_ITALIAN)], ids=["en", "it"]
)
def test_nothing_is_quoted_for_what_has_nothing_to_do_with_the_document(
    places: dict[str, Place], texts: Texts, questions: Sequence[str]
) -> None:
    place = places[texts.locale]
    shown = {q: ask(place.ada, place.channel, q, locale=texts.locale).embeds[0]["description"] for q in questions}
    assert len(shown) >= 20
    assert {question: words_ for question, words_ in shown.items() if words_ != texts.not_found} == {}


def test_the_closest_sentence_stands_where_it_is_about_the_same_thing(places: dict[str, Place]) -> None:
    place = places["en"]
    refusal = ask(place.ada, place.channel, "How many moderators are there?")
    assert refusal.embeds[0]["color"] == NOT_FOUND
    shown = words(refusal.embeds[0]["description"])
    assert shown.startswith(f"{ENGLISH.not_found}\n\n-# {ENGLISH.closest}\n“")
    assert "moderator" in shown.partition("“")[2]


@pytest.mark.parametrize(
    ("code", "question", "asked"),
    [
        ("en", "Wie lange darf ich den Würfel vor dem Start anschauen?", "de"),
        ("en", "Quanto devono stare lontani gli spettatori dal campo?", "it"),
        ("it", "How many people have ever been on the surface of the moon?", "en"),
        ("it", "¿Cuánto cuesta la cuota de los socios del club?", "es"),
    ],
)
def test_who_asks_in_another_language_is_told_that_of_the_documents(
    places: dict[str, Place], code: str, question: str, asked: str
) -> None:
    place, hint = places[code], LANGUAGES[asked].ask_in_language.format(language=LANGUAGES[code].language)
    told = passage_of(ask(place.ada, place.channel, question))[2]
    assert told.endswith(hint[:1].upper() + hint[1:])
    # Whoever asks in the right language, or in a few words of any, is told nothing.
    for other in (OFF_TOPIC_ENGLISH if code == "en" else OFF_TOPIC_ITALIAN)[:5]:
        assert passage_of(ask(place.ada, place.channel, other))[2] == ""


@pytest.mark.parametrize(
    ("code", "question", "own"),
    [
        ("en", "How do I install the mod pack on Linux?", {"linux", "windows"}),
        ("en", "How do I install the mod pack on Windows?", {"linux", "windows"}),
        ("en", "How do I join Starfall?", {"starfall"}),
        ("en", "When is the voice stage open on Friday?", {"friday"}),
        ("en", "How do I play Starfall on a phone?", {"starfall", "phone"}),
        ("en", "Do donors get a golden name?", {"donors"}),
        ("en", "Is the voice stage open on Saturday?", {"saturday"}),
        ("it", "Come installo il pacchetto su Linux?", {"linux", "windows"}),
        ("it", "Quando è aperto il palco vocale il venerdì?", {"venerdì"}),
    ],
)
def test_the_questions_own_words_are_not_underlined(
    places: dict[str, Place], code: str, question: str, own: set[str]
) -> None:
    place = places[code]
    answer = ask(place.ada, place.channel, question)
    passage = place.ada.click(answer, "📖").message()
    pages = [passage]
    while passage.buttons and len(pages) < int(passage_of(passage)[2].split(" · ")[0].split()[-1]):
        pages.append(place.ada.click(pages[-1], "▶").updated())
    lines = [words(line).casefold() for page in pages for line in underlined(page.embeds[0]["description"])]
    assert [line for line in lines if own & set(line.replace(",", " ").split())] == []


def test_the_words_that_answer_are_underlined(places: dict[str, Place]) -> None:
    place = places["en"]
    answer = ask(place.ada, place.channel, "When is the voice stage open on Friday?")
    passage = place.ada.click(answer, "📖").message()
    assert underlined(passage.embeds[0]["description"]) == ["18:00 to 23:00 UTC"]
