"""How much a page unfolds into, found before PDFium draws it: that library has no limits of its own.

A form is drawn as often as its name stands in what draws it, and may draw others: forty forms that each draw the next
one twice are a million million drawings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retrieval.loaders.load_errors import too_much

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_DRAWINGS = 20_000
DRAWING = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


class Unfolding:
    """Counts the drawings of pages; a form that many pages share is looked at once."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def check(self, page: PageObject) -> None:
        """Make sure that a page can be drawn.

        Raises:
            SourceError: If it unfolds into too much.
            LimitReachedError: From pypdf, if what draws it does.
        """
        content = page.get_contents()
        if content is not None:
            self._drawings(content.get_data(), page, ())

    def _drawings(self, content: bytes, holder: Any, around: tuple[int, ...]) -> int:
        forms = _forms(holder)
        total = 1
        if forms:
            for name in DRAWING.findall(content):
                form = forms.get("/" + name.decode("latin-1"))
                if form is not None:
                    total += self._of_form(form, around)
                if total > MAX_DRAWINGS:
                    raise too_much()
        return total

    def _of_form(self, form: Any, around: tuple[int, ...]) -> int:
        key = id(form)
        if key in around:  # PDFium stops there as well
            return 0
        if key not in self._counts:
            self._counts[key] = self._drawings(form.get_data(), form, (*around, key))
        return self._counts[key]


def _forms(holder: Any) -> dict[str, Any]:
    resources = holder.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    if drawn is None:
        return {}
    objects = ((str(name), one.get_object()) for name, one in drawn.get_object().items())
    return {name: one for name, one in objects if isinstance(one, dict) and one.get("/Subtype") == "/Form"}
