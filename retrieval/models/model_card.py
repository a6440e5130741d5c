"""What the card of a published model states: the languages that it was made for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from retrieval.extras import has_extra
from retrieval.types import ENGLISH

CARD = "README.md"
# What a card says in place of a list.
ALL_LANGUAGES = "multilingual"


def stated_languages(model: str) -> frozenset[str]:
    """The languages of a model, as ISO 639-1 codes or ``ALL_LANGUAGES``; English alone where its card states none.

    Source of the format: the YAML at the beginning of a card on the Hugging Face hub, key ``language``.

    Args:
        model: A folder, or a hub id, whose card is fetched once if it did not come with the model.
    """
    stated: Any = _metadata(model).get("language") or ENGLISH
    languages = [stated] if isinstance(stated, str) else stated
    return frozenset(str(language).lower().partition("-")[0] for language in languages)


def is_among(language: str, languages: frozenset[str]) -> bool:
    """Whether a language is one of those that are stated."""
    return language in languages or ALL_LANGUAGES in languages


def _metadata(model: str) -> dict[str, Any]:
    if not has_extra("models"):
        return {}  # it cannot be loaded, and whoever tries says so; the hub is asked nothing
    from huggingface_hub import hf_hub_download, metadata_load, try_to_load_from_cache

    try:
        folder = Path(model).expanduser()
        card = folder / CARD if folder.is_dir() else try_to_load_from_cache(model, CARD)
        if card is None:
            card = hf_hub_download(model, CARD)
        return (metadata_load(card) if isinstance(card, str | Path) else None) or {}
    # What a card of somebody else raises is open-ended, and each means that it states nothing.
    except Exception:  # noqa: BLE001
        return {}
