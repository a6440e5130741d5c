"""What the long runs share with the fault tests."""

from __future__ import annotations

from tests.faults.conftest import client, indexed, papers

__all__ = ["client", "indexed", "papers"]
