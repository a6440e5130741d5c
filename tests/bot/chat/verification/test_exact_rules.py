"""What can be compared exactly, each in the smallest example."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat.verification import Rule
from bot.chat.verification.exact_rules import compare
from bot.chat.verification.tokens import tokenize
from tests.bot.chat.verification.sentences import ALL_SENTENCES, SENTENCES, sentence
from tests.bot.chat.verification.supported import SUPPORTED
from tests.bot.chat.verification.unsupported import UNSUPPORTED

EXACT = {"number", "date", "name", "markup", "no_quotes"}
FERRY = "The old ferry carried forty sheep and two carts across the river every morning until the flood of 1911."
MILL = "The miller's daughter kept the accounts of the village for thirty years and never made a mistake."
QUOTES = st.sampled_from(ALL_SENTENCES)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# What looks to the rules like numbers, dates, names and markup, in any order.
LOOKS = (
    "81 one twenty million dozen half - of and the 5th Jan. January 2022 Sunday President Vale he who not never nor",
    "neither 's $ % . , ( < > [ ]( @ http:// ``` ** || :x: -# \u202e \ud800 ² ½ \u0661 \U0001f600 九 Ǆ ß ŉ",
)
PIECES = st.lists(st.sampled_from(" ".join(LOOKS).split(" ")), max_size=12).map(" ".join)


def fails(statement: str, quotes: list[str], question: str = "") -> Rule | None:
    """The rule that a statement fails; None where it fails none."""
    verdict = compare(statement, quotes, question).verdict
    return None if verdict is None or verdict.passed else verdict.kind


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("The fee rose by 3 percent.", "The fee rose by between 3 and 5 percent."),
        ("The plant produces 40 MW.", "The plant produces 40 megawatts of electricity."),
        ("Seventeen of the 52 passengers survived.", "Of the 52 passengers, 17 survived the accident."),
        ("The Kazakh minister of Norway left.", "The minister of Norway left Kazakhstan; the Kazakh minister left."),
        ("The French fleet left.", "The fleet of France left."),
        ("The ONF left.", "The Orrin Naval Fund left."),
        ("The Orrin Naval Fund left.", "The ONF left."),
        ("Saint Mary's is old.", "St. Mary's is old."),
        ("Hikers may camp there.", "There ramblers may camp."),
        ("One of the mills burned.", "Some mills burned."),
        ("Vale left.", "V\u00adale left the ship."),
        ("Émile Vale left.", "Emile Vale left the ship."),
        ("Dr. Lund left.", "The ship of Dr. Lund left."),
        ("The D20 is meant for rooms.", "For rooms of up to 45 square metres there is the D20."),
        ("The old ferry carried forty sheep and two carts across the river every morning.", FERRY),
        ("The miller's daughter kept the accounts of the village and never made a mistake.", MILL),
    ],
)
def test_this_stands_in_its_quote(statement: str, quote: str) -> None:
    assert fails(statement, [quote]) is None, compare(statement, [quote], "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("90 minutes", "an hour and a half"), ("1.5 hours", "90 minutes"), ("2 km", "2,000 metres"),
        ("a quarter of it", "25 percent"), ("25%", "one in four"), ("two thirds", "2/3"),
        ("one third", "a third of it"), ("a third of it", "a third; no more"),
        ("21:00", "9 p.m."), ("noon", "12:00"), ("half a million", "500,000"), ("two and a half", "2.5"),
        ("14 days", "a fortnight"), ("10 years", "a decade"), ("two times", "twice"), ("200 m²", "200 square metres"),
        ("3½ cups", "3.5 cups"), ("3 1/2 cups", "3½ cups"), ("one-half cup", "half a cup"),
        ("three quarters of an hour", "45 minutes"), ("5 o'clock", "5 p.m."), ("9am", "9:00"), ("17h30", "5:30 p.m."),
        ("1 000 000", "1,000,000"), ("1'000", "1000"), ("1.000,50", "1,000.5"), ("the '90s", "the 1990s"),
        ("EUR 5", "€5"), ("5 dollars", "US$5"), ("$ 5", "5 USD"), ("50 cents", "$0.50"), ("50¢", "50 cents"),
        ("5 pct", "5%"), ("10 to 20 dollars", "$10–20"), ("version 2.0", "v2.0"), ("2019/20", "2019–20"),
        ("95 degrees", "95 °F"), ("9 a.m. to 5 p.m.", "9–5 p.m."),
        ("20 °C", "20 degrees"), ("nearly 5,000", "4,987"), ("more than 4,900", "4,987"), ("zero boats", "no boats"),
        ("14.05.1987", "14 May 1987"), ("the 14th", "14 May 1987"), ("half as long", "twice as long"),
    ],
)  # fmt: skip
def test_the_same_number_in_other_words(one: str, other: str) -> None:
    assert fails(f"It was {one} then.", [f"It was {other} then."]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("100 minutes", "an hour and a half"), ("3 km", "2,000 metres"), ("a quarter of it", "24 percent"),
        ("20:00", "9 p.m."), ("nearly 6,000", "4,987"), ("more than 5,000", "4,987"), ("under 4,900", "4,987"),
        ("two thirds", "a third of it"), ("three times", "twice"), ("14.05.1987", "14 June 1987"),
        ("20 °F", "20 °C"), ("three cubic kilometres", "three cubic metres"), ("6:45 a.m.", "6:45 p.m."),
        ("3¼ cups", "3½ cups"), ("5 cents", "$5"), ("10 000", "10"), ("the '80s", "the 1990s"),
        ("the 15th", "14 May"), ("10²", "102"),
    ],
)  # fmt: skip
def test_not_the_same_number(one: str, other: str) -> None:
    assert fails(f"It was {one} then.", [f"It was {other} then."]) in (Rule.NUMBER, Rule.DATE)


def test_a_date_may_stand_in_two_places() -> None:
    quote = "In 2022 the mill moved; it opened on 5 January."
    assert fails("It opened on 5 January 2022.", [quote]) is None
    assert fails("It opened on 5 June 2022.", [quote]) is Rule.DATE
    assert fails("It opened on 5 January 2021.", [quote]) is Rule.DATE


@pytest.mark.parametrize(
    ("statement", "quote", "rule"),
    [
        ("The Austrian fleet left.", "The fleet of Australia left.", Rule.NAME),
        ("Dr. Orrin left.", "Dr. Lund left the ship.", Rule.NAME),
        ("The ONG left.", "The Orrin Naval Fund left.", Rule.NAME),
        ("US ships left.", "They left us ships.", Rule.NAME),
        ("The D30 is meant for rooms.", "The D20 is meant for rooms.", Rule.NAME),
        ("The fee rose by 3.", "The fee rose by between 3 and 5 percent.", Rule.NUMBER),
        ("The plant produces 40 megawatt hours.", "The plant produces 40 megawatts.", Rule.NUMBER),
        ("The reservoir holds 14 million gallons.", "The reservoir holds 14 million litres.", Rule.NUMBER),
        ("It rose by 20 percentage points.", "It rose by 20 percent.", Rule.NUMBER),
    ],
)
def test_this_does_not(statement: str, quote: str, rule: Rule) -> None:
    assert fails(statement, [quote]) is rule


def test_true_statements_fail_no_exact_rule() -> None:
    failed = {
        statement: compare(statement, [sentence(part) for part in cited], question).verdict
        for question, statement, cited in SUPPORTED
        if fails(statement, [sentence(part) for part in cited], question)
    }
    assert failed == {}


def test_wrong_numbers_dates_names_and_markup_fail_by_their_rule_which_says_why() -> None:
    tried = 0
    for question, statement, cited, kind in UNSUPPORTED:
        if kind in EXACT:
            verdict = compare(statement, [sentence(part) for part in cited], question).verdict
            assert verdict is not None, statement
            assert verdict.kind == kind, (statement, verdict)
            assert verdict.reason.endswith("."), statement
            tried += 1
    assert tried > 60


def test_a_reason_names_what_is_wrong() -> None:
    verdict = compare("81 officers were killed.", [sentence("Eight security")], "").verdict
    assert verdict is not None
    assert verdict.reason == "The number 81 stands in none of the cited sentences."


@pytest.mark.parametrize(
    ("statement", "quote", "wording"),
    [
        ("Book 2 days before.", "Members must book two days before.", "Book two days before."),
        ("The fee is €1250 now.", "The fee is 1,250 euros.", "The fee is 1,250 euros now."),
        ("It cost 7 €, he said.", "It cost €7.", "It cost €7, he said."),
        ("It rose from 40% to 60 %.", "It rose from 40 percent to 60 percent.",
         "It rose from 40 percent to 60 percent."),
        ("It was founded on May 14, 1987.", "Founded on 14 May 1987.", "It was founded on 14 May 1987."),
        # A year is less than the date that holds it.
        ("It was founded in 1987.", "Founded on 14 May 1987.", "It was founded in 1987."),
        # "40" alone does not say litres.
        ("There were 40 of them.", "There were 40 litres.", "There were 40 of them."),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_worded_as_in_the_quote(statement: str, quote: str, wording: str) -> None:
    assert compare(statement, [quote], "").wording == wording


@pytest.mark.parametrize(
    "statement",
    [
        "The old ferry carried forty sheep and kept the accounts of the village for thirty years.",
        "The miller's daughter kept the accounts across the river every morning until the flood of 1911.",
    ],
)
def test_halves_of_two_sentences_are_not_supported(statement: str) -> None:
    assert fails(statement, [FERRY, MILL]) is Rule.STITCHED


@pytest.mark.parametrize(
    "piece",
    [
        "https://evil.example", "@everyone", "<@1234>", "[x](http://evil.example)", "<b>", "**killed**", "__killed__",
        "_killed_", "~~killed~~", "||killed||", "`killed`", ":skull:", "-# small", "evil.example", "evil.com/win",
        # Full-width, and signs that only look like a full stop.
        "\uff20everyone", "evil\u2024com", "evil\u3002com", "evil\uff0ecom",
        # Characters that nobody sees: tags, joiners, a soft hyphen, an invisible filler, private use, a selector.
        "\U000e0041\U000e007f", "kil\u200dled", "kil\u00adled", "\u3164", "\ue000", "killed\ufe0f", "\u202ekilled",
    ],
)  # fmt: skip
def test_a_statement_brings_no_markup_and_no_hidden_characters(piece: str) -> None:
    quote = sentence("Eight security")
    assert fails(f"Eight officers were killed {piece} then.", [quote]) is Rule.MARKUP
    # Its quote may hold it.
    assert fails(f"Eight officers were killed {piece} then.", [f"{quote} {piece} then"]) is not Rule.MARKUP


@pytest.mark.parametrize("start", ["-# ", "# ", "> ", ">>> "])
def test_a_statement_begins_no_block(start: str) -> None:
    assert fails(f"{start}Eight officers were killed.", [sentence("Eight security")]) is Rule.MARKUP


@pytest.mark.parametrize(
    "statement",
    [
        "The gate opens at 10:30:15 and 9 p.m. on Sunday.",
        "Dr. J. Vale of the U.S. wrote it, e.g. in 3.5 hours: twice…",
        "It cost (about) 5 x 3 = 15 euros, or a_b; ½ of it – “all”.",
    ],
)
def test_plain_words_are_no_markup(statement: str) -> None:
    assert fails(statement, ["Nothing of it."]) is not Rule.MARKUP


def test_a_link_that_a_quote_holds_may_be_told() -> None:
    quote = "Report it at https://vale.example/report or ask @warden."
    assert fails("Report it at https://vale.example/report.", [quote]) is None
    assert fails("Report it at https://vale.example/rep.", [quote]) is Rule.MARKUP
    assert fails("Report it, ask @everyone.", [quote]) is Rule.MARKUP


@given(WORDS | PIECES, st.lists(QUOTES | WORDS | PIECES, max_size=3), WORDS | PIECES)
def test_it_never_raises_and_says_the_same_twice(text: str, quotes: list[str], question: str) -> None:
    assert compare(text, quotes, question) == compare(text, quotes, question)


@given(WORDS | PIECES | QUOTES, st.lists(QUOTES, max_size=2), WORDS | QUOTES)
def test_a_quote_supports_itself(text: str, others: list[str], question: str) -> None:
    assume(tokenize(text))
    verdict = compare(text, [*others, text], question).verdict
    assert verdict is not None
    assert verdict.passed


@given(QUOTES, WORDS)
def test_nothing_is_supported_by_no_quote(text: str, question: str) -> None:
    assert fails(text, [], question) is Rule.NO_QUOTES
    assert fails(text, ["", " …"], question) is Rule.NO_QUOTES


# No quote holds a number that is large and not round.
@given(QUOTES, st.integers(1_000, 10**11).map(lambda number: 10 * number + 7), QUOTES)
def test_a_number_that_no_quote_holds_fails(text: str, number: int, question: str) -> None:
    assert fails(f"{text} {number:,} of them.", [text], question) is Rule.NUMBER


@given(QUOTES, st.sampled_from(["Zorvan", "Quillane", "Ōtani", "GRXQ"]), st.booleans())
def test_a_name_that_no_quote_holds_fails(text: str, name: str, asked: bool) -> None:
    question = f"What about {name}?" if asked else "What about it?"
    assert fails(f"{text[:-1]} with {name}.", [text], question) is Rule.NAME


@given(st.sampled_from(SENTENCES["rulebook"]), st.sampled_from(SENTENCES["rulebook"]))
def test_the_wording_of_a_statement_keeps_its_words(text: str, other: str) -> None:
    wording = compare(text.rstrip(".") + " then.", [text, other], "").wording
    assert not wording or wording.endswith(" then.")
