"""``pullquote ask``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from bot.cli.exit_codes import NOT_FOUND
from bot.cli.options import AsJson, Collections, Explain, Quotes, Words, asked, chosen
from bot.cli.page_file import PageFile, ReplacePage, check_page_file, write_page
from bot.cli.startup import load_settings
from bot.replies import SmallTalk
from bot.types import MAX_QUOTES, Question, Status

HELP = """\
  pullquote ask QUESTION    an answer with its quotes
  pullquote chat            a conversation
  pullquote sources list    the documents
  pullquote --help          everything else"""


def ask(
    words: Words,
    collection: Collections = None,
    quotes: Quotes = MAX_QUOTES,
    explain: Explain = False,
    as_json: AsJson = False,
    html: PageFile = None,
    force: ReplacePage = False,
) -> None:
    """Answer a question with quotes.

    The exit code is 0 when it is answered, 1 when the document does not say, and 2 when there is a problem.
    """
    check_page_file(html, force=force, as_json=as_json)
    text, collections = asked(words, as_json=as_json), chosen(collection)
    settings = load_settings()
    # All this is imported while the networks are loaded.
    from bot.cli.answer_display import ask_and_show
    from bot.cli.json_batch import print_json
    from bot.cli.terminal import complain, prepare, say
    from bot.pipeline import AnswerPipeline

    pipeline = AnswerPipeline.from_settings(settings)
    if pipeline.notice:
        complain(pipeline.notice)

    def answer_line(question: str, question_id: Any) -> Mapping[str, Any]:
        answer = pipeline.answer(Question(question, collections=collections, quotes=quotes))
        return answer.to_json(question_id, explain=explain)

    if as_json:
        result = print_json(text, pipeline.library, collections, answer_line)
        found = result is None or result["status"] != Status.NOT_FOUND
    else:
        prepare(pipeline.library, collections)
        answer = ask_and_show(pipeline, Question(text, collections=collections, quotes=quotes), explain=explain)
        found = answer.status is not Status.NOT_FOUND
        if answer.reply is not None and answer.reply.to is SmallTalk.HELP:
            say(HELP)
        if html is not None:
            write_page(html, answer, pipeline.library, collections)
    if not found:
        raise typer.Exit(NOT_FOUND)
