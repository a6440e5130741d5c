"""Boxes with notes and warnings in Markdown: their titles or kinds explain what they hold, and are not quoted alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.loaders.markdown import extract
from retrieval.text.sentences import split_sentences
from tests.retrieval.loaders.documents import labels_of
from tests.retrieval.strategies import PROPERTY

CASES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a fence of colons": (":::note\nKeep off.\n\nIt is wet.\n:::\n\nGo on.\n", [("note", "Keep off.\n\nIt is wet.")]),
    "its title in brackets": (":::tip[Dry days]\n\nKeep off.\n\n:::\n", [("Dry days", "Keep off.")]),
    "its title behind it": ("::: warning Wet days\nKeep off.\n:::\n", [("Wet days", "Keep off.")]),
    "its title as an attribute": (
        '::: {.callout-note title="Wet days"}\nKeep off.\n:::\n::: {.callout-tip}\nRun.\n:::\n',
        [("Wet days", "Keep off."), ("tip", "Run.")],
    ),
    "one in another": (
        "::::warning\nKeep off.\n:::note\nIt is wet.\n:::\nIt is cold.\n::::\nGo on.\n",
        [("warning", "Keep off.\n:::note\nIt is wet.\n:::\nIt is cold."), ("note", "It is wet.")],
    ),
    "a kind that says nothing": (":::columns\nKeep off.\n:::\n", []),
    "GitHub": ("> [!WARNING]\n> Keep off.\n>\n> It is wet.\n\nGo on.\n", [("WARNING", "> Keep off.\n>\n> It is wet.")]),
    "Obsidian": ("> [!faq]- Why so?\n> Keep off.\nGo on.\n", [("Why so?", "> Keep off.")]),
    "two after each other": (
        "> [!NOTE]\n> Keep off.\n\n> [!TIP]\n> Run.\n",
        [("NOTE", "> Keep off."), ("TIP", "> Run.")],
    ),
    "a quoted word": ("> info\n> Keep off.\n\n> infos\n> Go on.\n", [("info", "> Keep off.")]),
    "MkDocs": (
        '!!! note "Wet days"\n\n    Keep off.\n\n    !!! tip\n        Run.\n\n    It is cold.\n\nGo on.\n',
        [("Wet days", "Keep off.\n\n    !!! tip\n        Run.\n\n    It is cold."), ("tip", "Run.")],
    ),
    "MkDocs, folded": ("???+ danger\n    Keep off.\nGo on.\n", [("danger", "Keep off.")]),
    "code in one": (":::note\n```\n:::\n> [!TIP]\n```\n:::\n", [("note", "```\n:::\n> [!TIP]\n```")]),
    "code with one": ("```\n:::note\nKeep off.\n:::\n```\n", []),
    "one without an end": (":::note\nKeep off.\n", [("note", "Keep off.")]),
    "an end without one": (":::\nKeep off.\n", []),
}


@pytest.mark.parametrize("case", CASES)
def test_the_name_of_a_box_explains_what_it_holds(case: str) -> None:
    text, terms = CASES[case]
    extracted = extract(text.encode())
    assert extracted.text == text
    assert [(words, span) for kind, words, span in labels_of(extracted) if kind == "term"] == terms


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "opening", [":::note", "::: warning Wet days", "> [!NOTE]", "> info", '!!! note "Wet days"', "??? tip"]
)
def test_what_opens_a_box_is_no_part_of_a_sentence(opening: str, end: str) -> None:
    lines = ["We met", "at dawn.", opening, "Keep off the", "grass.", ":::", "Go on."]
    text = end.join(lines)
    words = [text[span.start : span.end] for span in split_sentences(text)]
    assert words == [f"We met{end}at dawn.", opening, f"Keep off the{end}grass.", ":::", "Go on."]


@PROPERTY
@given(
    st.lists(st.sampled_from([":::", ":::note", "::::tip x", "> [!TIP]", "> a", "!!! note", "    a", "a", "", "```"]))
)
def test_labels_are_parts_of_the_text_however_boxes_are_mixed(lines: list[str]) -> None:
    extract("\n".join(["Words.", *lines]).encode()).check()
