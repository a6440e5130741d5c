"""Both ways to search the dense side: tests' libraries are so small that Chroma would never be asked."""

from __future__ import annotations

import pytest

from retrieval.index import dense


@pytest.fixture(params=[dense.FEW, 0], ids=["compared", "asked-of-chroma"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Up to how many vectors this process compares by itself; a program that is started has to be told."""
    number: int = request.param
    monkeypatch.setattr(dense, "FEW", number)
    monkeypatch.setattr(dense, "MOST_MAPPED", number)
    return number


@pytest.fixture
def kept_by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes that are made now have no vectors of their own beside Chroma's, as older ones have none."""
    monkeypatch.setattr(dense, "MOST_MAPPED", 0)
