"""Draws docs/answer.svg: what a terminal shows for one real answer. Run it with ``python docs/picture.py``."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import AnswerChain
from bot.cli.answer_display import small_print
from bot.cli.terminal import draw_blocks
from bot.render import render_answer

QUESTION = "How many planes did they take?"
WIDTH = 84


def main() -> None:
    """Ask, draw and save."""
    chain = AnswerChain.from_settings()
    chain.invoke(QUESTION)  # the first answer waits for the model; the picture shows a warm one
    answer = chain.invoke(QUESTION)
    console = Console(record=True, force_terminal=True, width=WIDTH, file=StringIO())
    console.print(Text.assemble(("$ ", "dim"), f'pullquote ask "{QUESTION}"'))
    draw_blocks(console, render_answer(answer), small_print(answer))
    Path(__file__).with_name("answer.svg").write_text(console.export_svg(title="pullquote"), encoding="utf-8")


if __name__ == "__main__":
    main()
