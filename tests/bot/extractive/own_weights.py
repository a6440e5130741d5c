"""A calibration made by hand: the weights of the install under thresholds of its own."""

from __future__ import annotations

from dataclasses import replace

from bot.extractive.calibration_file import Calibration, embedding_of
from bot.extractive.reader import open_reader
from bot.extractive.selection import Thresholds, Weights
from retrieval import Library

OWN = Thresholds(0.125, 0.875)


def fitted_to(library: Library) -> Calibration:
    """For the reader that comes with the install, and the embedding model of a library."""
    reader = open_reader()
    name, sha256 = embedding_of(library)
    return Calibration(
        "2026-11-30",
        reader.name,
        reader.sha256,
        name,
        sha256,
        {"rules.jsonl": "0" * 64},
        1_200,
        ("Rules", "Règles"),
        replace(Weights.load(reader.selector_weights), thresholds=OWN).to_json(),
    )
