"""What introduces a name is told from what only names it."""

from __future__ import annotations

from bot.overview.introductions import SAYS_WHAT, introduces, is_called, is_name


def test_the_more_plainly_a_sentence_says_who_or_what_it_is_the_higher_its_grade() -> None:
    grades = [
        introduces(sentence, "Ada Thorne", heading)
        for sentence, heading in [
            ("Yesterday Ada Thorne slept.", ""),
            ("Yesterday Mayor Ada Thorne slept.", ""),
            ("They said that Ada Thorne is a miller.", ""),
            ("They saw Ada Thorne, who owns the mill.", ""),
            ("She runs the mill.", "Ada Thorne"),
            ("**Ada Thorne** (1901-1980) ran the mill.", ""),
            ("Ada Thorne was the first miller.", ""),
        ]
    ]
    assert grades == sorted(set(grades))
    assert grades[0] == 0
    assert grades[1] < SAYS_WHAT <= grades[2]


def test_what_somebody_does_says_not_who_that_is() -> None:
    assert introduces("Tokayev was forced to resign.", "Tokayev") == 0
    assert introduces("The initiative order remains.", "initiative") == 0
    assert introduces("Die CSTO, the Organization of the Treaty, met.", "csto") >= SAYS_WHAT


def test_what_somebody_became_says_who_and_one_of_a_list_is_not_told_by_the_next() -> None:
    assert introduces("Born in Skarn, Ada Thorne fled and became a spy.", "Ada Thorne") >= SAYS_WHAT
    assert introduces("Ada Thorne left. It became a mill.", "Ada Thorne") == 0
    assert introduces("They named heroes, including Ada Thorne, the millers, and Ben.", "Ada Thorne") == 0


def test_a_name_has_a_capital_letter_wherever_it_stands() -> None:
    sentences = ["President Tokayev spoke.", "The president of the CSTO left.", "“tokayevism”"]
    assert [is_name(words, sentences) for words in ("tokayev", "csto", "president", "President Tokayev", "Obama")] == [
        True, True, False, False, True
    ]  # fmt: skip
    assert is_name("Tokayev", [*sentences, "https://a.example/who-is/tokayev-leaves"])


def test_somebody_is_called_by_the_last_name_alone_or_in_full() -> None:
    sentences = ["Then Thorne left.", "Ada Thorne left.", "Ben Thorne left.", "The thornes grow.", "Nobody left."]
    assert [is_called("Ada Thorne", sentence) for sentence in sentences] == [False, True, False, False, False]
    assert is_called("Ada Thorne", "then Thorne left.")
