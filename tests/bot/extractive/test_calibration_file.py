"""Weights of one's own are used with the reader and the embedding model that they were fitted to, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ReaderError
from bot.extractive.calibration_file import (
    FILE,
    Calibration,
    embedding_of,
    read_calibration,
    weights_in_force,
    write_calibration,
)
from bot.extractive.reader import open_reader
from bot.extractive.selection import Weights
from retrieval import Library
from tests.bot.extractive.own_weights import OWN, fitted_to
from tests.bot.json_checks import check_sentence


@pytest.fixture
def fitted(library: Library) -> Calibration:
    return fitted_to(library)


def test_what_is_kept_is_read_again_and_in_force(library: Library, fitted: Calibration) -> None:
    home = library.settings.home
    assert read_calibration(home) is None
    path = write_calibration(home, fitted)
    assert read_calibration(home) == fitted
    weights, notice = weights_in_force(home, open_reader(), library)
    assert (weights.thresholds, notice) == (OWN, None)
    assert fitted.summary == "1,200 questions about 2 documents, 2026-11-30"
    path.unlink()
    assert weights_in_force(home, open_reader(), library)[0].thresholds != OWN


def test_both_models_of_the_install_tell_their_hashes(library: Library) -> None:
    assert len(embedding_of(library)[1]) == len(open_reader().sha256) == 64


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reader_sha256": "1" * 64}, "was made for the reader that comes with the install with other weights"),
        ({"reader": "“somebody/model”", "reader_sha256": "1" * 64}, "for “somebody/model” and not for the reader that"),
        ({"embedding_sha256": "1" * 64}, "MiniLM-L6-v2 with other weights"),
        ({"embedding_model": "somebody/vectors"}, "the embedding model somebody/vectors and not for sentence-"),
        ({"selector": {"ranking": {}}}, "another version of Pullquote"),
    ],
)
def test_what_was_fitted_to_something_else_is_named_and_not_used(
    library: Library, fitted: Calibration, change: dict[str, str], said: str
) -> None:
    write_calibration(library.settings.home, replace(fitted, **change))  # type: ignore[arg-type]
    weights, notice = weights_in_force(library.settings.home, open_reader(), library)
    assert weights.thresholds != OWN
    np.testing.assert_array_equal(weights.ranking, Weights.load(open_reader().selector_weights).ranking)
    assert notice is not None
    assert said in notice
    check_sentence(notice)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("0.125", "0.126"),
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: json.dumps({"sha256": "0"}),
    ],
)
def test_a_file_that_was_altered_is_not_used(
    library: Library, fitted: Calibration, damage: Callable[[str], str]
) -> None:
    path = write_calibration(library.settings.home, fitted)
    path.write_text(damage(path.read_text()))
    with pytest.raises(ReaderError, match="damaged or was altered; run `pullquote calibrate`"):
        read_calibration(library.settings.home)
    weights, notice = weights_in_force(library.settings.home, open_reader(), library)
    assert weights.thresholds != OWN
    assert str(Path(FILE)) in str(notice)
