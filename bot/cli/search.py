"""``pullquote search``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.cli.json_batch import prepare_question, print_json
from bot.cli.options import AsJson, Collections, Words, chosen
from bot.cli.startup import load_settings
from bot.cli.terminal import show_blocks, waiting
from bot.json_output import passages_to_json
from bot.quotes import cite
from bot.render import Block, BlockKind, place_of, visible
from retrieval import HybridSearch, Passage

Count = Annotated[int | None, typer.Option("-k", min=1, max=50, help="How many (default: PULLQUOTE_PASSAGES).")]


def search(words: Words, k: Count = None, collection: Collections = None, as_json: AsJson = False) -> None:
    """Show the passages that fit a question best."""
    text, collections = " ".join(words), chosen(collection)
    finder = HybridSearch.from_settings(load_settings(), collections)

    def search_line(question: str, question_id: Any) -> Mapping[str, Any]:
        return passages_to_json(question, finder.passages(question, k=k), question_id)

    if as_json:
        print_json(text, finder.library, collections, search_line)
        return
    prepare_question(text, finder.library, collections)
    with waiting("Looking for passages…"):
        passages = finder.passages(text, k=k)
    show_blocks([block for passage in passages for block in _blocks(passage)])


def _blocks(passage: Passage) -> list[Block]:
    place = place_of(cite(passage.source, passage.span, None))
    return [
        Block(BlockKind.QUOTE, visible(passage.text)),
        Block(BlockKind.PLACE, f"{place}, score {passage.score:.3f}"),
    ]
