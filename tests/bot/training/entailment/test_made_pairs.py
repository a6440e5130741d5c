"""What the rules make of sentences about places that do not exist."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from bot.training.entailment import made_pairs
from bot.training.entailment.made_pairs import RULES, make_pairs
from bot.training.entailment.pairs import PairLabel
from bot.training.entailment.source_sentences import SourceSentence, sentences_of

FALSE, TRUE = PairLabel.NOT_ENTAILED, PairLabel.ENTAILMENT
DRAWS = 60


def made(kind: str, label: PairLabel, text: str, before: str = "", after: str = "") -> set[str]:
    """All that the rules of a kind make of a sentence, whatever is drawn."""
    sentence = SourceSentence(text, before, after)
    found = (
        rule.make(sentence, random.Random(seed))
        for rule in RULES
        if (rule.kind, rule.label) == (kind, label)
        for seed in range(DRAWS)
    )
    return {statement for statement in found if statement is not None}


@pytest.mark.parametrize(
    ("kind", "text", "false", "true"),
    [
        (
            "roles",
            "Velden defeated Orrin in the final.",
            "Orrin defeated Velden in the final.",
            "Orrin was defeated by Velden in the final.",
        ),
        (
            "roles",
            "The mill was built by Ada Thorne.",
            "Ada Thorne was built by the mill.",
            "Ada Thorne built the mill.",
        ),
        (
            "unit",
            "The tank holds 40 litres of oil.",
            "The tank holds 40 gallons of oil.",
            "The tank holds 40 liters of oil.",
        ),
        ("unit", "It delivers 40 MW of power.", "It delivers 40 MWh of power.", "It delivers 40 megawatts of power."),
        (
            "number",
            "Of the mills 17 of the 52 burned down.",
            "Of the mills 17 of the 53 burned down.",
            "Of the mills seventeen of the 52 burned down.",
        ),
        (
            "few",
            "There was little evidence of fraud.",
            "There was clear evidence of fraud.",
            "There was not much evidence of fraud.",
        ),
        ("not all", "Not all mills are closed.", "All mills are closed.", "Some mills are not closed."),
        (
            "exception",
            "Dogs may run everywhere except for the pier.",
            "Dogs may run everywhere including the pier.",
            "Dogs may run everywhere apart from the pier.",
        ),
        (
            "possible",
            "The bridge may collapse soon.",
            "The bridge will collapse soon.",
            "It is possible that the bridge will collapse soon.",
        ),
        (
            "quantity",
            "The keeper helped some boats.",
            "The keeper helped all boats.",
            "The keeper helped a number of boats.",
        ),
        ("ordinal", "She won her first race.", "She won her second race.", "She won her 1st race."),
        ("bound", "At least 30 boats sank.", "At most 30 boats sank.", "No fewer than 30 boats sank."),
        ("comparison", "Orrin is larger than Velden.", "Velden is larger than Orrin.", "Velden is smaller than Orrin."),
        (
            "by and to",
            "Turnout rose from 40 to 60 percent.",
            "Turnout rose by 60 percent.",
            "Turnout rose to 60 percent.",
        ),
        ("cause", "The storm caused a flood.", "The storm was caused by a flood.", "The storm brought about a flood."),
        (
            "condition",
            "If the lamp fails, the keeper rings the bell.",
            "The keeper rings the bell.",
            "The keeper rings the bell if the lamp fails.",
        ),
        (
            "order",
            "The bell rang before the boats had left.",
            "The boats had left before the bell rang.",
            "The boats had left after the bell rang.",
        ),
        (
            "reported",
            "Critics claimed that the mayor had lied to them.",
            "The mayor had lied to them.",
            "According to Critics, the mayor had lied to them.",
        ),
        ("planned", "The town planned to close the mill.", "The town closed the mill.", ""),
        ("planned", "The town managed to close the mill.", "", "The town closed the mill."),
        ("time", "The mill was a school until 1990.", "The mill is a school today.", ""),
        ("time", "The mill closed before 1990.", "The mill closed after 1990.", "The mill closed prior to 1990."),
        (
            "choice",
            "It serves either tea or coffee.",
            "It serves both tea and coffee.",
            "It serves tea or else coffee.",
        ),
    ],
)
def test_each_operation_makes_what_follows_and_what_does_not(kind: str, text: str, false: str, true: str) -> None:
    assert not false or false in made(kind, FALSE, text)
    assert not true or true in made(kind, TRUE, text)


@pytest.mark.parametrize(
    ("kind", "text", "statement"),
    [
        ("negation added", "The mill is open.", "The mill is not open."),
        ("negation removed", "The mill was never closed.", "The mill was always closed."),
        ("opposite", "The price rose again.", "The price fell again."),
        ("numbers moved", "It sold 30 boats and bought 12 nets.", "It sold 12 boats and bought 30 nets."),
        ("names moved", "Marek Vale wrote a letter to Ines Holt.", "Ines Holt wrote a letter to Marek Vale."),
        ("as cause", "After the storm, the mayor resigned.", "The mayor resigned because of the storm."),
        ("restriction", "In some cases, the fee is waived.", "The fee is waived."),
    ],
)
def test_false_statements(kind: str, text: str, statement: str) -> None:
    assert statement in made(kind, FALSE, text)


@pytest.mark.parametrize(
    ("kind", "text", "statement"),
    [
        ("half", "The mill was built in 1843, and the village grew.", "The mill was built in 1843."),
        ("half", "Marek Vale, a teacher from Brenn, was the first mayor.", "Marek Vale was the first mayor."),
        ("lead", "In 1843, Ada Thorne built the mill.", "Ada Thorne built the mill in 1843."),
        ("synonyms", "The film began late.", "The movie started late."),
        ("copy", "The mill is not open.", "The mill is not open."),
    ],
)
def test_true_statements(kind: str, text: str, statement: str) -> None:
    assert statement in made(kind, TRUE, text)


def test_pronouns_and_neighbours() -> None:
    before, text = "Marek Vale was a teacher in Brenn.", "He wrote two books."
    assert made("pronoun", TRUE, text, before) == {"Marek Vale wrote two books."}
    assert made("pronoun", FALSE, text, before) == {"Brenn wrote two books."}
    mill, school = "The mill is old and small.", "The school was built in 1890."
    assert made("stitched", FALSE, mill, after=school) == {"The mill was built in 1890."}
    assert made("joined", TRUE, mill, after=school) == {"The mill is old and small, and the school was built in 1890."}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("roles", "Velden married Orrin in 1902."),  # it is so both ways round
        ("condition", "They asked if the mill was open."),
        ("numbers moved", "It opens from 10 to 12 every day."),
        ("few", "A few boats came back late."),
        ("quantity", "It was the most important harbour."),
        ("negation removed", "It was not only a mill."),
    ],
)
def test_what_looks_like_an_operation_and_is_none(kind: str, text: str) -> None:
    assert made(kind, FALSE, text) == set()


def test_every_kind_of_false_statement_has_its_operation_in_true_ones() -> None:
    kinds: dict[PairLabel, set[str]] = defaultdict(set)
    for rule in RULES:
        kinds[rule.label].add(rule.kind)
    # The others' operations stand in true statements of other kinds: names in voices and pronouns, negations in copies
    # and in synonyms, opposites in comparisons and synonyms, clauses in halves and joined sentences.
    covered = {
        "negation added",
        "negation removed",
        "opposite",
        "numbers moved",
        "names moved",
        "name",
        "as cause",
        "stitched",
    }
    assert kinds[FALSE] - covered <= kinds[TRUE]


def test_the_same_pairs_for_the_same_seed_and_no_more_than_asked_for() -> None:
    text = " ".join(f"The mill number {n} was built by Ada Thorne. It is older than the school." for n in range(2, 30))
    sentences = sentences_of(text, "mills", "Mills")
    pairs = make_pairs(sentences, "1/0", 5)
    assert pairs == make_pairs(sentences, "1/0", 5) != make_pairs(sentences, "1/1", 5)
    counts: dict[tuple[str, PairLabel], int] = defaultdict(int)
    for pair in pairs:
        counts[pair.kind, pair.label] += 1
    shares = {(rule.kind, rule.label): rule.share for rule in RULES}
    assert counts
    assert all(count <= 5 * max(shares[key], 3) for key, count in counts.items())
    assert all(pair.source == made_pairs.MADE for pair in pairs)


def test_a_part_of_a_sentence_with_a_value_of_its_other_part_is_false() -> None:
    text = "The mill was built in 1912, but the ferry of the old town sank in 1931 with forty sheep."
    assert made("other part", TRUE, text) == {"The mill was built in 1912."}
    assert "The mill was built in 1931." in made("other part", FALSE, text)
    assert made("other part", FALSE, "The mill of the old town was built in 1912.") == set()


def test_ages_and_offices_are_told_of_the_right_one_and_of_another() -> None:
    text = "In the abbey of Corrin the envoy of Velden met President Piet Hallam, 61, and his brother Otmar Reeve."
    true, false = made("attribute", TRUE, text), made("attribute", FALSE, text)
    assert {"President Piet Hallam was 61.", "The president was Piet Hallam."} <= true
    assert any(statement.startswith("Otmar Reeve") and "61" in statement for statement in false)
    assert "The president was Otmar Reeve." in false
    assert not any("Hallam" in statement for statement in false)


def test_a_list_in_another_order_follows_and_one_with_something_else_does_not() -> None:
    text, before = (
        "Sarn trades in copper, cotton, salt and timber.",
        "Velden trades in silver, pepper, butter and barley.",
    )
    true = made("list", TRUE, text, before)
    assert {"Sarn trades in copper, timber, salt and cotton.", "Sarn trades in copper, salt and timber."} <= true
    false = made("list", FALSE, text, "They trade in button, malt and silver.")
    assert "Sarn trades in copper, button, salt and timber." in false
    assert not true & false


def test_one_of_many_is_not_the_one() -> None:
    text = "It is one of the oldest mills in Sarn."
    assert "It is the oldest of all mills in Sarn." in made("extreme", FALSE, text)
    assert "It is among the oldest mills in Sarn." in made("extreme", TRUE, text)
