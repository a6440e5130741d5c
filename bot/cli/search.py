"""``pullquote search``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import AsJson, Collections, Words, asked, chosen
from bot.cli.startup import load_settings

if TYPE_CHECKING:
    from bot.render import Block
    from retrieval import Passage

Count = Annotated[
    int | None, typer.Option("-k", min=1, max=50, help="How many passages (default: PULLQUOTE_PASSAGES).")
]


def search(words: Words, k: Count = None, collection: Collections = None, as_json: AsJson = False) -> None:
    """Show the passages that fit a question best."""
    text, collections = asked(words, as_json=as_json), chosen(collection)
    settings = load_settings()
    from bot.cli.json_batch import print_json  # all this is imported while the network is loaded
    from bot.cli.terminal import prepare, show_blocks, waiting
    from bot.json_output import passages_to_json
    from retrieval import HybridSearch, Library

    finder = HybridSearch(Library(settings), collections, settings.passages)

    def search_line(question: str, question_id: Any) -> Mapping[str, Any]:
        return passages_to_json(question, finder.passages(question, k=k), question_id)

    if as_json:
        print_json(text, finder.library, collections, search_line)
        return
    prepare(finder.library, collections)
    with waiting("Looking for passages…"):
        passages = finder.passages(text, k=k)
    show_blocks([block for passage in passages for block in _blocks(passage)])


def _blocks(passage: Passage) -> list[Block]:
    from bot.quotes import cite
    from bot.render import Block, BlockKind
    from bot.safe_text import visible

    place = cite(passage.source, passage.span, None).place
    return [
        Block(BlockKind.QUOTE, visible(passage.text)),
        Block(BlockKind.PLACE, f"{place}, score {passage.score:.3f}"),
    ]
