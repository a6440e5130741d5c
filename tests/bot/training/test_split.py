"""The split: titles alone decide, the same way everywhere."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.cases import title_key
from bot.training.split import CALIBRATED, JUDGED, split_documents

NAMES = (
    "Orrin",
    "Skarn",
    "Velden",
    "Brenn",
    "Tolm",
    "Aster",
    "Quill",
    "Rook",
    "Lund",
    "Hale",
    "Mirren",
    "Dorn",
    "Pell",
    "Wick",
    "Sorn",
)
TITLES = [f"The Village of {name}" for name in NAMES]


@given(st.sets(st.text(alphabet="abcdefghijklmnop ", min_size=1).filter(str.strip), min_size=JUDGED + CALIBRATED))
def test_three_disjoint_parts_hold_every_document(titles: set[str]) -> None:
    learned, calibrated, judged = split_documents(titles)
    assert (len(calibrated), len(judged)) == (CALIBRATED, JUDGED)
    assert len(learned) + len(calibrated) + len(judged) == len(titles)
    assert learned | calibrated | judged == titles


@given(st.integers())
def test_order_and_repetition_do_not_matter(seed: int) -> None:
    shuffled = [*TITLES, *TITLES[:3]]
    random.Random(seed).shuffle(shuffled)
    assert split_documents(shuffled) == split_documents(TITLES)


def test_case_accents_and_underscores_do_not_matter() -> None:
    assert title_key("Émile_Café_(Village)") == title_key("emile cafe (village)") == "emile cafe village"
    spelled = [title.replace(" ", "_").upper().replace("E", "É") for title in TITLES]
    parts = [{title_key(title) for title in part} for part in split_documents(spelled)]
    assert parts == [{title_key(title) for title in part} for part in split_documents(TITLES)]
    assert len({title_key(title) for title in TITLES}) == len(TITLES)


def test_a_document_of_another_set_changes_no_order_among_the_others() -> None:
    order = [sorted(map(title_key, part)) for part in split_documents(TITLES)]
    added = split_documents([*TITLES, "A Hill"])
    # One more document pushes at most one out of each part, so that most stay where they were.
    moved = [set(before) - {title_key(title) for title in after} for before, after in zip(order, added, strict=True)]
    assert sum(map(len, moved)) <= 2
