"""``pullquote search``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.ask import ONLY_QUESTION
from bot.cli.batch import FROM_STANDARD_INPUT, run_batch
from bot.cli.options import AsJson, Collections, Words, chosen
from bot.cli.terminal import json_alone, prepare, show_blocks, waiting
from bot.contract import passages_to_json
from bot.errors import QuestionError
from bot.questions import check_question
from bot.render import Block, Kind, one_line, visible
from bot.settings import Settings
from retrieval import HybridRetriever, Passage

Count = Annotated[int | None, typer.Option("-k", min=1, max=50, help="How many (default: PULLQUOTE_PASSAGES).")]


def search(words: Words, k: Count = None, collection: Collections = None, as_json: AsJson = False) -> None:
    """Show the passages that fit a question best."""
    text, collections = " ".join(words), chosen(collection)
    retriever = HybridRetriever.from_settings(Settings.load(), collections=collections)

    def search_line(question: str, question_id: Any) -> dict[str, Any]:
        return passages_to_json(question, retriever.passages(question, k=k), question_id)

    if text == FROM_STANDARD_INPUT:
        if not as_json:
            raise QuestionError("Questions from standard input are answered as JSON; run `pullquote search --json -`.")
        with json_alone() as write:
            prepare(retriever.library, collections)
            retriever.library.open_collections(collections)
            run_batch(search_line, write)
        return
    check_question(text)
    prepare(retriever.library, collections)
    if as_json:
        with json_alone() as write:
            write(search_line(text, ONLY_QUESTION))
        return
    with waiting("Looking for passages…"):
        passages = retriever.passages(text, k=k)
    show_blocks([block for passage in passages for block in _blocks(passage)])


def _blocks(passage: Passage) -> list[Block]:
    line = passage.source.line(passage.span.start)
    return [
        Block(Kind.QUOTE, visible(passage.text)),
        Block(Kind.PLACE, f"{one_line(passage.source.title)}, line {line}, score {passage.score:.3f}"),
    ]
