"""How an answer was made, and what a server is told where only the one who asked is told that nothing was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MakingTexts:
    """How an answer was made, and what becomes of a refusal that only one person reads."""

    # Under a passage: how its answer was made.
    making_heading: str
    making_sure: str
    making_unsure: str
    making_refused: str
    making_time: str
    making_by_rules: str
    making_by_chat_model: str

    # Refusals for the person who asked alone.
    refusal_sent: str
    refusal_not_sent: str
