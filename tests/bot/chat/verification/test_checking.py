"""One statement against the sentences that it cites."""

from __future__ import annotations

import time
from collections.abc import Iterable

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat.verification import SUPPORTED as PASSED
from bot.chat.verification import Rule, check_statement
from bot.chat.verification.tokens import tokenize
from tests.bot.chat.verification.sentences import SENTENCES, sentence
from tests.bot.chat.verification.supported import REFUSED_WRONGLY, SUPPORTED, Supported
from tests.bot.chat.verification.unsupported import STILL_PASSES, UNSUPPORTED

# Of the true statements, those that are known to be refused included, so many pass at least.
FLOOR = 0.93
ALL_SENTENCES = [sentence for sentences in SENTENCES.values() for sentence in sentences]
QUOTES = st.sampled_from(ALL_SENTENCES)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# What looks to the rules like numbers, dates, names, titles, negations and markup, in any order.
LOOKS = (
    "81 one twenty million dozen half - of and the 5th Jan. January 2022 Sunday President Vale he who not never nor",
    "neither 's $ % . , ( < > [ ]( @ http:// ``` \u202e \ud800 ² ½ \u0661 \U0001f600 九 Ǆ ß ŉ",
)
PIECES = st.lists(st.sampled_from(" ".join(LOOKS).split(" ")), max_size=12).map(" ".join)


def quotes_of(words: tuple[str, ...]) -> list[str]:
    return [sentence(part) for part in words]


def passing(cases: Iterable[Supported]) -> list[str]:
    return [said for question, said, cited in cases if check_statement(said, quotes_of(cited), question).passed]


def test_true_statements_pass() -> None:
    verdicts = {
        statement: check_statement(statement, quotes_of(cited), question)
        for question, statement, cited in (*SUPPORTED, *REFUSED_WRONGLY)
    }
    refused = {statement: verdict.reason for statement, verdict in verdicts.items() if not verdict.passed}
    share = 1 - len(refused) / len(verdicts)
    print(f"{share:.3f} of {len(verdicts)} true statements pass; refused: {refused}")  # noqa: T201
    assert len(verdicts) >= 100
    assert share >= FLOOR, refused
    assert set(refused) <= {statement for _, statement, _ in REFUSED_WRONGLY}


def test_a_false_statement_fails_by_its_rule_and_says_why() -> None:
    for question, statement, cited, kind in UNSUPPORTED:
        verdict = check_statement(statement, quotes_of(cited), question)
        assert not verdict.passed, statement
        assert verdict.kind is kind, (statement, verdict)
        assert verdict.reason.endswith("."), statement
        assert "\n" not in verdict.reason, statement


def test_what_still_passes_wrongly_is_known() -> None:
    assert passing(STILL_PASSES) == [statement for _, statement, _ in STILL_PASSES]


def test_what_is_refused_wrongly_is_known() -> None:
    assert passing(REFUSED_WRONGLY) == []


def test_the_age_of_one_is_never_given_to_the_other() -> None:
    quotes = [quote for quote in ALL_SENTENCES if "Tokayev" in quote or "81" in quote]
    for question in ("How old is Tokayev?", "How old is Nazarbayev?", ""):
        for statement in ("Tokayev is 81.", "Tokayev is 81 years old.", "The 81-year-old Tokayev", "Tokayev (81)"):
            assert check_statement(statement, quotes, question).kind is Rule.NEARNESS
    assert check_statement("Nazarbayev is 81.", quotes, "How old is Nazarbayev?") == PASSED


def test_a_reason_names_what_is_wrong() -> None:
    verdict = check_statement("81 officers were killed.", [sentence("Eight security")], "")
    assert verdict.reason == "The number 81 stands in none of the cited sentences."
    assert PASSED.reason == ""
    assert PASSED.passed


def test_a_link_that_a_quote_holds_may_be_told() -> None:
    quote = "Report it at https://vale.example/report or ask @warden."
    assert check_statement("Report it at https://vale.example/report.", [quote], "").passed
    assert check_statement("Report it at https://vale.example/rep.", [quote], "").kind is Rule.MARKUP
    assert check_statement("Report it, ask @everyone.", [quote], "").kind is Rule.MARKUP


def test_it_takes_no_time() -> None:
    quotes = [sentence("81-year-old"), sentence("triggered by"), sentence("televised speech")]
    check_statement("Nazarbayev is 81.", quotes, "How old?")
    started = time.process_time()
    for number in range(100):
        check_statement(f"Nazarbayev resigned in {number + 1000} after the speech.", quotes, "When did he resign?")
    assert (time.process_time() - started) / 100 < 0.02


def test_a_long_statement_fails_at_once_unless_it_is_a_quote() -> None:
    started = time.process_time()
    for unit in ("a.", "one ", "a@", "<a", "[a](", "Vale ", "not ", "1,", "January ", "he Vale 8 men "):
        assert not check_statement(unit * 2_000, [sentence("Dogs are"), unit * 1_000], unit * 2_000).passed
    assert check_statement("Vale saw 8 men. " * 60, ["Vale saw 8 men. " * 60], "").passed
    assert time.process_time() - started < 10


@given(WORDS | PIECES, st.lists(QUOTES | WORDS | PIECES, max_size=3), WORDS | PIECES)
def test_it_never_raises_and_says_the_same_twice(text: str, quotes: list[str], question: str) -> None:
    verdict = check_statement(text, quotes, question)
    assert verdict == check_statement(text, quotes, question)
    assert verdict.passed == (verdict.reason == "")


@given(WORDS | PIECES | QUOTES, st.lists(QUOTES, max_size=2), WORDS | QUOTES)
def test_a_quote_supports_itself(text: str, others: list[str], question: str) -> None:
    assume(tokenize(text))
    assert check_statement(text, [*others, text], question).passed


@given(QUOTES, WORDS)
def test_nothing_is_supported_by_no_quote(text: str, question: str) -> None:
    assert check_statement(text, [], question).kind is Rule.NO_QUOTES
    assert check_statement(text, ["", " …"], question).kind is Rule.NO_QUOTES


# No quote holds a number that is large and not round.
@given(QUOTES, st.integers(1_000, 10**11).map(lambda number: 10 * number + 7), QUOTES)
def test_a_number_that_no_quote_holds_fails(text: str, number: int, question: str) -> None:
    assert check_statement(f"{text} {number:,} of them.", [text], question).kind is Rule.NUMBER


@given(QUOTES, st.sampled_from(["Zorvan", "Quillane", "Ōtani", "GRXQ"]), st.booleans())
def test_a_name_that_no_quote_holds_fails(text: str, name: str, asked: bool) -> None:
    question = f"What about {name}?" if asked else "What about it?"
    assert check_statement(f"{text[:-1]} with {name}.", [text], question).kind is Rule.NAME


@given(QUOTES, st.sampled_from(["https://evil.example", "@everyone", "<@1234>", "[x](http://evil.example)", "<b>"]))
def test_markup_that_no_quote_holds_fails(text: str, piece: str) -> None:
    assert check_statement(f"{text} {piece}", [text], "").kind is Rule.MARKUP


@given(st.sampled_from(SENTENCES["rulebook"]), st.sampled_from(SENTENCES["science"]))
def test_a_sentence_of_another_text_is_not_supported(text: str, quote: str) -> None:
    assert not check_statement(text, [quote], "").passed
