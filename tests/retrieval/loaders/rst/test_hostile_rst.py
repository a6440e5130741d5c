"""reStructuredText that is made to read other files, or to break who reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import SourceError, load_bytes
from retrieval.loaders.rst.document import extract
from tests.retrieval.loaders.bounded import read_bounded
from tests.retrieval.strategies import SLOW_PROPERTY


@pytest.mark.usefixtures("programs")
def test_nothing_but_the_text_itself_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush hush", encoding="utf-8")
    uses = f".. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n.. csv-table::\n   :file: {secret}\n\n"
    uses += (
        f".. literalinclude:: {secret}\n\n.. code-block::\n   :include: {secret}\n\n.. raw:: html\n\n   <b>raw</b>\n\n"
    )
    assert "hush" not in extract(f"{uses}End.\n".encode()).text
    with pytest.raises(SourceError, match=r"is empty; there is nothing to index"):
        load_bytes(f".. include:: {secret}\n".encode(), name="book.rst", uri="test:book")


HOSTILE = {
    "deep lists": "".join("  " * n + "* a\n\n" for n in range(2_000)),
    "deep directives": "".join("   " * n + ".. note::\n\n" for n in range(1_500)),
    "a bomb of substitutions": ".. |a0| replace:: ha\n"
    + "".join(f".. |a{n}| replace:: {f'|a{n - 1}| ' * 10}\n" for n in range(1, 12))
    + "\n|a11|\n",
    "a circle of substitutions": ".. |a| replace:: |b|\n.. |b| replace:: |a|\n\n|a|\n",
    "a wide table": "+" + "-+" * 200 + "\n" + ("|" + "a|" * 200 + "\n+" + "-+" * 200 + "\n") * 100,
    "many unknown names": "".join(f".. d{n}::\n\n   x\n\n:r{n}:`y`\n\n" for n in range(2_000)),
    "many targets": "".join(f".. _t{n}:\n" for n in range(5_000)) + "\nEnd.\n",
    "a long line": "a" * 30_000,
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", HOSTILE)
def test_texts_that_are_made_to_burst_are_read_or_refused(case: str, tmp_path: Path) -> None:
    outcome = read_bounded("rst", f"Words.\n\n{HOSTILE[case]}".encode(), tmp_path)
    assert outcome.text.startswith("Words.") or "unfolds into more than" in outcome.refusal
    assert outcome.seconds < 60


SIGNS = [
    "*", "**", "`", "``", "|", "_", "::", ".. ", ".. note:: ", ":a: ", "=====", "-----", "\n", "\n\n", "   ", "word",
    "- ", "1. ", "+--+", "| ", "[1]_", ".. [1] ", ":ref:`a`", "\\",
]  # fmt: skip


@SLOW_PROPERTY
@given(st.lists(st.sampled_from(SIGNS), max_size=40))
def test_any_mixture_of_its_signs_is_read(signs: list[str]) -> None:
    extracted = extract(f"Words.\n\n{''.join(signs)}".encode())
    extracted.check()
    text = extracted.text
    assert text == text.strip()
    assert "\n\n\n" not in text
    lines = [line or 0 for line in (place.line for place in extracted.places)]
    assert all(line >= 1 for line in lines)
