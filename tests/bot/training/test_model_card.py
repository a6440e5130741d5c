"""The model card speaks of the weights that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.extractive.reader.weights import ALL_FILES, CARD, FOLDER
from retrieval.files import sha256_of

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")


def test_its_hashes_are_those_of_the_files() -> None:
    shown = dict(re.findall(r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", PAGE, re.MULTILINE))
    assert len(shown) == len(ALL_FILES)
    assert shown == {name: sha256_of(ROOT / name) for name in shown}


def test_it_names_each_article_in_its_part() -> None:
    card = json.loads((FOLDER / CARD).read_text(encoding="ascii"))
    rows = re.findall(r"^\| (.*) \| (.*) \| [\d,]+ \+ [\d,]+ \|$", PAGE, re.MULTILINE)
    parts = {"learns": "", "calibrated": "", "judging": ""}
    part = ""
    for told, articles in rows:
        part = next((name for name in parts if name in told), part)
        parts[part] += articles
    for name, key in (("learns", "learned_from"), ("calibrated", "calibrated_on"), ("judging", "judged_on")):
        assert all(title.replace("_", " ") in parts[name] for title in card[key]), name


def test_it_tells_the_seeds() -> None:
    windows, others = json.loads((FOLDER / CARD).read_text(encoding="ascii"))["seeds"]
    assert f"Seeds: {windows} for the windows, {others} for the rest" in " ".join(PAGE.split())
