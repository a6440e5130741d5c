"""Show passage, and every button after the program was started again; the program runs in its own process."""

from __future__ import annotations

import re

import pytest

from bot.discord.custom_ids import show, turn_back, turn_next
from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.texts import LANGUAGES
from tests.discord.discord_markdown import active, underlined, words
from tests.discord.fake import Message, Permission
from tests.discord.one_program import (
    ARTICLE,
    MILL,
    MILL_QUESTION,
    PATIENCE,
    QUOTE,
    UNANSWERED,
    Place,
    Program,
    add,
    answer_id,
    ask,
    finished,
    forge,
    new_place,
    parts_of,
    passage_of,
    rows_about,
    shared_program,
    wait_deleted,
)

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
REALLY, CITED = (f"{order} what triggered the protests?" for order in ("Really", "Cite"))
STILL_THERE = ENGLISH.passage_still_there
SECOND_VERSION = "# The mill\n\nThe mill at the harbour was bought by Dora Bini in 1925.\n"


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


# Show passage


def test_the_passage_is_the_quote_in_bold_inside_its_paragraph(place: Place) -> None:
    answer = ask(place.ada, place.channel, REALLY)
    shown = place.ada.click(answer, "Show passage")
    passage = shown.message()
    assert shown.ephemeral
    before, quote, after = parts_of(passage)
    assert f"“{quote}”" in words(answer.embeds[0]["description"])
    assert quote.startswith(QUOTE)
    assert before + quote + after in ARTICLE.split("\n\n")
    title, _, footer = passage_of(passage)
    assert title == "Kazakhstan protests, January 2022"
    assert "line 5" in footer.casefold()
    assert footer.endswith(STILL_THERE)


def test_the_words_that_answer_are_underlined_in_the_passage_and_not_in_the_answer(place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    answer = ask(place.ada, place.channel, "Point who raised the mill at the harbour?")
    assert "“The mill at the harbour was raised by Carla Neri in 1911.”" in answer.embeds[0]["description"]
    passage = place.ada.click(answer, "Show passage").message()
    assert passage_of(passage)[1] == "**The mill at the harbour was raised by Carla Neri in __1911__.**"
    assert underlined(passage_of(passage)[1]) == ["1911"]


def test_nothing_in_the_document_acts_in_its_passage(place: Place) -> None:
    paragraph = (
        "The *mill* at the `harbour` was raised by __Carla__ ||Neri|| in 1911, see [here](http://a.example/b_c), "
        "@everyone and <@1> \\*too\\*, 1. or # or -# or > that."
    )
    add(place.ada, place.channel, "mill.md", f"# The @here **mill**\n\n{paragraph}\n\nThe end.")
    passage = place.ada.click(ask(place.ada, place.channel, MILL_QUESTION), "Show passage").message()
    before, quote, after = parts_of(passage)
    assert "Carla" in quote
    assert before + quote + after == paragraph
    assert words(passage_of(passage)[0]) == "The @here mill"
    assert not active(passage_of(passage)[0])
    assert not passage.pings


def test_the_arrows_lead_through_the_citations_and_around(place: Place) -> None:
    answer = ask(place.ada, place.channel, "Quote what triggered the protests?")
    passage = place.ada.click(answer, "Show passage").message()
    seen = [passage]
    for arrow in "▶▶▶◀◀":
        turned = place.ada.click(passage, arrow)
        assert turned.deferred
        seen.append(turned.updated())
    assert {page.id for page in seen} == {passage.id}
    counters = [passage_of(page)[2].partition(" · ")[0] for page in seen]
    assert counters == [f"Quote {index} of 3" for index in (1, 2, 3, 1, 3, 2)]
    quotes = [parts_of(page)[1] for page in seen]
    assert quotes[:4] == [*quotes[:3], quotes[0]]
    assert len(set(quotes)) == 3
    assert all(f"“{quote}”" in words(answer.embeds[0]["description"]) for quote in quotes)


def test_two_citations_have_arrows_to_each_other(place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    answer = ask(place.ada, place.channel, "Spread who raised the mill at the harbour?")
    passage = place.ada.click(answer, "Show passage").message()
    quotes = {parts_of(passage)[1]}
    for arrow in "▶◀":
        quotes.add(parts_of(place.ada.click(passage, arrow).updated())[1])
    assert len(quotes) == 2


def test_a_single_citation_has_no_arrows(place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    passage = place.ada.click(ask(place.ada, place.channel, MILL_QUESTION), "Show passage").message()
    assert parts_of(passage)[1] == "The mill at the harbour was raised by Carla Neri in 1911."
    assert not passage.buttons
    assert passage_of(passage)[2].casefold() == f"line 3 · {STILL_THERE}"


def test_a_quote_too_long_for_a_message_is_attached_to_its_own_page_only(place: Place) -> None:
    long = f"The mill at the harbour was raised {'stone by stone ' * 300}in 1911."
    add(place.ada, place.channel, "mill.txt", f"{long} It is old. It is large.")
    passage = place.ada.click(ask(place.ada, place.channel, "Quote who raised the mill?"), "Show passage").message()
    assert passage_of(passage)[1] == ENGLISH.passage_too_long
    assert f"\n{long}\n" in passage.files["passage.md"].decode("utf-8")
    second = place.ada.click(passage, "▶").updated()
    assert not second.files
    assert parts_of(second)[1] == "It is old."
    assert "passage.md" in place.ada.click(passage, "◀").updated().files


def test_a_replaced_document_has_changed_since_until_it_is_put_back(place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    answer = ask(place.ada, place.channel, MILL_QUESTION)
    add(place.ada, place.channel, "mill.md", SECOND_VERSION)
    passage = place.ada.click(answer, "Show passage").message()
    assert passage_of(passage)[1] == ENGLISH.passage_changed
    assert passage_of(passage)[2].endswith(ENGLISH.passage_changed_remark)
    assert "raised by" not in passage.text
    add(place.ada, place.channel, "mill.md", MILL)
    back = place.ada.click(answer, "Show passage").message()
    assert parts_of(back)[1].startswith("The mill at the harbour was raised")


def test_a_removed_document_is_said_to_be_removed_and_the_others_are_still_shown(place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    add(place.ada, place.channel, "inn.md", "# The inn\n\nThe inn beside the mill was raised by Enzo Galli in 1912.")
    answer = ask(place.ada, place.channel, "Spread who raised the mill at the harbour?")
    finished(place.ada.slash(place.channel, "library remove", document="The mill"))
    passage = place.ada.click(answer, "Show passage").message()
    pages = [passage, *(place.ada.click(passage, "▶").updated() for _ in range(2))]
    removed = [page for page in pages if passage_of(page)[1] == ENGLISH.passage_removed]
    assert [passage_of(page)[0] for page in removed] == [""], "its title is not told either"
    assert all("Carla" not in page.text for page in pages)
    assert sum(passage_of(page)[2].endswith(STILL_THERE) for page in pages) == 2


def test_a_text_that_another_server_removed_is_still_proven_here(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    for each in (place, other):
        add(each.ada, each.channel, "mill.md", MILL)
    answer = ask(other.bruno, other.channel, MILL_QUESTION)
    finished(place.ada.slash(place.channel, "library remove", document="The mill"))
    assert passage_of(other.bruno.click(answer, "Show passage").message())[2].endswith(STILL_THERE)
    assert "Carla" not in ask(place.bruno, place.channel, MILL_QUESTION).text


def test_a_stored_text_that_was_damaged_is_never_quoted(program_online: Program, place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    answer = ask(place.ada, place.channel, MILL_QUESTION)
    ((sha256,),) = program_online.read("SELECT sha256 FROM citations WHERE answer_id = ?", answer_id(answer))
    stored = program_online.home / "texts" / f"{sha256}.txt"
    stored.write_text(MILL.replace("Carla", "Clara"), "utf-8")
    passage = place.ada.click(answer, "Show passage").message()
    assert not re.search("Carla|Clara", passage.text)
    assert STILL_THERE not in passage.text
    assert passage.embeds[0]["color"] == PROBLEM
    stored.write_text(MILL, "utf-8")
    assert "Carla Neri" in place.ada.click(answer, "Show passage").message().text


def test_the_other_citations_can_be_reached_past_a_damaged_text(program_online: Program, place: Place) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    add(place.ada, place.channel, "inn.md", "# The inn\n\nThe inn beside the mill was raised by Enzo Galli in 1912.")
    answer = ask(place.ada, place.channel, "Spread who raised the mill at the harbour?")
    query = "SELECT sha256 FROM citations WHERE answer_id = ? ORDER BY position"
    for (sha256,), _ in zip(program_online.read(query, answer_id(answer)), range(1), strict=False):
        (program_online.home / "texts" / f"{sha256}.txt").write_text("else", "utf-8")
    passage = place.ada.click(answer, "Show passage").message()
    second, third = (place.ada.click(passage, "▶").updated() for _ in range(2))
    assert passage_of(second)[2].endswith(STILL_THERE)
    assert passage_of(third)[2].endswith(STILL_THERE)


def test_a_refusal_shows_its_closest_sentence_in_its_paragraph(place: Place) -> None:
    answer = ask(place.ada, place.channel, f"Really {UNANSWERED}")
    assert ENGLISH.not_found in answer.text
    before, quote, after = parts_of(place.ada.click(answer, "Show passage").message())
    assert f"“{quote}”" in words(answer.embeds[0]["description"])
    assert before + quote + after in ARTICLE.split("\n\n")


def test_anyone_may_look_each_in_their_own_language_and_in_any_place(place: Place) -> None:
    public = ask(place.ada, place.channel, CITED)
    others = place.bruno.click(public, "Show passage", locale="it")
    assert others.ephemeral
    assert passage_of(others.message())[2].endswith(ITALIAN.passage_still_there)
    private = ask(place.ada, place.channel, CITED, private=True)
    direct = place.bruno.dm(CITED).final(PATIENCE)
    for person, answer in ((place.ada, private), (place.bruno, direct)):
        assert parts_of(person.click(answer, "Show passage").message())[1] in ARTICLE


def test_the_passage_is_shown_also_under_an_answer_in_plain_text(place: Place) -> None:
    place.channel.deny(Permission.EMBED_LINKS)
    answer = place.ada.say(place.channel, CITED, mention_bot=True).final(PATIENCE)
    assert not answer.embeds
    assert parts_of(place.ada.click(answer, "Show passage").message())[1] in ARTICLE


def test_an_answer_that_is_not_known_here_shows_nothing(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    add(other.ada, other.channel, "mill.md", MILL)
    theirs = answer_id(ask(other.ada, other.channel, MILL_QUESTION))
    answer = ask(place.ada, place.channel, CITED)
    mine = answer_id(answer)
    failures = program_online.failures()
    arrows = (turn_next(theirs, 0), turn_back(theirs, 0), turn_next(mine, 999))
    for custom_id in (show(theirs), show("A" * 16), *arrows):
        clicked = forge(place.ada, answer, custom_id)
        said = clicked.updated() if custom_id in arrows else clicked.message()
        assert passage_of(said)[1] == ENGLISH.proof_expired.format(days=90), custom_id
        assert "Carla" not in said.text
    answer = ask(place.ada, place.channel, CITED)
    for custom_id in ("pullquote:show:short", turn_back(mine, -1), "pullquote:what:ever", "another bot's"):
        forge(place.ada, answer, custom_id)
    assert "was raised" in other.ada.click(ask(other.ada, other.channel, MILL_QUESTION), "Show passage").message().text
    assert program_online.failures() == failures


# After a restart


def shifted(answer: Message, by: str) -> str:
    """A statement in SQL that makes an answer 90 days old, and a little less or more."""
    created = f"strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '-90 days', '{by}')"
    return f"UPDATE answers SET created = {created} WHERE id = '{answer_id(answer)}'"


def test_every_button_works_after_a_restart_and_old_records_are_gone(program_online: Program, place: Place) -> None:
    answer, old = (ask(place.ada, place.channel, "Quote what triggered the protests?") for _ in range(2))
    opened = place.ada.click(answer, "Show passage").message()
    place.ada.slash(place.channel, "settings limits", server_day=777).message()
    assert program_online.read("SELECT 1 FROM person_days")
    failures = program_online.failures()
    program_online.restart(
        [
            shifted(old, "-1 minutes"),
            shifted(answer, "+9 minutes"),
            "UPDATE person_days SET day = date('now', '-1 days')",
        ]
    )
    assert [passage_of(place.ada.click(opened, arrow).updated())[2][:7] for arrow in "▶▶◀"] == [
        "Quote 2",
        "Quote 3",
        "Quote 2",
    ]
    assert parts_of(place.bruno.click(answer, "Show passage").message())[1] in ARTICLE
    assert place.ada.click(answer, "👍").message().text == ENGLISH.vote_up_counted
    place.ada.submit(place.ada.click(answer, "👎").form(), "Not enough").message()
    form = place.bruno.click(answer, "Ask a follow-up").form()
    assert "1 turns" in place.bruno.submit(form, "And then?").final(PATIENCE).text
    assert rows_about(program_online, answer) == [1, 3, 1]
    place.ada.click(answer, "Delete")
    wait_deleted(program_online, answer)

    assert "777" in place.ada.slash(place.channel, "settings show").message().text
    assert rows_about(program_online, old) == [0, 0, 0]
    expired = place.ada.click(old, "Show passage").message()
    assert passage_of(expired)[1] == ENGLISH.proof_expired.format(days=90)
    assert not program_online.read("SELECT 1 FROM person_days WHERE day < date('now')")
    assert program_online.failures() == failures
