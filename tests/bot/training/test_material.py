"""What is learned from, and that nothing that is kept is among it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.training import material
from bot.training.material import ARTICLES, LEARNED, OTHERS, SPLIT, hash_material, read_material
from tests.bot.training.data import LIGHTHOUSE, article, orrin, question, skarn, write
from tests.bot.training.test_made_up import ARTICLE

POLICY, COVID = OTHERS


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two documents to split, one that is learned from, others, and articles about two of them and a third."""
    keeper = [question(f"Who keeps lighthouse {number}?", "Ines Holt") for number in range(5)]
    write(tmp_path / SPLIT, orrin(), skarn())
    write(tmp_path / LEARNED, article("Brenn", (LIGHTHOUSE, keeper)))
    for name, title in ((POLICY, "Policy"), (COVID, "Study")):
        write(tmp_path / name, article(title, (LIGHTHOUSE, keeper)))
    for name in ("Orrin", "Sk%61rn", "Mill"):
        path = tmp_path / ARTICLES / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_nothing_is_learned_from_what_is_kept(data: Path) -> None:
    found = read_material(data, {"Orrin"}, {"Skarn"}, 1)
    assert {example.document for example in found.close} == {"Orrin", "Brenn"}
    assert {example.document for example in found.more} == {"Policy", "Study", "Orrin", "Mill"}


def test_no_more_are_drawn_than_meant(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "OTHERS", {POLICY: 2, COVID: 99})
    monkeypatch.setattr(material, "MADE_UP", 3)
    more = [example.document for example in read_material(data, (), ("Orrin", "Skarn"), 1).more]
    assert (more.count("Policy"), more.count("Study"), more.count("Mill")) == (2, 5, 3)


def test_the_last_passes_are_over_questions_that_people_wrote_about_articles(data: Path) -> None:
    found = read_material(data, {"Orrin"}, {"Skarn"}, 1)
    asked = [{window.question for window in windows()} for windows in found.passes(1)]
    assert len(asked) == material.WIDE_PASSES + material.CLOSE_PASSES
    made_up = {example.question for example in found.more} - {example.question for example in found.close}
    assert all(made_up <= questions for questions in asked[: material.WIDE_PASSES])
    assert not any(made_up & questions for questions in asked[material.WIDE_PASSES :])


def test_a_change_in_any_file_changes_its_hash(data: Path) -> None:
    before = hash_material(data)
    assert set(before) == {SPLIT, LEARNED, POLICY, COVID, ARTICLES}
    for changed, name in ((data / LEARNED, LEARNED), (data / ARTICLES / "Mill.txt", ARTICLES)):
        changed.write_bytes(changed.read_bytes() + b" ")
        after = hash_material(data)
        assert [key for key in before if after[key] != before[key]] == [name]
        before = after
