"""Draws docs/answer.svg: what a terminal shows for one real answer. Run it with ``python docs/picture.py``.

Rich's own SVG sets each run of words at its place and stretches it to a length that some renderers do not know, which
then lets words run into each other. Here a line is one text, so that any fixed-width font keeps it whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import Answer, AnswerChain
from bot.cli.answer_display import small_print
from bot.cli.terminal import draw_blocks
from bot.render import render_answer

QUESTION = "How many planes did they take?"
WIDTH = 84
# The first answer waits for the model, and others for whatever else the machine does; the picture shows a warm one.
ANSWERS = 8

# In pixels. A letter is a little wider than in most fixed-width fonts, so that lines end inside of the window.
LETTER, LINE, TOP, SIDE = 12.2, 24.4, 64, 16
CLASSES = {"bold": "b", "dim": "d", "color(6)": "c"}
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"
 xml:space="preserve">
<title>A question in a terminal, and its answer</title>
<style>
text {{ font: 20px "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace; fill: #d0d3d1; }}
.b {{ font-weight: bold; }}
.d {{ fill: #94979b; }}
.c {{ fill: #7ab6ca; }}
</style>
<rect x="1" y="1" width="{inner_width}" height="{inner_height}" rx="8" fill="#24262b" stroke="#5c5f66"/>
<circle cx="26" cy="22" r="7" fill="#ff5f57"/>
<circle cx="48" cy="22" r="7" fill="#febc2e"/>
<circle cx="70" cy="22" r="7" fill="#28c840"/>
{lines}
</svg>
"""


def main() -> None:
    """Ask, draw and save."""
    chain = AnswerChain.from_settings()
    answers = [chain.invoke(QUESTION) for _ in range(ANSWERS)]
    shown = list(shown_lines(min(answers, key=lambda answer: answer.timings_ms["total"])))
    width, height = round(2 * SIDE + WIDTH * LETTER), round(TOP + (len(shown) - 1) * LINE + SIDE)
    lines = [f'<text x="{SIDE}" y="{TOP + n * LINE:.1f}">{line}</text>' for n, line in enumerate(shown) if line]
    picture = PICTURE.format(
        width=width, height=height, inner_width=width - 2, inner_height=height - 2, lines="\n".join(lines)
    )
    Path(__file__).with_name("answer.svg").write_text(picture, encoding="utf-8")


def shown_lines(answer: Answer) -> Iterator[str]:
    """The lines of the terminal, each as the inside of a ``<text>``."""
    terminal = StringIO()
    console = Console(force_terminal=True, color_system="standard", width=WIDTH, file=terminal)
    console.print(Text.assemble(("$ ", "dim"), f'pullquote ask "{QUESTION}"'))
    draw_blocks(console, render_answer(answer), small_print(answer))
    for line in terminal.getvalue().splitlines():
        text = Text.from_ansi(line)
        text.rstrip()
        yield "".join(_run(segment.text, str(segment.style or "")) for segment in text.render(console))


def _run(words: str, style: str) -> str:
    # Renderers that do not know xml:space keep no-break spaces at least.
    drawn = escape(words, quote=False).replace(" ", "\N{NO-BREAK SPACE}")
    classes = " ".join(CLASSES[name] for name in style.split() if name in CLASSES)
    return f'<tspan class="{classes}">{drawn}</tspan>' if classes else drawn


if __name__ == "__main__":
    main()
