"""Pages of PDF: how fast they are read, and how fast they are indexed, beside the plain pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.benchmarks.measuring import Row, Spread, turn_by_turn
from tests.benchmarks.programs import PULLQUOTE, Ran, module, run

FILES = 20
WORDS_A_FILE = 10_000


def measure_pages(texts: Sequence[Path], scratch: Path) -> list[Row]:
    """The rows of the table; the files are made of the first words of some texts, a paragraph each."""
    scratch.mkdir()
    files = [str(path) for path in _typeset(texts, scratch)]
    homes = iter(range(10_000))
    pages = int(run(*module("plain", "read", *files), home=scratch).said["pages"])

    def read(side: str) -> Ran:
        return run(*module(side, "read", *files), home=scratch)

    def own() -> Ran:
        return run(*PULLQUOTE, "index", *files, home=scratch / f"own-{next(homes)}")

    def plain() -> Ran:
        folder = scratch / f"plain-{next(homes)}"
        return run(*module("plain", "index", str(folder), *files), home=folder)

    reading, plain_reading = (
        Spread(tuple(pages / one.said["seconds"] for one in side))
        for side in turn_by_turn(lambda: read("own"), lambda: read("plain"))
    )
    indexing, plain_indexing = (Spread(tuple(pages / one.seconds for one in side)) for side in turn_by_turn(own, plain))
    of = f"{len(files)} PDF files of {pages} pages"
    return [
        Row(f"reading {of}, pages a second", reading, plain_reading, more_is_better=True, digits=0),
        Row(f"indexing {of}, pages a second", indexing, plain_indexing, times=3, more_is_better=True, digits=1),
    ]


def _typeset(texts: Sequence[Path], folder: Path) -> Iterator[Path]:
    """PDF files of some texts, spread over the names so that nobody chose."""
    style = getSampleStyleSheet()["BodyText"]
    for path in texts[:: max(1, len(texts) // FILES)][:FILES]:
        made, words, story = folder / f"{path.stem}.pdf", 0, []
        for paragraph in path.read_text("utf-8").split("\n"):
            words += len(paragraph.split())
            story.append(Paragraph(escape(paragraph), style))
            if words > WORDS_A_FILE:
                break
        SimpleDocTemplate(str(made), pagesize=A4, title=path.stem).build(story)
        yield made
