"""What the long runs share with the fault tests."""

from __future__ import annotations

from tests.faults.conftest import client, few, indexed, papers

__all__ = ["client", "few", "indexed", "papers"]
