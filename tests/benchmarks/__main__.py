"""Measure everything, print it, and rewrite the page that tells it: ``python -m tests.benchmarks CORPUS``."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.asked import ARTICLE, corpus_questions
from tests.benchmarks.bot_program import QUESTIONS, measure_bot
from tests.benchmarks.growth import measure_growth
from tests.benchmarks.machine import machine, origin
from tests.benchmarks.measuring import (
    ANSWERS,
    INDEXED_FILES,
    Measured,
    Row,
    measure_answering,
    measure_asking,
    measure_corpus,
    measure_imports,
    measure_indexing,
    measure_parts,
    measure_searching,
    say,
    told,
)
from tests.benchmarks.page import tables, write
from tests.benchmarks.pdf_pages import measure_pages
from tests.benchmarks.programs import PULLQUOTE, module, run


def measure_all(corpus: Path, given: Path | None, scratch: Path, *, whole: bool) -> Measured:
    """Run the whole benchmark in an empty folder."""
    files = sorted(corpus.glob("*.txt"))
    questions = corpus_questions(files, given)
    # First of all: what fails here fails at once.
    measured = Measured(machine=(*machine(), origin(len(questions), given)))
    article, store, library = scratch / "article", scratch / "article-plain", scratch / "library"
    of_article, of_corpus = scratch / "article.json", scratch / "corpus.json"
    of_article.write_text(json.dumps(ARTICLE), "utf-8")
    of_corpus.write_text(json.dumps(questions), "utf-8")

    say("One question, from start to exit …")
    run(*PULLQUOTE, "ask", ARTICLE[0], home=article, accepted=ANSWERS)
    text = next(path for path in (article / "texts").glob("*.txt"))
    run(*module("plain", "index", str(store), str(text)), home=article)
    measured.rows += told(measure_asking(article, store, ARTICLE[0]))
    measured.rows += told(measure_searching(article, store, of_article))
    measured.parts = measure_parts(article, ARTICLE[0])
    measured.rows += told(measure_imports(article))

    say(f"Indexing {INDEXED_FILES} documents …")
    # Spread over the names, so that nobody chose.
    some = files[:: max(1, len(files) // INDEXED_FILES)][:INDEXED_FILES]
    measured.rows += told(measure_indexing(some, scratch))

    say(f"Indexing all {len(files)} documents …")
    rows, measured.corpus = measure_corpus(corpus, files, library, scratch / "library-plain" if whole else None)
    measured.rows += told(rows)
    say("Answers over all of them …")
    measured.rows += told(measure_answering(library, of_corpus))
    measured.bot = measure_discord(library, files, given)
    say("Growth …")
    measured.growth = measure_growth(library, scratch / "grown", of_corpus)
    measured.pages = measure_pdf(files, scratch)
    return measured


def measure_bot_alone(corpus: Path, given: Path | None, scratch: Path) -> Measured:
    """Index the corpus, and measure the Discord bot over it."""
    files = sorted(corpus.glob("*.txt"))
    measured = Measured(machine=machine())
    say(f"Indexing all {len(files)} documents …")
    _, measured.corpus = measure_corpus(corpus, files, scratch / "library", None)
    measured.bot = measure_discord(scratch / "library", files, given)
    return measured


def measure_discord(library: Path, files: Sequence[Path], given: Path | None) -> list[Row]:
    """The Discord bot over a library."""
    say("The Discord bot …")
    return told(measure_bot(library, corpus_questions(files, given, QUESTIONS)))


def measure_pdf(files: Sequence[Path], scratch: Path) -> list[Row]:
    """How fast PDF files are read and indexed."""
    say("PDF files …")
    return told(measure_pages(files, scratch / "pdf"))


def main() -> None:
    """Read the arguments, measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of text files (*.txt)")
    parser.add_argument("--questions", type=Path, help="a folder of questions in SQuAD's format; made up without it")
    parser.add_argument("--write", type=Path, help="the Markdown file whose marked tables are rewritten")
    parser.add_argument("--only-pdf", action="store_true", help="measure how fast PDF files are read, and nothing else")
    parser.add_argument("--only-bot", action="store_true", help="measure the Discord bot, and nothing else")
    parser.add_argument("--whole", action="store_true", help="give the plain pipeline the whole corpus, too")
    arguments = parser.parse_args()
    if not any(arguments.corpus.glob("*.txt")):
        parser.error(f"{arguments.corpus} holds no text file; name a folder of *.txt files")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pullquote-benchmark-") as scratch:
        corpus = arguments.corpus.resolve()
        if arguments.only_pdf:
            measured = Measured(pages=measure_pdf(sorted(corpus.glob("*.txt")), Path(scratch)), machine=machine())
        elif arguments.only_bot:
            measured = measure_bot_alone(corpus, arguments.questions, Path(scratch))
        else:
            measured = measure_all(corpus, arguments.questions, Path(scratch), whole=arguments.whole)
    for table in tables(measured).values():
        print(f"{table}\n")  # noqa: T201 (a program for a terminal)
    if arguments.write:
        write(arguments.write, measured)
    say(f"It took {(time.monotonic() - began) / 60:.0f} minutes.")


if __name__ == "__main__":
    main()
