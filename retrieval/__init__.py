"""Documents -> passages: a library that knows where every word stands.

Only what ``__all__`` lists is promised; the names stand in ``__init__.pyi``.
"""

from __future__ import annotations

import os

from retrieval.lazy_names import lazy_names

# ONNX Runtime, from 1.29 on, reports to its makers and keeps an identifier on disk, unless it finds this when it is
# loaded; its own function for that comes too late. Whoever imports a module of ours comes by here first, and what we
# start inherits it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__getattr__, __dir__, __all__ = lazy_names(__name__)
