"""Loading Chroma's Python client, also for a user who has no home folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from retrieval.fork_safety import ForkedLock

_loading = ForkedLock()


def import_chroma() -> None:
    """Load the client's modules; they ask for a home folder as they load, for what Pullquote never has them write.

    In a container the user may have none: no HOME and no line in ``/etc/passwd``.
    """
    with _loading:
        try:
            Path.home()
            homeless = False
        except RuntimeError:
            homeless = True
            os.environ["HOME"] = tempfile.gettempdir()
        try:
            import chromadb  # noqa: F401 (it stays loaded)
        finally:
            if homeless:
                del os.environ["HOME"]
