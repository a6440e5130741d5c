"""Plain text without marks: which lines are headings or clauses of their own, and which only go on."""

from __future__ import annotations

import pytest

from retrieval import split_sentences


def words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "sentences",
    [
        ["1.2. THE SPEAKER", "1.2.1. The Speaker rules upon any ambiguity.", "It ends there.", "1.2.2. Others watch."],
        ["2.1 The fee is due in May", "2.2 The fee is 35 euros", "2.3 Scope", "3.1 Members"],
        ["1.2 Fees", "1.2.1 The fee is due", "1.2.2 The fee is 35 euros", "1.3 Boats"],
        ["The members shall:", "(a) pay the fee,", "(b) keep the boat clean; and", "(c) leave by noon."],
        ["(a) Pay the fee", "(b) Keep the boat clean"],
        ["§ 4 Der Beitrag beträgt 35 Euro.", "§ 5 Er ist im Mai zu zahlen."],
        ["Art. 5 The fee is due.", "Art. 6. The boat is dry.", "Article 7 It is wet."],
        ["Section 4. Fees are due.", "Clause 5: They are paid in May."],
        ["IV. The fee is due.", "V. It is paid in May."],
        ["THE FEES", "The fee is thirty-five euros.", "OPENING HOURS", "The club opens at noon on every day."],
        ["Fees of the Club", "The fee is thirty-five euros for every member."],
        ["2.3 Scope of the Fees", "This part is about the fees that members pay."],
        ["§ 4 Beiträge", "Der Beitrag beträgt 35 Euro im Jahr."],
    ],
)
def test_clauses_and_headings_are_quoted_alone(sentences: list[str], end: str) -> None:
    assert words(end.join(sentences)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Members who leave should see section\n3.2 of the by-law.",
        "Members who leave should see section\n3.2 The Members and pay.",
        "The price of it was\n3.50 euros in May.",
        "Er ist nach\n§ 5 der Satzung fällig.",
        "They pay under\nArticle 7 and leave.",
        "It is set out in\nSection 6 and no other part.",
        "The club was founded in\n1921 by nobody.",
        "The fee is\n35 euros.",
        "The committee of the club met on Tuesday and\nDecided nothing, as Anna Stone said.",
        "She went to see the New York\nTimes building.",
        "the fees of it\nThe fee is thirty-five euros for all who come here.",
        "The Fees, and\nThe Dues That Members Have To Pay On Every Day.",
    ],
)
def test_a_line_in_the_middle_of_a_sentence_is_no_clause_and_no_heading(text: str) -> None:
    assert words(text) == [text]


def test_the_number_of_a_clause_stays_with_its_first_sentence() -> None:
    assert words("1.2.1. The Speaker rules. It ends.\n(a) They stay. It is due.\nArt. 5. The boat. It is dry.") == [
        "1.2.1. The Speaker rules.",
        "It ends.",
        "(a) They stay.",
        "It is due.",
        "Art. 5. The boat.",
        "It is dry.",
    ]


def test_a_clause_whose_number_follows_begins_after_one_that_ends_in_no_full_stop() -> None:
    assert words("4.1 Members pay the fee\n4.2 Guests pay nothing") == [
        "4.1 Members pay the fee",
        "4.2 Guests pay nothing",
    ]
    assert words("4.1 Members pay what is said in\n6.2 and no more.") == [
        "4.1 Members pay what is said in\n6.2 and no more."
    ]
