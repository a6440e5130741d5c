"""Markdown tells which of its words explain others: tables, lists, definitions, announced code, headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.loaders.labels import MAX_LABELS
from retrieval.loaders.markdown import extract
from retrieval.types import LabelKind
from tests.retrieval.loaders.documents import labels_of
from tests.retrieval.strategies import PROPERTY, texts

Labels = list[tuple[str, str, str]]
PRICES: Labels = [
    ("column", "Item", "Oar"),
    ("row", "Oar", "120 | 2.9 m"),
    ("column", "Price", "120"),
    ("column", "Length", "2.9 m"),
]
CASES: dict[str, tuple[str, Labels]] = {
    "a table": ("| Item | Price | Length |\n|:--|--:|---|\n| Oar | 120 | 2.9 m |\n", PRICES),
    "a table without outer lines, and names in bold": (
        "**Item** | **Price** | Length\n--- | --- | ---\nOar | 120 | 2.9 m\n",
        PRICES,
    ),
    "a table that is announced": (
        "The shop has oars. The prices are:\n\n| Item | Price |\n|---|---|\n| Oar | 120 |\n",
        [
            (
                "lead_in",
                "The prices are:",
                "| Item | Price |\n|---|---|\n| Oar | 120 |",
            ),
            ("column", "Item", "Oar"),
            ("row", "Oar", "120"),
            ("column", "Price", "120"),
        ],
    ),
    "two rows of names, and an empty cell": (
        "| Year | Men | Women |\n|---|---|---|\n| | **wins** | **losses** |\n| 2001 | 3 | |\n",
        [("column", "Year", "2001"), ("row", "2001", "3"), ("column", "Men", "3"), ("column", "wins", "3")],
    ),
    "an escaped line is no border": (
        "| a | b |\n|---|---|\n| x \\| y | 2 |\n",
        [("column", "a", "x \\| y"), ("row", "x \\| y", "2"), ("column", "b", "2")],
    ),
    "a list and one in it": (
        "Bring a boat. You must not bring:\n\n- dogs\n- cats, such as\n  - lions\n  - tigers\n- knives\n\nYes.\n",
        [
            (
                "lead_in",
                "You must not bring:",
                "- dogs\n- cats, such as\n  - lions\n  - tigers\n- knives",
            ),
            ("lead_in", "cats, such as", "- lions\n  - tigers"),
        ],
    ),
    "a paragraph of its own leads to no list": ("Bring a boat.\n\n- dogs\n- cats\n", []),
    "another kind of list is another list": (
        "You need:\n- a boat\n1. Push off.\n",
        [("lead_in", "You need:", "- a boat")],
    ),
    "a run-in heading": (
        "***Finesse.*** You use your dexterity. It is enough.\n\n**Heavy**: Too heavy.\n\n__Light__ – Not heavy.\n",
        [
            ("term", "Finesse", "You use your dexterity. It is enough."),
            ("term", "Heavy", "Too heavy."),
            ("term", "Light", "Not heavy."),
        ],
    ),
    "words in bold are no run-in heading": ("**Never** go out alone.\n\n*Dogs* bark.\n", []),
    "a question in bold": (
        "**Can I bring a dog?** Yes, on a lead.\n",
        [("term", "Can I bring a dog?", "Yes, on a lead.")],
    ),
    "names of options": (
        "- `--force`: does it. Really.\n- `--dry-run` - only says so.\n- `boat` is a word.\n",
        [("term", "force", "does it. Really."), ("term", "dry-run", "only says so.")],
    ),
    "definitions": (
        "Bow\n: The front of a boat. It is sharp.\n\nStern\n\n:   The back.\n",
        [("term", "Bow", "The front of a boat. It is sharp."), ("term", "Stern", "The back.")],
    ),
    "a line in bold": (
        "# Pool\n\n**Opening hours**\n\nFrom eight.\n\nUntil ten.\n\n# Fees\n\nNone.\n",
        [("term", "Opening hours", "\n\nFrom eight.\n\nUntil ten.\n\n")],
    ),
    "code": (
        "Fetch it. Then run this:\n\n```sh\n# install\nmake\n```\n\nIt takes a minute.\n\n~~~\nunrelated\n~~~\n",
        [("code", "Then run this:", "```sh\n# install\nmake\n```")],
    ),
    "code in the items of a list": (
        "1. Install the tool:\n\n    ```sh\n    make\n    ```\n2. Run the following command.\n   ```\n   row\n   ```\n",
        [
            ("code", "Install the tool:", "```sh\n    make\n    ```"),
            ("code", "Run the following command.", "```\n   row\n   ```"),
        ],
    ),
    "nothing in code or a comment": (
        "```\n**Bow**: front\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n<!-- **Bow**: front -->\n",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_words_that_explain_others(case: str) -> None:
    text, labels = CASES[case]
    assert labels_of(extract(text.encode("utf-8"))) == labels
    windows = text.replace("\n", "\r\n")
    assert len(labels_of(extract(windows.encode("utf-8")))) == len(labels)


def test_a_heading_explains_all_that_stands_below_it_and_the_deeper_ones_too() -> None:
    text = "Before.\n\n# Club #\n\nFounded.\n\nFees\n----\n\nTen euros.\n\n# Boats\n\nTwo.\n"
    extracted = extract(text.encode())
    headings = [label for label in extracted.labels if label.kind is LabelKind.HEADING]
    assert [
        (text[each.words.start : each.words.end], text[each.span.start : each.span.end].strip()) for each in headings
    ] == [
        ("Club", "Founded.\n\nFees\n----\n\nTen euros."),
        ("Fees", "Ten euros."),
        ("Boats", "Two."),
    ]


def test_no_text_has_more_labels_than_can_be_kept() -> None:
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * (MAX_LABELS // 3 + 10)
    extracted = extract(text.encode())
    assert len(extracted.labels) == MAX_LABELS
    extracted.check()


@PROPERTY
@given(texts(20) | st.text(st.sampled_from("#=-`~ \n\ra[]()<!>*\\{}_:+|.1"), max_size=200))
def test_labels_are_parts_of_the_text_whatever_it_is(text: str) -> None:
    extracted = extract(f"Words.\n{text}".replace("\0", "").encode("utf-8", "replace"))
    assert all(label.fits(extracted.text) for label in extracted.labels)
