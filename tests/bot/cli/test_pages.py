"""A PDF through the installed program: the answer says on which page its words stand."""

from __future__ import annotations

from pathlib import Path

from tests.bot.json_checks import parse_lines
from tests.conftest import Run
from tests.retrieval.loaders.pdf.pdf_files import handbook


def test_an_answer_from_a_pdf_has_its_page(program: Run, tmp_path: Path) -> None:
    path = tmp_path / "handbook.pdf"
    path.write_bytes(handbook())
    assert program("index", str(path), "--collection", "club").code == 0
    questions = "How much does a day ticket cost?\nHow are the self-employed lifeguards paid?\n"
    asked = program("ask", "--json", "-", "--collection", "club", stdin=questions.encode())
    assert asked.code == 0, asked
    (fee,), (guards,) = (line["citations"][:1] for line in parse_lines(asked.out))
    assert (fee["quote"][:30], fee["page"]) == ("A day ticket costs 4.50 euros.", 3)
    assert (guards["quote"][:50], guards["page"]) == ("The self-employed lifeguards are paid by the hour.", 2)
