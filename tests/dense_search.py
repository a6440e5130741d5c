"""Both ways to search the dense side: most tests' libraries are so small that Chroma would never be asked."""

from __future__ import annotations

import pytest

from retrieval import dense


@pytest.fixture(params=[dense.FEW, 0], ids=["compared", "asked-of-chroma"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Up to how many vectors this process compares by itself; a program that is started has to be told."""
    number: int = request.param
    monkeypatch.setattr(dense, "FEW", number)
    return number
