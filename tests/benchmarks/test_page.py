"""The benchmark's tables say what was measured, and the run before stays on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.asked import COUNT, corpus_questions
from tests.benchmarks.measuring import Measured, Row, Spread
from tests.benchmarks.page import PLOT, growth_row, tables, write

MARKS = (
    "speed", "machine", "before", "before-machine", "bot", "bot-machine", "pages", "pages-machine", "parts", "growth",
)  # fmt: skip
CORPUS = {"documents": 3, "words": 5000, "chunks": 40}


def spread(*values: float) -> Spread:
    return Spread(values)


@pytest.fixture
def measured() -> Measured:
    rows = [
        Row("cold, s", spread(1.0, 0.9, 1.4), spread(6.0, 5.0, 7.0), most=1.5, times=5),
        Row("speed, words", spread(300.0), spread(200.0), times=2, more_is_better=True, digits=0),
        Row("alone, ms", spread(80.0), digits=0),
    ]
    growth = {1000: spread(4.0, 5.0), 200_000: spread(10.0, 9.0)}
    return Measured(rows, {"import": 300.0, "search": 20.4, "verify": 0.4, "show": 0.2}, growth, CORPUS)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    page = tmp_path / "benchmarks.md"
    page.write_text(
        "# Benchmarks\n\n" + "\n".join(f"<!-- table:{name} -->\n<!-- /table:{name} -->\n" for name in MARKS)
    )
    return page


def test_rows_say_which_goals_are_reached(measured: Measured) -> None:
    cold, speed, alone = (line.split(" | ") for line in tables(measured)["speed"].splitlines()[2:5])
    assert cold == ["| cold, s", "1.00 (0.90–1.40)", "6.00 (5.00–7.00)", "6.0", "5 times better, at most 1.5", "yes |"]
    assert speed == ["| speed, words", "300", "200", "1.5", "2 times better", "**no** |"]
    assert alone == ["| alone, ms", "80", "–", "–", "–", "– |"]


@pytest.mark.parametrize(("most", "times", "holds"), [(1.0, None, True), (0.9, None, False), (1.0, 7.0, False)])
def test_a_goal_holds_only_whole(most: float, times: float | None, *, holds: bool) -> None:
    assert Row("x", spread(1.0), spread(6.0), most=most, times=times).holds is holds


def test_the_parts_add_up_as_they_are_printed(measured: Measured) -> None:
    measured.parts = {"import": 300.4, "search": 20.4, "choose": 20.4, "verify": 0.4, "show": 0.2}
    rows = [line.strip("| ").split(" | ") for line in tables(measured)["parts"].splitlines()[2:]]
    assert rows[:1] == [["import", "300"]]
    assert rows[-1] == ["**all**", "342"]
    assert sum(int(ms) for _, ms in rows[:-1]) == 342


def test_growth_is_the_median_of_the_largest_by_that_of_the_smallest(measured: Measured) -> None:
    assert growth_row(measured.growth).own.values == (9.5 / 4.5,)


def test_the_run_before_stays(measured: Measured, page: Path) -> None:
    write(page, measured)
    first = page.read_text()
    assert first.count("| cold, s |") == 1
    assert page.with_name(PLOT).read_text().startswith("<?xml")
    measured.rows[0] = Row("cold, s", spread(0.8))
    write(page, measured)
    second = page.read_text()
    assert second.index("| 0.80 |") < second.index("1.00 (0.90–1.40)")
    assert second.count("5,000 words") == 2


def test_pdf_files_alone_leave_the_other_tables_as_they_are(measured: Measured, page: Path) -> None:
    write(page, measured)
    pages = [Row("reading, pages", spread(90.0), spread(20.0), more_is_better=True, digits=0)]
    write(page, Measured(pages=pages, machine=(("date", "today"),)))
    text = page.read_text()
    assert text.count("| cold, s |") == 1
    assert "| reading, pages | 90 | 20 | 4.5 | – | – |" in text
    assert "| date | today |" in text


def test_the_bot_alone_leaves_the_other_tables_as_they_are(measured: Measured, page: Path) -> None:
    write(page, measured)
    bot = [Row("memory, MB", spread(401.4), digits=0)]
    write(page, Measured(bot=bot, corpus=CORPUS, machine=(("date", "today"),)))
    text = page.read_text()
    assert text.count("| cold, s |") == 1
    assert "| memory, MB | 401 |" in text
    assert "| date | today |\n| corpus | 3 documents, 5,000 words, 40 chunks |" in text


def test_questions_are_made_of_the_texts_where_none_are_given(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(COUNT + 5)]
    for number, file in enumerate(files):
        file.write_text(f"The lighthouse keeper of harbour {number} counted every passing vessel carefully. Short one.")
    questions = corpus_questions(files, None)
    assert len(questions) == COUNT
    assert questions[0] == "What is said about lighthouse, counted, passing, carefully?"
    assert questions == corpus_questions(files, None)
