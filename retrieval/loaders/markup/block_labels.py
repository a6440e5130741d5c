"""The labels of a page's blocks, found while it is walked through: lists and what leads to them, terms, bold names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from retrieval.loaders.composer import BlockLabel, TextBlock
from retrieval.loaders.labels import announcement, last_sentence, name_and_told
from retrieval.loaders.markup.table_rows import TableRow
from retrieval.types import LabelKind, Span

LISTS = ("ul", "ol", "menu")
Block = TypeVar("Block", bound=TextBlock)
# A block with those of its words that lead to another one.
Lead = tuple[TextBlock, Span]


class BlockLabels:
    """Knows of the blocks before what the next one needs."""

    def __init__(self) -> None:
        self._before: TextBlock | None = None
        self._leads: list[Lead | None] = []  # to each of the lists around
        self._summaries: list[TextBlock | None] = []  # of each of the <details> around
        self._terms: list[TextBlock] = []
        self._defined = False
        self._in_term = self._in_definition = self._in_summary = 0

    @property
    def within_list(self) -> bool:
        """Whether what is read stands in a list, of items or of terms."""
        return bool(self._leads or self._in_term or self._in_definition)

    def enter(self, name: str) -> None:
        """An element of that name begins; what stood before it has been read."""
        if name in LISTS:
            self._leads.append(self._lead(nested=bool(self._leads)))
        elif name == "li":
            self._before = None  # what leads to a list inside of it is its own
        elif name == "dt" and self._defined:
            self._terms, self._defined = [], False
        elif name == "details":
            self._summaries.append(None)
        self._in_term += name == "dt"
        self._in_definition += name == "dd"
        self._in_summary += name == "summary"

    def leave(self, name: str) -> None:
        """It ends."""
        if name in LISTS:
            self._leads.pop()
            self._before = None
        elif name == "dl":
            self._terms = []
        elif name == "details":
            self._summaries.pop()
        self._in_term -= name == "dt"
        self._in_definition -= name == "dd"
        self._in_summary -= name == "summary"

    def of_text(self, text: str, name: str, start: int = 0) -> tuple[bool, tuple[BlockLabel, ...]]:
        """Whether a paragraph is nothing but a name in bold, as a heading is, and its labels.

        Args:
            text: The paragraph.
            name: What of it is written in bold at its beginning, if anything is.
            start: Where that beginning is, after the number of a list's item.
        """
        whole = Span(0, len(text))
        labels = self._around(whole)
        if self._in_definition:
            self._defined = True
            labels += [BlockLabel(LabelKind.TERM, Span(0, len(term.text)), whole, term) for term in self._terms]
        end = start + len(name)
        found = name_and_told(text, Span(start, end), end, len(text)) if text.startswith(name, start) else None
        if found and found[1]:
            labels.append(BlockLabel(LabelKind.TERM, found[0], found[1]))
        bold = found is not None and found[1] is None and not self.within_list
        return bold, tuple(labels)

    def of_code(self, text: str) -> tuple[BlockLabel, ...]:
        """The labels of a block of code."""
        whole, lead = Span(0, len(text)), self._lead()
        announced = [BlockLabel(LabelKind.CODE, lead[1], whole, lead[0])] if lead else []
        return tuple(self._around(whole) + announced)

    def of_rows(self, rows: Sequence[TableRow], make: Callable[..., Block]) -> list[Block]:
        """The rows of a table as blocks; ``make`` makes one of its text and its ``labels``."""
        lead = self._lead()
        blocks: list[Block] = []
        for row in rows:
            whole = Span(0, len(row.text))
            labels = self._around(whole)
            labels += [BlockLabel(LabelKind.LEAD_IN, lead[1], whole, lead[0])] if lead else []
            labels += [
                BlockLabel(label.kind, label.words, label.span, blocks[label.row] if label.row < len(blocks) else None)
                for label in row.labels
            ]
            blocks.append(make(row.text, labels=tuple(labels)))
        return blocks

    def note(self, block: TextBlock | None) -> None:
        """This block was read last; None after one that leads to nothing."""
        self._before = block
        if block and self._in_term:
            self._terms.append(block)
        if block and self._in_summary and self._summaries:
            self._summaries[-1] = block

    def _around(self, whole: Span) -> list[BlockLabel]:
        """The labels of all that stands here: the summaries of what folds around it, and what leads to its lists."""
        summaries = self._summaries[:-1] if self._in_summary else self._summaries
        return [
            *(BlockLabel(LabelKind.TERM, Span(0, len(one.text)), whole, one) for one in filter(None, summaries)),
            *(BlockLabel(LabelKind.LEAD_IN, words, whole, block) for block, words in filter(None, self._leads)),
        ]

    def _lead(self, *, nested: bool = False) -> Lead | None:
        """The block before with what of it leads to what stands here; in an item its last sentence does in any case."""
        before = self._before
        if before is None:
            return None
        whole = Span(0, len(before.text))
        words = last_sentence(before.text, whole) if nested else announcement(before.text, whole)
        return (before, words) if words and len(words) else None
