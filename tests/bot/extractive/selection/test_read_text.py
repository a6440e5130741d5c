"""What is read of a document: its words with those that explain them, each with its way back to where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extractive.selection import QuestionAnalysis, QuoteSpan, find_candidates, join, with_context
from bot.extractive.selection.features import NAMES
from bot.extractive.selection.read_text import ReadText, parts_of
from retrieval import Label, LabelKind, Source, Span, load_bytes, rows_within
from tests.bot.fakes import answer_from, even_weights, make_passages, make_source, shipped_selector

WEAPONS = """# Weapons

Every fighter picks one.

| Name | Price | Damage |
|---|---|---|
| Club | 1 sp | See p. 4. Not much. |
| Greatsword | 50 gp | 2d6 slashing |
"""
RULES = """# Rowing club

Its rules are old.

## Boats

**Oars.** You bring your own. They are long.

You must not bring:

- dogs
- cats, such as
  - lions

To fetch it, run this:

```sh
# first
make
```

Name | Fee
--- | ---
Adults | 40
Students | 20
"""
FAQ = "question,answer\nWhen does the hall open?,At eight. On Sundays at ten.\nHow much is it?,Twelve euros.\n"


def load(text: str, name: str = "notes.md") -> Source:
    return load_bytes(text.encode("utf-8"), name=name, uri=f"file:///{name}")


def read(source: Source, words: str, *, headings: bool = True) -> str:
    start = source.text.index(words)
    return ReadText.of(source, Span(start, start + len(words)), headings=headings).text


def said(source: Source) -> dict[str, str]:
    """What can be quoted of a source, and what each of it says."""
    return {candidate.text: candidate.words for candidate in find_candidates(make_passages(source))}


def test_a_row_is_read_with_the_names_of_its_columns_and_quoted_without() -> None:
    assert said(load(WEAPONS)) == {
        "Every fighter picks one.": "Every fighter picks one.",
        "| Club | 1 sp | See p. 4. Not much. |": "Club, Price: 1 sp, Damage: See p. 4. Not much.",
        "| Greatsword | 50 gp | 2d6 slashing |": "Greatsword, Price: 50 gp, Damage: 2d6 slashing",
    }


@pytest.mark.usefixtures("programs")
def test_headings_terms_and_names_of_columns_are_never_quoted_alone() -> None:
    assert said(load(RULES)) == {
        "Its rules are old.": "# Rowing club\n\nIts rules are old.",
        "You bring your own.": "Oars: You bring your own.",
        "They are long.": "Oars: You bring your own. They are long.",
        "You must not bring:": "You must not bring:",
        "- dogs": "You must not bring: - dogs",
        "- cats, such as": "You must not bring: - cats, such as",
        "- lions": "You must not bring: cats, such as: - lions",
        "To fetch it, run this:": "To fetch it, run this:",
        "```sh\n# first\nmake\n```": "To fetch it, run this: ```sh\n# first\nmake\n```",
        "Adults | 40": "Adults, Fee: 40",
        "Students | 20": "Students, Fee: 20",
    }
    page = load("<h1>Club</h1><p>Old.</p><dl><dt>Bow</dt><dd>The front.</dd></dl>", "club.html")
    assert said(page) == {"Old.": "Old.", "The front.": "Bow: The front."}
    assert said(load("# Club\n\n## Boats\n")) == {}


@pytest.mark.usefixtures("programs")
def test_an_answer_in_a_table_of_texts_is_read_with_its_question() -> None:
    assert said(load(FAQ, "faq.csv")) == {
        "answer: At eight.": "question: When does the hall open? answer: At eight.",
        "On Sundays at ten.": "question: When does the hall open? On Sundays at ten.",
        "answer: Twelve euros.": "question: How much is it? answer: Twelve euros.",
    }


def test_of_a_link_its_words_are_read_and_quoted_with_its_address() -> None:
    sentence = 'Rust goes in [the *blue* bin](https://a.example/2013/06/(b)?c#d "Bins") and [x][1].'
    page = sentence + "\n\n| A | B |\n|---|---|\n| [C](d.md) | e |\n"
    assert said(load(page)) == {
        sentence: "Rust goes in the *blue* bin and [x][1].",
        "| [C](d.md) | e |": "C, B: e",
    }
    source = load(page)
    text = ReadText.of(source, Span(0, page.index("\n")))
    place = text.text.index("*blue*")
    assert text.source_of(Span(place, place + 6), Span(0, 90)) == Span(page.index("*blue*"), page.index("*blue*") + 6)
    assert said(load("It calls `run[i](x)` [a](b).")) == {
        "It calls `run[i](x)` [a](b).": "It calls `run[i](x)` [a](b)."
    }


@pytest.mark.usefixtures("programs")
def test_what_a_passage_does_not_hold_is_read_before_it() -> None:
    source = load(RULES)
    assert read(source, "They are long.") == "Rowing club. Boats. Oars: They are long."
    assert read(source, "They are long.", headings=False) == "Oars: They are long."
    assert read(source, "**Oars.** You bring your own.") == "Rowing club. Boats. **Oars.** You bring your own."
    assert read(load(FAQ, "faq.csv"), "question: How much") == "faq. question: How much"


@pytest.mark.parametrize(
    ("title", "sentence", "shown"),
    [
        ("Widgets", "It is free.", "Widgets. It is free."),
        ("Widgets", "The project is free.", "Widgets. The project is free."),
        ("Widgets", "Gears are free.", "Gears are free."),
        ("rules", "It is free.", "It is free."),  # a file's name tells nothing
    ],
)
def test_a_sentence_that_leans_on_the_title_is_read_with_it(title: str, sentence: str, shown: str) -> None:
    source = replace(make_source(sentence, "rules"), title=title)
    assert ReadText.of(source, Span(0, len(sentence))).text == shown


def test_code_comes_with_the_sentence_that_announces_it_and_the_sentence_with_the_code() -> None:
    source = load(RULES)
    both = "To fetch it, run this:\n\n```sh\n# first\nmake\n```"
    for words in ("To fetch it, run this:", "```sh\n# first\nmake\n```"):
        start = source.text.index(words)
        assert source.slice(with_context(QuoteSpan(source, Span(start, start + len(words))), set()).span) == both
    long = load(RULES.replace("make", "make " * 300))
    start = long.text.index("To fetch it")
    place = QuoteSpan(long, Span(start, start + 22))
    assert with_context(place, set()) == place


@pytest.mark.usefixtures("programs")
def test_rows_that_share_words_with_the_question_are_read_alone() -> None:
    source = load(WEAPONS)
    (passage,) = make_passages(source)
    texts = [text.text for text in parts_of("How heavy is a greatsword?", passage)]
    assert texts == [
        WEAPONS[: WEAPONS.index("| Name")] + "Name, Price, Damage\nClub, Price: 1 sp, Damage: See p. 4. Not much.\n",
        "Weapons. Greatsword, Price: 50 gp, Damage: 2d6 slashing",
    ]
    assert [text.text for text in parts_of("Who?", passage)] == [ReadText.of_passage(passage).text]
    (records,) = make_passages(load("town,people\nAlta,980\nPorto,1200\nAlta,1001\n", "towns.csv"))
    assert [text.text for text in parts_of("How many live in Porto?", records)] == [
        "towns. town: Alta; people: 980\n\n",
        "towns. town: Porto; people: 1200",
        "towns. \n\ntown: Alta; people: 1001",
    ]


def prose(*words: int) -> Source:
    """Sentences with so many words each."""
    return make_source(" ".join(" ".join(["Word", *["word"] * (count - 2), "end."]) for count in words))


@pytest.mark.parametrize(
    ("sentences", "windows"),
    [
        ([110], [110]),
        ([60, 50], [110]),
        ([60, 51], [60, 51]),
        ([20, 20, 20, 20, 20, 20, 20], [80, 60]),
        ([150, 5], [150, 5]),
        ([5, 150], [155]),
        ([130], [130]),
        ([100, 100, 100], [100, 100, 100]),
    ],
)
def test_long_passages_are_read_in_windows_of_whole_sentences(sentences: list[int], windows: list[int]) -> None:
    source = prose(*sentences)
    (passage,) = make_passages(source)[:1]
    passage = replace(passage, span=Span(0, len(source.text)))
    texts = [text.text for text in parts_of("What ends?", passage)]
    assert "".join(texts) == source.text
    assert [len(text.split()) for text in texts] == windows
    assert all(text.startswith("Word") for text in texts)


@pytest.mark.usefixtures("programs")
def test_of_rows_that_look_alike_the_one_that_is_asked_for_is_quoted_alone() -> None:
    rows = "".join(f"Aruba,{year},{54922 + year - 1960}\n" for year in range(1960, 1966))
    answer = answer_from("How many people lived in Aruba in 1963?", load(f"Country,Year,People\n{rows}", "people.csv"))
    assert answer.citations[0].quote.text == "Country: Aruba; Year: 1963; People: 54925"
    table = load(WEAPONS)
    places = [QuoteSpan(table, row) for row in rows_within(table, Span(0, len(table.text)))]
    assert join(places) == places


def test_what_stands_elsewhere_is_no_place_for_the_words_that_answer() -> None:
    source = load(WEAPONS)
    row = next(one for one in find_candidates(make_passages(source)) if "Greatsword" in one.text)
    text = ReadText.of(source, row.span, headings=False)
    damage = text.text.index("Damage: 2d6")
    found = text.source_of(Span(damage, damage + 11), row.span)
    assert found is not None
    assert source.slice(found) == "2d6"
    assert text.source_of(Span(damage, damage + 6), row.span) is None
    price = text.text.index("50 gp")
    found = text.source_of(Span(price, damage + 11), row.span)
    assert found is not None
    assert source.slice(found) == "50 gp"


def test_the_names_of_columns_say_nothing_for_a_row_that_holds_no_word_of_the_question() -> None:
    coverage = {}
    for weapon in ("greatsword", "spear"):
        analysis = QuestionAnalysis.of(f"What is the damage of a {weapon}?")
        passages = make_passages(load(WEAPONS))
        measured, _ = shipped_selector().measure(analysis, passages, even_weights(analysis.terms, ()))
        rows = [one for one in measured if one.candidate.is_row]
        coverage[weapon] = [bool(one.features[NAMES.index("coverage")] > 0) for one in rows]
    assert coverage == {"greatsword": [False, True], "spear": [False, False]}


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
LABELS = st.lists(st.builds(Label, st.sampled_from(LabelKind), SPANS, SPANS), max_size=8)


@given(st.text("ab |.\n-:", min_size=1, max_size=90), LABELS, SPANS)
def test_every_character_that_is_read_as_the_sources_own_stands_there(
    text: str, labels: list[Label], span: Span
) -> None:
    source = make_source(text)
    held = sorted(
        (label for label in labels if label.fits(text)), key=lambda label: (label.span.start, -label.span.end)
    )
    source = replace(source, labels=tuple(held))
    span = Span(min(span.start, len(text)), min(span.end, len(text)))
    read_text = ReadText.of(source, span)
    for at, run in read_text.runs:
        assert read_text.text[at : at + len(run)] == source.slice(run)[: len(read_text.text) - at]
        assert span.start <= run.start <= run.end <= span.end
    assert [run for _, run in read_text.runs] == sorted(run for _, run in read_text.runs)
    place = read_text.place_of(span)
    assert place.end <= max(len(read_text.text), at + len(run) if read_text.runs else 0)
