"""Names: which words are some, and in which forms a quote may hold them."""

from __future__ import annotations

import pytest

from bot.chat.verification.exact_rules import compare
from bot.chat.verification.verdict import Rule
from tests.bot.chat.verification.names.name_openings import NAMES
from tests.bot.chat.verification.names.ordinary_openings import ORDINARY

# It holds none of the words that open those sentences.
OTHER_WORDS = "The council kept it; two have half of that."
# These may be taken for names, and those for ordinary words, of a hundred each.
MOST_TAKEN, MOST_OVERLOOKED = 3, 1


def fails_by_name(statement: str, quote: str) -> bool:
    """Whether a statement has a name that its quote lacks."""
    verdict = compare(statement, [quote], "").verdict
    return verdict is not None and verdict.kind is Rule.NAME


def test_ordinary_words_that_begin_a_sentence_are_no_names() -> None:
    taken = [text for text in ORDINARY if fails_by_name(f"{text}.", OTHER_WORDS)]
    assert 100 * len(taken) <= MOST_TAKEN * len(ORDINARY), taken


def test_names_that_begin_a_sentence_are_names() -> None:
    overlooked = [text for text in NAMES if not fails_by_name(f"{text}.", OTHER_WORDS)]
    assert 100 * len(overlooked) <= MOST_OVERLOOKED * len(NAMES), overlooked


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("L. K. Brenner left poems.", "Ludwig Karl Brenner left poems there."),
        ("L.K. Brenner left poems.", "Ludwig Karl Brenner left poems there."),
        ("J. Smith left.", "The clerk Jane Smith left early."),
        ("In May J. Smith left.", "The clerk Jane Smith left in May."),
        ("It was left by J. Smith.", "The clerk Jane Smith left it."),
        ("Ludwig Brenner left.", "Ludwig Karl Brenner left early."),
        ("Jane A. Smith left.", "Jane A. Smith left early."),
        ("It was Jane A. Smith who left.", "The one who left was Jane Anna Smith."),
        ("Dr Okafor spoke.", "Amina Okafor, a doctor, spoke early."),
        ("Prof. Tanaka won.", "Mei Tanaka, a professor, won early."),
        ("Sgt Porter left.", "Sergeant Dale Porter left early."),
        ("Mr Brandt left.", "Ilse Brandt left early."),
        ("Mrs. Brandt left.", "Ilse Brandt left early."),
        ("President Weil left.", "Jonas Weil, the president, left early."),
        ("The UN met.", "The United Nations met early."),
        ("The United Nations met.", "The UN met early."),
        ("The MP left.", "Harriet Lowe, a member of parliament, left early."),
        ("Lowe is a Member of Parliament.", "Lowe is an MP and left."),
        ("The UK left.", "Britain left early."),
        ("Britain left.", "The UK left early."),
        ("British troops left.", "The UK's troops left early."),
        ("The United Kingdom left.", "The British government left early."),
        ("The US left.", "America left early."),
        ("The U.S. left.", "The United States left early."),
        ("The USA left.", "The US left early."),
        ("American troops left.", "US troops left early."),
        ("The United States left.", "The American troops left early."),
        ("The EU met.", "The European Union met early."),
        ("The European Union met.", "The EU met early."),
        ("NYC grew.", "New York City grew early."),
        ("The DRC left.", "The Democratic Republic of the Congo left early."),
        ("The Democratic Republic of the Congo left.", "The DRC left early."),
        ("The Brandts left.", "The Brandt sisters left early."),
        ("It was left by the Brandts.", "The Brandt sisters left it."),
        ("A Londoner left.", "He, who came from London, left early."),
        ("Londoners left.", "The people of London left early."),
        ("A Parisian café closed.", "A café in Paris closed early."),
        ("The Shakespearean stage burned.", "The stage of Shakespeare burned early."),
        ("The Marxist view won.", "The view of Marx won early."),
        ("A New Yorker left.", "A man from New York left early."),
        ("Muller left.", "Hans Müller left early."),
        ("Müller left.", "Hans Muller left early."),
        ("McDonald left.", "Ann Mcdonald left early."),
        ("IBM's plant closed.", "The plant of IBM closed early."),
        ("Mary-Ann left.", "Mary-Ann Brandt left early."),
        ("It closed in Ann's home.", "It closed early in the home of Ann."),
        ("For a Kantian it is so.", "Kantians say that it is so."),
        ("There is one Buddhist view.", "Some Buddhists have one view."),
        ("She speaks French.", "She, who came from France, speaks it."),
        ("In Q3 it left.", "In the third quarter it left early."),
        ("World War II ended.", "The Second World War ended early."),
        ("The Wifi is off.", "The Wi-Fi is off there."),
        ("JFK's brother left.", "The brother of John F. Kennedy left early."),
        ("Ph.D. students left.", "The PhD students left early."),
        ("CO2 is a gas.", "The gas CO₂ is one."),
        ("Peter Obi starred.", "It was directed by Ava Lindqvist and starred Peter Obi."),
        ("Mr. Speaker left.", "The speaker left early."),
    ],
)
def test_a_name_in_another_form(statement: str, quote: str) -> None:
    assert not fails_by_name(statement, quote)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Jane A. Smith left.", "Jane Smith left a note early."),
        ("It was left by Jane A. Smith.", "It was a note of Jane Smith."),
        ("J. Smith left.", "Karl Smith left early."),
        ("L. M. Brenner left.", "Ludwig Karl Brenner left early."),
        ("K. L. Brenner left.", "Ludwig Karl Brenner left early."),
        ("LM Brenner left.", "Ludwig Karl Brenner left early."),
        ("J. Smith left.", "Jane met Karl Smith early."),
        ("Dr Brandt left.", "Ilse Brandt left early."),
        ("Mr Brandt left.", "Mrs Brandt left early."),
        ("Mr Orrin left.", "Ilse Brandt left early."),
        ("President Weil left.", "Jonas Weil left early."),
        ("Sgt Porter left.", "Captain Porter left early."),
        ("Prof. Tanaka won.", "Mei Tanaka won early."),
        ("President Costa left.", "Prime Minister Nadia Costa of Morvath left in early spring with President Weil."),
        ("The UN met.", "The European Union met early."),
        ("The US left.", "The UK left early."),
        ("The UK left.", "The United States left early."),
        ("US ships left.", "They left us ships."),
        ("The MP left.", "The mayor left early."),
        ("NYC grew.", "New York grew and so did London."),
        ("The DRC left.", "The Republic of the Congo left early."),
        ("The Brandts left.", "The Brandl sisters left early."),
        ("Peter Lindqvist left.", "It was directed by Ava Lindqvist and starred Peter Obi."),
        ("In Q3 it left.", "In the second quarter it left early."),
        ("WWI ended.", "The Second World War ended early."),
        ("Williams left.", "William left early."),
        ("It was Stevens who left.", "It was Steven who left early."),
        ("Mr Peters left.", "Peter left early."),
        ("A Londoner left.", "He, who came from Berlin, left early."),
        ("The Marxist view won.", "The view of Mark won early."),
        ("Steiner left.", "Stein left early."),
        ("Muller left.", "Hans Miller left early."),
        ("It was Mary-Ann.", "It was Mary."),
        ("She speaks German.", "She, who came from France, speaks it."),
        ("American troops left.", "African troops left early."),
    ],
)
def test_another_name(statement: str, quote: str) -> None:
    assert fails_by_name(statement, quote)


@pytest.mark.parametrize(
    ("statement", "quote", "wording"),
    [
        ("The UN sent men.", "The United Nations sent them.", "The United Nations sent men."),
        (
            "The WHO's test won.",
            "The World Health Organization adopted it.",
            "The World Health Organization's test won.",
        ),
        ("The World Health Organization's test won.", "WHO's test.", "The WHO's test won."),
        ("The International Monetary Fund left.", "NATO, the IMF and the EU left.", "The IMF left."),
        ("Members of Parliament left.", "The MPs left.", "MPs left."),
        # What stands in the quote stays, whatever else has its first letters.
        ("The World Housing Office won.", "WHO lost to the World Housing Office.", "The World Housing Office won."),
        ("The United States left.", "The United States left the UN.", "The United States left."),
    ],
)
def test_the_network_reads_names_as_the_quotes_write_them(statement: str, quote: str, wording: str) -> None:
    comparison = compare(statement, [quote], "")
    assert comparison.verdict is None
    assert comparison.wording == wording


COSTA = "Prime Minister Nadia Costa met President Jonas Weil on Tuesday, 12 April; Costa, 52, refused to resign."
HELD = "Tokayev also assumed a position that had been held by 81-year-old Nazarbayev."


@pytest.mark.parametrize(
    ("statement", "quote", "passes"),
    [
        ("Nazarbayev is 81.", HELD, True),
        ("Tokayev is 81.", HELD, False),
        ("Tokayev is 81 years old.", HELD, False),
        ("81-year-old Tokayev assumed it.", HELD, False),
        ("He is 81.", HELD, True),
        ("Nadia Costa was 52.", COSTA, True),
        ("Jonas Weil was 52.", COSTA, False),
        ("Weil, 52, met Costa.", COSTA, False),
        ("Brandl was 27.", "Lucía Ferrer, then 27, met Anton Brandl, 41, in Girona.", False),
        ("Brandl was 41.", "Lucía Ferrer, then 27, met Anton Brandl, 41, in Girona.", True),
        ("Bus 52 was late.", COSTA.replace("Costa, 52,", "Bus 52"), True),
    ],
)
def test_no_age_goes_to_another_name(statement: str, quote: str, passes: bool) -> None:
    verdict = compare(statement, [quote], "").verdict
    assert (verdict is None) is passes, verdict
