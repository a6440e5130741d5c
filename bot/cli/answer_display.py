"""An answer in a terminal: statements as they are written and checked, then the quotes they rest on."""

from __future__ import annotations

from itertools import takewhile

from bot.cli.terminal import draw_blocks, drawing_screen, show_blocks, waiting
from bot.pipeline import AnswerPipeline
from bot.render import Block, BlockKind, render_answer
from bot.safe_text import one_line
from bot.types import EXTRACTIVE, Answer, Question

# What is only ever added to while a chat model writes.
GROWING = {BlockKind.READING, BlockKind.DOCUMENTS, BlockKind.STATEMENT}


def ask_and_show(pipeline: AnswerPipeline, question: Question, *, explain: bool = False) -> Answer:
    """Ask, show the answer while it grows, and give it back.

    Raises:
        QuestionError: If the question cannot be asked.
        RetrievalError: If the library cannot be used.
    """
    console, drawn = drawing_screen(), 0
    with waiting("Looking for the words…") as spinner:
        for answer in pipeline.snapshots(question):
            if console and answer.mode != EXTRACTIVE:
                grown = list(takewhile(lambda block: block.kind in GROWING, render_answer(answer)))
                if spinner is not None and grown:
                    spinner.stop()
                draw_blocks(console, grown, "", drawn)
                drawn = len(grown)
    blocks = [*render_answer(answer), *(explanation(answer) if explain else [])]
    if console:
        draw_blocks(console, blocks, small_print(answer), drawn)
    else:
        show_blocks(blocks)
    return answer


def explanation(answer: Answer) -> list[Block]:
    """How sure the answer is, and the verdict on each statement, those that are not shown above among them."""
    if answer.reply is not None:
        return []
    sure = f"{answer.certainty or 'not found'}: confidence {answer.confidence:.2f}"
    shown = [f"{statement.verdict}: {statement.text}" for statement in answer.statements]
    left_out = [f"left out: {one.text} ({one.verdict})" for one in answer.left_out]
    return [Block(BlockKind.NOTICE, one_line(line)) for line in (sure, *shown, *left_out)]


def small_print(answer: Answer) -> str:
    """What a terminal shows under an answer; nothing under the reply to small talk."""
    if answer.reply is not None:
        return ""
    count = len(answer.citations)
    proof = f"{count} quote{'s' if count > 1 else ''}, checked against the source · " if count else ""
    model = "" if answer.mode == EXTRACTIVE else f"chat model {answer.mode} · "
    return f"{proof}{model}{answer.timings_ms.get('total', 0) / 1000:.1f} s"
