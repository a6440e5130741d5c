"""What the bot asked of Discord, and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Request:
    """One request; ``status`` is ``None`` while it is carried out, and 0 when its connection was cut."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    json: Any = field(repr=False, default=None)
    files: dict[str, bytes] = field(repr=False, default_factory=dict)
    status: int | None = None
    response: Any = field(repr=False, default=None)
    fault: str = ""
    took: float = 0.0

    def line(self, started: float) -> str:
        """Describe it in one line for the message of a test that failed."""
        told = f" {self.response}" if self.status is not None and self.status >= 400 else ""
        fault = f" [{self.fault}]" if self.fault else ""
        body = f" {str(self.json)[:300]}" if self.json is not None else ""
        return f"{self.at - started:8.3f}s {self.method} {self.path} -> {self.status}{fault}{told}{body}"
