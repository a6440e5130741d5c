"""Answer -> one message that fits Discord's limits, and a file with the whole of it where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.citations import Citation
from bot.discord.formatting.attachments import answer_file, documents_line, doubt, place, place_and_labels
from bot.discord.formatting.discord_markdown import ELLIPSIS, SMALL, escape, shorten, unescape, units
from bot.discord.formatting.quoted_words import in_marks, show_words
from bot.discord.formatting.statements import cut_statements, render_statements
from bot.discord.texts import Texts
from bot.render import marks_of_cut, short_line
from bot.safe_text import one_line
from bot.types import EXTRACTIVE, Answer, Certainty, Status
from retrieval import CodeBlock

# Discord's limits (docs.discord.com, "Embed Limits" and "Create Message"), in UTF-16 units to be on the safe side.
TITLE_UNITS = 256
DESCRIPTION_UNITS = 4096
CONTENT_UNITS = 2000
# So that title, description and small print stay far from 6000 together.
READING_UNITS = 300
# The statements of a long answer leave one part in so many of the room to its quotes, if these need it.
QUOTES_PART = 3

# Each has a contrast of 3 to 1 or more with Discord's white, light grey and dark grey.
ANSWERED = 0x2B9A66
UNSURE = 0xB7791F
NOT_FOUND = 0x5B7FBF
PROBLEM = 0xD9534F
WRITING = 0x7A828E

GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer as an embed; all but the footer is escaped, because Discord shows a footer as it is."""

    title: str
    description: str
    footer: str
    colour: int
    attachment: str | None


@dataclass(frozen=True, slots=True)
class AnswerText:
    """An answer as plain text, for places where embeds are not allowed."""

    content: str
    attachment: str | None


@dataclass(frozen=True, slots=True)
class Presentation:
    """How an answer is shown.

    Attributes:
        final: Whether this is the whole answer, and not a part that is shown while it is written.
        may_attach: Whether what does not fit may be attached; else a line says that it may not.
        older_turns_left_out: Whether the conversation was longer than what was looked at.
        several_documents: Whether more than one document was asked.
        hint: What may be done about an answer that was not found, as small print.
        titled: Whether the question is shown; a reply stands under it.
    """

    final: bool = True
    may_attach: bool = True
    older_turns_left_out: bool = False
    several_documents: bool = False
    hint: str = ""
    titled: bool = True


WHOLE = Presentation()


def answer_page(answer: Answer, texts: Texts, presentation: Presentation = WHOLE) -> AnswerPage:
    """The answer, verified, as an embed; ``texts`` are the words around it."""
    texts = _about(texts, presentation)
    small_print = _small_print(answer, texts, presentation)
    description, whole = _body(answer, texts, DESCRIPTION_UNITS, presentation)
    return AnswerPage(
        _headline(answer) if presentation.titled else "",
        description,
        small_print,
        _colour(answer, presentation.final),
        None if whole else _attachment(answer, texts, small_print, presentation),
    )


def answer_text(answer: Answer, texts: Texts, presentation: Presentation = WHOLE) -> AnswerText:
    """The answer as plain text: the question in bold, the same blocks as in an embed, and the small print."""
    texts = _about(texts, presentation)
    small_print = _small_print(answer, texts, presentation)
    head = f"**{_headline(answer)}**\n" if presentation.titled else ""
    foot = f"{GAP}{SMALL}{escape(small_print)}" if small_print else ""
    body, whole = _body(answer, texts, CONTENT_UNITS - units(head) - units(foot), presentation)
    return AnswerText(head + body + foot, None if whole else _attachment(answer, texts, small_print, presentation))


def _about(texts: Texts, presentation: Presentation) -> Texts:
    """The words around an answer from one document or from several."""
    return replace(texts, not_found=texts.not_found_several) if presentation.several_documents else texts


def _attachment(answer: Answer, texts: Texts, small_print: str, presentation: Presentation) -> str | None:
    """The whole answer as a file, where one may be attached."""
    attached = presentation.final and presentation.may_attach
    return answer_file(answer, texts, small_print) if attached else None


def _headline(answer: Answer) -> str:
    return shorten(one_line(answer.question), TITLE_UNITS)


def _colour(answer: Answer, final: bool) -> int:
    if not final:
        return WRITING
    if answer.status is Status.NOT_FOUND:
        return NOT_FOUND
    return ANSWERED if answer.certainty is Certainty.SURE else UNSURE


def _small_print(answer: Answer, texts: Texts, presentation: Presentation) -> str:
    """What people should know of the answer: that it is proven, and what is not as it should be."""
    parts = []
    if not presentation.final:
        parts.append(texts.writing)
    else:
        quotes = len(answer.citations) + (answer.offered is not None)
        if quotes:
            parts.append(texts.quote_checked if quotes == 1 else texts.quotes_checked)
        if answer.trouble is not None:
            parts.append(texts.trouble(answer.trouble))
    if presentation.hint:
        parts.append(presentation.hint)
    if answer.read_as:
        parts.append(texts.read_as.format(question=unescape(shorten(one_line(answer.read_as), READING_UNITS))))
    if presentation.older_turns_left_out:
        parts.append(texts.older_left_out)
    return texts.small_print(parts)


def _body(answer: Answer, texts: Texts, limit: int, presentation: Presentation) -> tuple[str, bool]:
    """The blocks of the answer that fit in ``limit`` units, and whether they are all of it."""
    final = presentation.final
    if answer.status is Status.NOT_FOUND and not final:
        return ELLIPSIS, True  # nothing is proven yet, which is not the same as not found
    statements = answer.statements if answer.mode != EXTRACTIVE else ()
    if answer.status is Status.NOT_FOUND:
        said = texts.not_found
    elif statements:
        said = render_statements(statements)
    else:
        said = documents_line(answer, texts) or (doubt(answer, texts) if final else "")
    heading = _heading(answer, texts, final)
    quotes = _quote_blocks(answer, texts)
    whole = _assemble(said, heading, [block for block, _ in quotes])
    if units(whole) <= limit:
        return whole, True
    note = SMALL + (texts.rest_attached if presentation.may_attach else texts.rest_left_out) if final else ELLIPSIS
    room = limit - units(GAP + note)
    if statements:
        needed = units(GAP + _assemble("", heading, [block for block, _ in quotes]))
        said = cut_statements(statements, room - min(needed, room // QUOTES_PART))
    kept: list[str] = []
    for forms in quotes:
        kept += [form for form in forms if units(_assemble(said, heading, [*kept, form])) <= room][:1]
    return GAP.join(filter(None, [_assemble(said, heading, kept), note])), False


def _assemble(said: str, heading: str, quotes: Sequence[str]) -> str:
    quoted = heading + GAP.join(quotes) if quotes else ""
    return GAP.join(filter(None, [said, quoted]))


def _heading(answer: Answer, texts: Texts, final: bool) -> str:
    """What stands, as small print, over the quotes, so that they are not taken for something else."""
    if answer.offered is not None:
        return f"{SMALL}{texts.closest}\n"
    if answer.mode == EXTRACTIVE:
        return ""
    doubts = doubt(answer, texts) if final else ""
    lines = (doubts, documents_line(answer, texts), texts.quotes_heading)
    return "".join(f"{SMALL}{line}\n" for line in lines if line)


def _quote_blocks(answer: Answer, texts: Texts) -> list[tuple[str, str]]:
    """Each quote with its place as small print under it, and what stands there when it is left out.

    The number follows a quote that is itself the answer, and leads a quote that statements refer to.
    """
    blocks = []
    for citation in (answer.offered,) if answer.offered is not None else answer.citations:
        before, after = marks_of_cut(citation)
        # Between the marks are the exact words alone.
        quote = f"{before}{in_marks(show_words(citation.quote.text, _code_in(citation)))}{after}"
        where = place(citation, texts)
        left_out = texts.not_shown.format(place=where)
        if citation.number is not None:
            mark = f"[{citation.number}]"
            quote = f"{quote} {mark}" if answer.mode == EXTRACTIVE else f"{mark} {quote}"
            if citation is answer.short:
                quote = f"**{escape(short_line(citation.quote))}** — {quote}"
            left_out = f"{mark} {left_out}"
        blocks.append((f"{quote}\n{SMALL}{place_and_labels(citation, texts)}", SMALL + left_out))
    return blocks


def _code_in(citation: Citation) -> tuple[CodeBlock, ...]:
    """The blocks of code in a quote, as offsets into its words."""
    start = citation.quote.span.start
    return tuple(block._replace(span=block.span.moved(-start)) for block in citation.code)
