"""A small question set in SQuAD's format about places that do not exist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ORRIN = (
    "The mill of Orrin was built in 1843 by the carpenter Ada Thorne. It burned twice, in 1871 and in 1902. "
    "The village has 312 inhabitants and two bakeries. Every Tuesday the market opens at seven. "
    "The bridge to Velden was closed because the river had risen."
)
SCHOOL = (
    "The school of Orrin opened in 1890. Its first teacher was Marek Vale, who taught 24 children. "
    "In winter the school closed early. The largest room holds a clock from Brenn."
)
LIGHTHOUSE = (
    "The lighthouse of Skarn stands on a rock in the north. Its lamp is lit before dusk. "
    "The keeper, Ines Holt, has lived there since 1988."
)


def question(words: str, *answers: str, impossible: bool = False, offset: int = 0) -> dict[str, Any]:
    """An entry; its offset is nonsense unless told."""
    found = [{"text": answer, "answer_start": offset} for answer in answers]
    return {"question": words, "id": words, "answers": found, "is_impossible": impossible}


def article(title: str, *paragraphs: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {"title": title, "paragraphs": [{"context": text, "qas": entries} for text, entries in paragraphs]}


def orrin() -> dict[str, Any]:
    return article(
        "Orrin",
        (
            ORRIN,
            [
                question("Who built the mill of Orrin in 1843?", "Ada Thorne", "the carpenter Ada Thorne", offset=-7),
                question("When did the mill first burn?", "1871", "in 1871"),
                question("Why was the bridge to Velden closed?", "the river had risen"),
                question("Who painted the mill?", impossible=True),
            ],
        ),
        (
            SCHOOL,
            [
                question("How many children did Marek Vale teach?", "24", "24 children"),
                question("Where does the clock in the largest room come from?", "Brenn"),
            ],
        ),
    )


def skarn() -> dict[str, Any]:
    return article(
        "Skarn",
        (
            LIGHTHOUSE,
            [
                question("Who keeps the lighthouse of Skarn?", "Ines Holt"),
                question("How tall is the lighthouse?", impossible=True),
            ],
        ),
    )


def write(path: Path, *articles: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": "v2.0", "data": list(articles)}), encoding="utf-8")
    return path
