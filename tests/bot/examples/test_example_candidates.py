"""Statements, headings and questions of a document as questions that people would ask."""

from __future__ import annotations

import pytest

from bot.examples.example_candidates import LONGEST, example_candidates
from retrieval import Source, load_bytes


def read(text: str) -> Source:
    return load_bytes(text.encode(), name="a.md", uri="test:a")


def questions(text: str) -> list[str]:
    return [candidate.question for candidate in example_candidates(read(text))]


CLUB = "The club has a house at the lake, and everybody who rows there knows it. "
CIRCOLO = "Il circolo ha una casa sul lago, e la conosce chiunque ci vada a remare. "
VEREIN = "Der Verein hat ein Haus am See, und alle, die dort rudern, kennen es. "
PENA = "El club tiene una casa en el lago, y la conocen todos los que reman. "


@pytest.mark.parametrize(
    ("around", "sentence", "question"),
    [
        (CLUB, "Members may borrow up to five boats at a time.", "How many boats may members borrow?"),
        (CLUB, "Boats must be returned within 14 days.", "Within how many days must boats be returned?"),
        (CLUB, "The annual card costs 25 euros.", "How much does the annual card cost?"),
        (CLUB, "The house opens at 10:00.", "When does the house open?"),
        (CLUB, "If you lose your key, write to the desk.", "What should I do if I lose my key?"),
        (CLUB, "You can ask the desk to help you with a boat.", "How can I ask the desk to help me?"),
        (CLUB, "To reset your password, open the settings.", "How do I reset my password?"),
        (CLUB, "You can rent a boat at the desk.", "How can I rent a boat?"),
        (CLUB, "Dogs are not allowed in the boats.", "Are dogs allowed?"),
        (CLUB, "Modified versions of boats are not permitted.", "Are modified versions of boats permitted?"),
        (CLUB, "The mill was raised by Carla Neri in 1911.", "When was the mill raised?"),
        (CLUB, "Ada Thorne was a writer from Skarn.", "Who was Ada Thorne?"),
        (CLUB, "Skarnball is a game for two teams.", "What is Skarnball?"),
        (
            CIRCOLO,
            "I soci possono prenotare al massimo due barche al giorno.",
            "Quante barche possono prenotare i soci?",
        ),
        (
            CIRCOLO,
            "Le barche devono essere restituite entro le 20.",
            "Entro quando devono essere restituite le barche?",
        ),
        (CIRCOLO, "La tessera annuale costa 25 euro.", "Quanto costa la tessera annuale?"),
        (CIRCOLO, "La segreteria apre alle 9.", "Quando apre la segreteria?"),
        (CIRCOLO, "Il mulino è stato costruito nel 1911.", "Quando è stato costruito il mulino?"),
        (CIRCOLO, "L'Orsa è un'associazione sportiva di Skarn.", "Che cos'è l'Orsa?"),
        (CIRCOLO, "Per iscriversi al corso, scrivi alla segreteria.", "Come si fa a iscriversi al corso?"),
        (VEREIN, "Die Mitgliedschaft kostet 80 Euro.", "Was kostet die Mitgliedschaft?"),
        (VEREIN, "Das Haus wurde im Jahr 1921 in Konstanz gebaut.", "Wann wurde das Haus gebaut?"),
        (PENA, "La cuota anual cuesta 40 euros.", "¿Cuánto cuesta la cuota anual?"),
        (PENA, "El refugio fue construido en 1978 por doce amigos.", "¿Cuándo fue construido el refugio?"),
    ],
)
def test_a_statement_becomes_a_question_in_its_language(around: str, sentence: str, question: str) -> None:
    assert question in questions(f"{around * 3}\n\n{sentence}\n\n{around}")


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a game for two teams.",
        "Those who row are the members of the club.",
        "Kroenke came close to 12 votes.",
        "In the morning the house is a place of rest.",
        "This costs 25 euros.",
        "The name was used in 1911.",
        "You can choose what helps you at the desk.",
        "`a = {}` is a dictionary of the house.",
    ],
)
def test_what_cannot_be_understood_alone_becomes_none(sentence: str) -> None:
    assert questions(f"{CLUB * 3}\n\n{sentence}") == questions(CLUB * 3)


def test_the_questions_of_a_document_come_first_and_their_answers_follow() -> None:
    text = (
        "# Questions\n\n## How do I get a boat?\n\nAsk at the desk.\n\n**Q: Who may row at night?**\n\nNobody may.\n\n"
        "Boats must be returned within 14 days.\n"
    )
    source = read(text)
    found = example_candidates(source)
    assert [one.question for one in found[:2]] == ["How do I get a boat?", "Who may row at night?"]
    assert [source.slice(one.answer).strip().partition("\n")[0] for one in found[:2]] == [
        "Ask at the desk.",
        "Nobody may.",
    ]


def test_headings_are_asked_for_where_statements_are_few() -> None:
    text = "# Our club\n\nHello.\n\n## How to rent a boat\n\nAsk.\n\n## Opening hours\n\nAt ten.\n\n"
    text += "## Night rowing\n\nNo.\n"
    assert questions(text) == ["How do I rent a boat?", "What are the opening hours?", "Tell me about night rowing"]


def test_every_question_fits_on_a_button_and_kinds_take_turns() -> None:
    names = [f"Tool{'x' * index}" for index in range(90)]
    text = "\n\n".join(f"{name} costs 5 euros. {name} is a tool." for name in names)
    found = example_candidates(read(text))
    assert all(len(one.question) <= LONGEST for one in found)
    assert len({one.kind for one in found[:2]}) == 2
