"""Questions about the whole, or about somebody or something, are told from plain ones that look alike."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.overview import OverviewForm, asks_for_whole, read_request

WHOLE = """What is this about?|what's this about|whats it about?|What is this document about?
what is the article all about|what are these documents about|Summarise the article|summarize this
Summarise|tl;dr|TL;DR?|tldr please|overview|Summary please|give me a summary of the document
Can you give me a short summary?|please summarize the article in three sentences|sum it up
what's the gist|what are the main points of the article?|What does the document say?|what is this?
tell me about this document|Could you tell me what this is about?|What is the main topic of this text
recap|Di cosa parla?|Di cosa parla questo documento?|di che cosa tratta l'articolo|Riassumi l'articolo
Riassunto|Di cosa si tratta?|fammi un riassunto del documento
Puoi riassumere questo testo in poche parole?|Qual è l’argomento del testo?"""
DOCUMENTS = """What documents do you have?|which files are there|list the documents|Show me all your documents
what do you know?|Which documents can I ask about|what topics do you cover?|What can I ask about?
Quali documenti hai?|che documenti ci sono|elenca i documenti|Cosa sai?"""
ABOUT = {
    "Who is Tokayev?": (OverviewForm.WHO, "Tokayev"),
    "who is tokayev": (OverviewForm.WHO, "tokayev"),
    "who's Nursultan Nazarbayev": (OverviewForm.WHO, "Nursultan Nazarbayev"),
    "Chi è Tokayev?": (OverviewForm.WHO, "Tokayev"),
    "What is the CSTO?": (OverviewForm.WHAT, "CSTO"),
    "Cos'è la CSTO?": (OverviewForm.WHAT, "CSTO"),
    "What is Pullquote": (OverviewForm.WHAT, "Pullquote"),
    "Tell me about Tokayev": (OverviewForm.SUBJECT, "Tokayev"),
    "Tell me about the library": (OverviewForm.SUBJECT, "library"),
    "Tell me about the airport": (OverviewForm.SUBJECT, "airport"),
    "tell me something about the attack on the airport.": (OverviewForm.SUBJECT, "attack on the airport"),
    "What do you know about Nazarbayev?": (OverviewForm.SUBJECT, "Nazarbayev"),
    "Summarise the protests": (OverviewForm.SUBJECT, "protests"),
    "Give me an overview of the rules of the club": (OverviewForm.SUBJECT, "rules of the club"),
    "Parlami dell’aeroporto": (OverviewForm.SUBJECT, "aeroporto"),
    "Dimmi qualcosa su Nazarbayev": (OverviewForm.SUBJECT, "Nazarbayev"),
    "What is the rulebook of the club about?": (OverviewForm.TITLED, "rulebook of the club"),
}
PLAIN = """Who is the president of Kazakhstan?|Who is the president?|Who is he?|Who is it|who is in charge
Who is allowed to vote|Who is responsible for the fees?|Who are the members
Who was killed at the airport?|What is the quorum?|what is a short rest|What is the capital of France?
what is 2+2|what is new|What is the article's title?|What is the document number?
What is the main cause of the protests?|What is the purpose of this document?
What is the message of the president?|What is the topic of the fifth chapter?|list the rules
What are the rules?|Which documents do I need to apply?|What documents are required?
What files does it read?|what is this fee for?|What about the airport?|How many planes?
What does the document say about dogs?|What do the rules say about dogs?
Summarise what happened in Almaty|Tell me more|Tell me about it|Tell me about who was killed
Name the ministers who resigned|who is who|Who is Ada Lovelace's mother?
What is the summary plan description?|Explain the attack|Describe the attack|tell me about yourself
Is this about dogs?|What was it about the speech that angered them?|Who is Tokayev and what did he do?
Chi è il presidente?|Chi ha vinto?|cos'è il quorum|Di cosa ha bisogno un socio?|Quali documenti servono?
Name the books|What is the page?|Explain this
Quando apre?"""


def listed(texts: str) -> list[str]:
    return [text for line in texts.split("\n") for text in line.split("|")]


@pytest.mark.parametrize(("form", "texts"), [(OverviewForm.WHOLE, WHOLE), (OverviewForm.DOCUMENTS, DOCUMENTS)])
def test_a_question_about_everything_is_known_by_its_form(form: OverviewForm, texts: str) -> None:
    found = [(text, read_request(text)) for text in listed(texts)]
    assert [text for text, request in found if request is None or request.form is not form] == []
    assert all(asks_for_whole(text) for text in listed(texts))


def test_a_question_about_somebody_or_something_names_it_as_it_was_typed() -> None:
    requests = {text: read_request(text) for text in ABOUT}
    assert {text: request and (request.form, request.subject) for text, request in requests.items()} == ABOUT
    assert not any(asks_for_whole(text) for text in ABOUT)


def test_a_plain_question_is_none_however_near_it_comes() -> None:
    assert [text for text in listed(PLAIN) if read_request(text) is not None] == []


@given(st.text(max_size=100))
def test_any_text_can_be_read_and_a_subject_stands_in_it(text: str) -> None:
    for asked in (text, f"Tell me about {text}", f"who is {text}?"):
        request = read_request(asked)
        if request is not None and request.subject:
            assert request.subject.split()[0] in " ".join(asked.replace("’", "'").split()) or not asked.isascii()


def test_a_long_text_is_read_in_no_time() -> None:
    began = time.process_time()
    for text in ("what is " * 500 + "about", "please " * 600, "summary of " + "the " * 900, "what all of the " * 250):
        read_request(text)
    assert time.process_time() - began < 1
