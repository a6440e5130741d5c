"""Writes docs/answer.schema.json: the JSON Schema of ``ask --json``. Run it with ``python docs/answer_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from bot.json_shapes import AnswerJson

FILE = Path(__file__).with_name("answer.schema.json")


def schema() -> str:
    """The schema as the file holds it."""
    described = TypeAdapter(AnswerJson).json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **described}, indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
