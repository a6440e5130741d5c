"""What an overview is made of: the first sentence and the central ones, or what introduces a name."""

from __future__ import annotations

import pytest

from bot.overview import Overview, OverviewSearch, read_request
from bot.types import Certainty, Question
from retrieval import HybridSearch, Indexer, load_bytes
from tests.bot.overview.conftest import POST

LEAD = "The mill at the harbour grinds corn for the whole town of Wexley, and has done so for a hundred years."
FEE = "1. Members pay the fee of twelve euros by the end of March."
KITCHEN = "The kitchen of the inn cooks what the boats bring home in the morning."
RAISED = "Carla Neri, who came from Genoa, raised it in 1911."


@pytest.fixture
def overviews(search: HybridSearch) -> OverviewSearch:
    return OverviewSearch(search)


def ask(overviews: OverviewSearch, text: str, collection: str = "all", documents: int = 3) -> Overview | None:
    request = read_request(text)
    assert request is not None
    return overviews.find(request, Question(text, collections=(collection,), quotes=documents))


def said(overview: Overview | None) -> list[str]:
    assert overview is not None
    assert all(passage.source.slice(passage.span) == passage.text for passage in overview.passages)
    return [passage.text for passage in overview.passages]


def test_one_document_is_told_by_its_first_sentence_and_the_central_ones(overviews: OverviewSearch) -> None:
    overview = ask(overviews, "What is this about?", "harbour")
    first, *others = said(overview)
    assert first == LEAD
    assert others
    # No heading, no table, and nothing that leans on the sentence before it.
    assert not [text for text in others if text.startswith(("#", "|", "She"))]
    assert overview == Overview(overview.passages) if overview else False


def test_several_documents_are_named_and_told_by_their_first_sentences(overviews: OverviewSearch) -> None:
    titles = ("Menu", "Rules of the rowing club", "The mill at the harbour")
    for question in ("What is this about?", "What documents do you have?", "Riassumi i documenti"):
        overview = ask(overviews, question)
        assert said(overview) == [KITCHEN, FEE, LEAD]
        assert overview is not None
        assert overview.titles == titles
    bounded = ask(overviews, "What documents do you have?", documents=2)
    assert said(bounded) == [KITCHEN, FEE]
    alone = ask(overviews, "What documents do you have?", "Menu")
    assert alone is not None
    assert (said(alone), alone.titles) == ([KITCHEN], ("Menu",))


def test_a_document_is_found_by_the_words_of_its_title(overviews: OverviewSearch) -> None:
    assert said(ask(overviews, "What are the rowing rules about?"))[0] == FEE
    assert said(ask(overviews, "Summarise the rules of the rowing club"))[0] == FEE
    assert said(ask(overviews, "Tell me about the menu")) == [KITCHEN]
    assert ask(overviews, "What is the treaty about?") is None


def test_who_somebody_is_says_the_sentence_that_introduces_them(overviews: OverviewSearch) -> None:
    for question in ("Who is Carla Neri?", "who is neri", "Who is Mrs. Neri?", "Chi era Carla Neri?"):
        overview = ask(overviews, question)
        assert said(overview)[0] == RAISED
        assert overview is not None
        assert overview.certainty is Certainty.SURE
    marsh = ask(overviews, "Who is Ben Marsh?")
    # He was named in full, and is then called by his last name.
    assert said(marsh) == ["Since 2019 the mill has been run by Ben Marsh.", "Marsh learned his trade in Zeeland."]
    assert set(said(ask(overviews, "Tell me about Ben Marsh"))) == set(said(marsh))
    assert marsh is not None
    assert marsh.certainty is Certainty.UNSURE  # named, but not introduced


def test_addresses_and_what_stands_before_a_text_introduce_nobody(search: HybridSearch) -> None:
    Indexer(search.library).add([load_bytes(POST.encode(), name="post.md", uri="test:post.md")], "posts")
    overview = ask(OverviewSearch(search), "Who was Ada Thorne?", "posts")
    assert said(overview) == [POST.strip().splitlines()[-1]]
    assert overview is not None
    assert overview.certainty is Certainty.SURE


def test_a_name_that_no_document_has_is_not_found(overviews: OverviewSearch) -> None:
    for question in (
        "Who is Ada Lovelace?",
        "Tell me about Ada Lovelace",
        "Parlami di Ada Lovelace",
        "Who is Queen Ada?",
        "Who is Ada Neri?",
    ):
        assert ask(overviews, question) == Overview(), question


def test_what_is_no_name_in_the_documents_is_a_plain_question(overviews: OverviewSearch) -> None:
    for question in (
        "Who is closed?",
        "Who was wounded?",
        "What is corn?",
        "What is Zeeland?",
        "Who is Neri marrying?",
        "Tell me about the weather",
    ):
        assert ask(overviews, question) is None, question


def test_a_subject_is_told_by_what_stands_under_its_heading_and_what_names_it(overviews: OverviewSearch) -> None:
    assert said(ask(overviews, "Tell me about the opening hours"))[0].startswith("The mill opens at nine")
    assert said(ask(overviews, "Tell me about dogs")) == [
        "2. Dogs are welcome in the garden of the club, but not in the boats."
    ]
