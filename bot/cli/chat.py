"""``pullquote chat``: the same questions and answers as a conversation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from bot.cli.answer_display import ask_and_show
from bot.cli.document_table import print_records
from bot.cli.interrupts import came_of_interrupt
from bot.cli.options import Collections, chosen
from bot.cli.startup import load_settings
from bot.cli.terminal import complain, prepare, say, screen, show_blocks
from bot.pipeline import AnswerPipeline
from bot.quotes import is_verified
from bot.render import Block, BlockKind
from bot.replies import SmallTalk
from bot.safe_text import visible
from bot.types import Answer, Question, Turn
from retrieval import PullquoteError, Span, split_paragraphs
from retrieval.files import make_private_file

HISTORY_FILE = "chat-history"
MAX_TURNS = 20
HELP = """\
Ask anything about the documents. Besides questions there are:
  /sources   the documents that are asked
  /show N    quote N of the last answer inside its paragraph
  /help      this list
  /quit      leave (so does Ctrl-D; Ctrl-C drops the line or stops the answer)"""


def chat(collection: Collections = None) -> None:
    """Ask and answer until you leave; /help lists the commands."""
    collections = chosen(collection)
    pipeline = AnswerPipeline.from_settings(load_settings())
    if pipeline.notice:
        complain(pipeline.notice)
    prepare(pipeline.library, collections)
    pipeline.library.open_collections(collections)
    conversation = Conversation(pipeline, collections)
    interactive = sys.stdin.isatty()
    if interactive:
        say("Ask about the documents; /help lists the commands, /quit leaves.")
    lines = typed_lines(pipeline.library.settings.home) if interactive else _piped_lines()
    for line in lines:
        try:
            if not conversation.handle(line.strip()):
                return
        except PullquoteError as error:
            complain(str(error))
        except (Exception, KeyboardInterrupt) as error:
            if not interactive or not came_of_interrupt(error):
                raise
            say("Stopped.")
        sys.stdout.flush()  # a program at the other end waits for each answer


class Conversation:
    """The turns so far, and what each line that is typed does."""

    def __init__(self, pipeline: AnswerPipeline, collections: tuple[str, ...]) -> None:
        self._pipeline = pipeline
        self._collections = collections
        self._turns: list[Turn] = []
        self._last: Answer | None = None

    def handle(self, line: str) -> bool:
        """Act on one line; False ends the conversation."""
        command, _, argument = line.partition(" ")
        match command:
            case "":
                pass
            case "/quit":
                return False
            case "/help":
                say(HELP)
            case "/sources":
                for name in self._collections:
                    print_records(self._pipeline.library.records(name))
            case "/show":
                self._show(argument.strip())
            case _ if command.startswith("/"):
                complain(f"There is no command {command}; /help lists them.")
            case _:
                self._ask(line)
        return True

    def _ask(self, text: str) -> None:
        answer = ask_and_show(self._pipeline, Question(text, tuple(self._turns), self._collections))
        if answer.reply is not None:  # which is no turn: /show and "What else?" mean the answer before it
            if answer.reply.to is SmallTalk.HELP:
                say(HELP)
            return
        self._last = answer
        self._turns = [*self._turns, Turn(text, answer.text)][-MAX_TURNS:]

    def _show(self, argument: str) -> None:
        citations = self._last.citations if self._last else ()
        wanted = [citation for citation in citations if argument == str(citation.number)]
        if not wanted:
            have = f"it has 1 to {len(citations)}, so write /show 1" if citations else "ask something first"
            complain(f"The last answer has no quote {argument or 'without a number'}; {have}.")
            return
        quote = wanted[0].quote
        if not is_verified(quote, self._pipeline.library.texts.read):
            complain("The quote is no longer in the stored document; ask again.")
            return
        text = self._pipeline.library.texts.read(quote.sha256)
        touched = [part for part in split_paragraphs(text) if part.overlaps(quote.span)]
        span = Span(touched[0].start, touched[-1].end)
        before, after = text[span.start : quote.span.start], text[quote.span.end : span.end]
        place = wanted[0].place
        console = screen()
        if not console.is_terminal:
            show_blocks([Block(BlockKind.NOTICE, f"{visible(before)}“{visible(quote.text)}”{visible(after)}")])
            show_blocks([Block(BlockKind.PLACE, place)])
            return
        shown = Text.assemble(visible(before), (visible(quote.text), "bold reverse"), visible(after))
        console.print()
        console.print(Padding(shown, (0, 0, 1, 2)))
        console.print(Padding(Text(place, style="cyan"), (0, 0, 1, 4)))


def _piped_lines() -> Iterator[str]:
    """Lines that another program sends; a line that is not UTF-8 becomes a sentence, not a crash."""
    for line in iter(sys.stdin.buffer.readline, b""):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            complain("The line is not UTF-8 text; send it again as UTF-8.")


def typed_lines(home: Path) -> Iterator[str]:
    """Lines that a person types, with editing and a history that survives."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    class QuietHistory(FileHistory):
        """History on disk; when the disk refuses, the conversation goes on without it."""

        def store_string(self, string: str) -> None:
            with suppress(OSError):
                super().store_string(string)

    history = home / HISTORY_FILE
    with suppress(OSError):
        make_private_file(history)
    session: PromptSession[str] = PromptSession(history=QuietHistory(str(history)))
    while True:
        try:
            yield session.prompt("› ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
