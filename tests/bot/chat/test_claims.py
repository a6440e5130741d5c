from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.claims import MAX_LINE_CHARACTERS, MAX_LINES, Claim, read_claims, says_nothing_found


def read(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(claim.text, claim.numbers) for claim in read_claims([text])]


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ("The mill burned down. [3]", [("The mill burned down.", (3,))]),
        ("The mill burned down [3].", [("The mill burned down.", (3,))]),
        ("The mill burned down [3]", [("The mill burned down.", (3,))]),
        ("The mill burned down. [3][5]", [("The mill burned down.", (3, 5))]),
        ("The mill burned down. [3] [5].", [("The mill burned down.", (3, 5))]),
        ("The mill burned down. [3, 5; 7]", [("The mill burned down.", (3, 5, 7))]),
        ("The mill burned down. [3-5]", [("The mill burned down.", (3, 4, 5))]),
        ("The mill burned down. [5-3]", [("The mill burned down.", (5, 3))]),
        ("The mill burned down. [^3]", [("The mill burned down.", (3,))]),
        ("The mill burned down. (3)", [("The mill burned down.", (3,))]),
        ("- The mill burned down. [3]", [("The mill burned down.", (3,))]),
        ("2. The mill burned down. [3]", [("The mill burned down.", (3,))]),
        ("The mill [3] burned down. [5]", [("The mill burned down.", (3, 5))]),
        ("It rained. [1] The mill burned down. [3]", [("It rained.", (1,)), ("The mill burned down.", (3,))]),
        ("It rained [1]. The mill burned down [3].", [("It rained.", (1,)), ("The mill burned down.", (3,))]),
        ("It rained. [1] The mill burned down.", [("It rained.", (1,)), ("The mill burned down.", ())]),
        ("The mill burned down in the same year (1912).", [("The mill burned down in the same year (1912).", ())]),
        ("The mill burned down.", [("The mill burned down.", ())]),
        ("“Fire!” [2]", [("“Fire!”", (2,))]),
        ("NOT FOUND", []),
        ("NOT FOUND. [3]", []),
        ("NOT FOUND. [3] It rained. [1]", [("It rained.", (1,))]),
        ("The bridge is old. [1]\nNOT FOUND [2]", [("The bridge is old.", (1,))]),
        ("not found.", []),
        ("# Answer", []),
        ("```", []),
        ("</sentences>", []),
        ("   ", []),
    ],
)
def test_a_line_is_read_as_models_mean_it(line: str, claims: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read(line) == claims


def test_each_claim_comes_as_soon_as_its_line_is_complete() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("It ra", "ined. [1]\nThe", " mill burned. [2]\n", "never"):
            taken.append(piece)
            yield piece

    claims = read_claims(pieces())
    assert next(claims) == Claim("It rained.", (1,))
    assert taken == ["It ra", "ined. [1]\nThe"]


def test_what_never_ends_is_not_read_to_the_end() -> None:
    lines = (f"Line {number} is here. [1]\n" for number in count())
    assert len(list(read_claims(lines))) == MAX_LINES
    taken = 0

    def words() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "word "

    assert list(read_claims(words())) == []
    assert taken <= MAX_LINE_CHARACTERS


@given(st.text(), st.lists(st.integers(0, 30), max_size=5))
def test_however_the_text_is_cut_the_claims_are_the_same(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert list(read_claims(pieces)) == list(read_claims([text]))


@given(st.text(max_size=400))
def test_no_claim_holds_a_mark_that_could_be_taken_for_a_citation(text: str) -> None:
    for written in (text, f"{text} [1]", f"a [2] {text} [3]"):
        for claim in read_claims([written]):
            assert claim.text.strip()
            assert "[1]" not in claim.text
            assert "[2]" not in claim.text


@pytest.mark.parametrize(
    ("written", "nothing"),
    [
        ("NOT FOUND", True),
        (" “not found”.\n".replace("“", '"').replace("”", '"'), True),
        ("NOT FOUND [1]", False),
        ("", False),
    ],
)
def test_the_word_for_nothing_stands_alone(written: str, nothing: bool) -> None:
    assert says_nothing_found(written) is nothing
