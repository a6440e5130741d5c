from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.models.embedder import languages_of
from retrieval.models.model_card import is_among, stated_languages
from retrieval.models.published_weights import BUNDLED_MODEL


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: en\n---\n# A model", {"en"}),
        ("---\nlanguage:\n- de\n- pt-BR\n- ZH\n---\n", {"de", "pt", "zh"}),
        ("---\nlanguage: [multilingual, ar]\n---\n", {"multilingual", "ar"}),
        ("---\nlicense: mit\n---\n", {"en"}),
        ("---\n- a list\n---\n", {"en"}),
        ("---\nlanguage: [\n---\n", {"en"}),
        ("no card at all", {"en"}),
        (None, {"en"}),
    ],
)
def test_a_folder_states_its_languages_in_its_card(tmp_path: Path, card: str | None, languages: set[str]) -> None:
    if card is not None:
        (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert stated_languages(str(tmp_path)) == languages


@pytest.mark.parametrize("model", ["nobody/has-this-model", "~nobody/x", "not a model", "a/b/c"])
def test_what_is_not_here_states_none(model: str) -> None:
    assert stated_languages(model) == {"en"}


def test_the_bundled_model_knows_english() -> None:
    assert languages_of(BUNDLED_MODEL) == {"en"}


def test_a_model_for_all_languages_knows_each() -> None:
    assert is_among("uk", frozenset({"multilingual"}))
    assert is_among("uk", frozenset({"uk", "en"}))
    assert not is_among("uk", frozenset({"en"}))
