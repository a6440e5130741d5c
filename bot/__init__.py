"""Questions -> answers in which every quote is verified, and the faces that show them.

Only what ``__all__`` lists is promised; the names stand in ``__init__.pyi``.
"""

from __future__ import annotations

from retrieval.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
