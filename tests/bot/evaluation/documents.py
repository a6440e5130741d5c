"""Two small documents of the tests' own, and questions about them, in both formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LIGHTHOUSE = [
    "The lighthouse on Skarn Point was finished in 1874. Odile Marchant replaced its rape oil with paraffin.",
    "The keeper climbs 212 steps to the gallery every evening. In fog a horn sounds twice a minute.",
]
BAKERY = [
    "The bakery in Low Street opens at five in the morning. Rye bread is baked on Tuesdays and Fridays.",
    "Its oven is fired with beech wood. Apprentices are paid ninety crowns a week and sleep above the shop.",
]
QUESTIONS: list[tuple[int, int, str, str]] = [
    (0, 0, "When was the lighthouse on Skarn Point finished?", "1874"),
    (0, 0, "Who replaced the rape oil with paraffin?", "Odile Marchant"),
    (0, 1, "How many steps does the keeper climb to the gallery?", "212"),
    (0, 1, "How often does the horn sound in fog?", "twice a minute"),
    (0, 1, "What does the keeper earn in a year?", ""),
    (0, 0, "Which king paid for the lighthouse on Skarn Point?", ""),
    (1, 0, "When does the bakery in Low Street open?", "five in the morning"),
    (1, 0, "On which days is rye bread baked?", "Tuesdays and Fridays"),
    (1, 1, "With which wood is the oven fired?", "beech"),
    (1, 1, "How much are apprentices paid a week?", "ninety crowns"),
    (1, 0, "How much does a loaf of rye bread cost?", ""),
    (1, 1, "Who founded the bakery in Low Street?", ""),
]
ARTICLES = {"Skarn_lighthouse": LIGHTHOUSE, "Low_Street_bakery": BAKERY}


def squad() -> dict[str, Any]:
    """Both documents as SQuAD 2.0 writes them."""
    data: list[dict[str, Any]] = []
    for number, (title, paragraphs) in enumerate(ARTICLES.items()):
        written = []
        for at, context in enumerate(paragraphs):
            asked = [(question, answer) for of, par, question, answer in QUESTIONS if (of, par) == (number, at)]
            written.append({"context": context, "qas": [_entry(context, *one) for one in asked]})
        data.append({"title": title, "paragraphs": written})
    return {"version": "v2.0", "data": data}


def write_squad(folder: Path) -> Path:
    path = folder / "questions.json"
    path.write_text(json.dumps(squad()), encoding="utf-8")
    return path


def write_json_lines(folder: Path) -> Path:
    """The same as JSON Lines beside two text files; unanswerable ones are of the kind “near-miss”."""
    rows = []
    for title, paragraphs in ARTICLES.items():
        (folder / f"{title}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    for document, _, question, answer in QUESTIONS:
        row = {
            "document": f"{list(ARTICLES)[document]}.txt",
            "question": question,
            "answers": [answer] if answer else [],
        }
        rows.append(row | ({} if answer else {"kind": "near-miss"}))
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _entry(context: str, question: str, answer: str) -> dict[str, Any]:
    answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
    return {"id": question[:12], "question": question, "answers": answers, "is_impossible": not answer}
