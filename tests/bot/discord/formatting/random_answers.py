"""Answers of every kind, about texts that try to break out of where they stand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from bot.quotes import cite
from bot.safe_text import visible
from bot.types import EXTRACTIVE, Answer, Certainty, Statement, Status
from retrieval import Span
from tests.bot.discord.formatting.nasty import nasty, nasty_long
from tests.bot.fakes import make_source, quoting

CHAT = "chat"

questions = nasty.filter(lambda text: bool(text.strip()))


@st.composite
def extractive(draw: st.DrawFn) -> Answer:
    parts = draw(st.lists(nasty_long.filter(str.strip), min_size=1, max_size=4))
    source = make_source("".join(parts), draw(nasty))
    ends = [sum(map(len, parts[: index + 1])) for index in range(len(parts))]
    spans = [_stripped(Span(end - len(part), end), part) for end, part in zip(ends, parts, strict=True)]
    page = draw(st.none() | st.integers(1, 999))
    answer = replace(quoting(draw(questions), source, *spans), certainty=draw(st.sampled_from(Certainty)))
    titles = draw(st.just(()) | st.lists(nasty, min_size=1, max_size=12).map(tuple))
    answer = replace(answer, documents=titles, overview=bool(titles))
    label = draw(st.none() | questions)
    citations = tuple(replace(citation, page=page, page_label=label) for citation in answer.citations)
    answer = replace(answer, citations=citations)
    return with_short(answer, draw(st.integers(0, len(spans[0]) - 1)), draw(st.integers(1, 40)))


def _stripped(span: Span, text: str) -> Span:
    """The span without the white space at its ends, as that of every sentence."""
    return Span(span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip()))


def with_short(answer: Answer, start: int, length: int) -> Answer:
    """The same with some words of its first quote as the answer in short, where it can have one."""
    first, *others = answer.citations
    start += first.quote.span.start
    highlight = Span(start, min(first.quote.span.end, start + length))
    first = replace(first, quote=replace(first.quote, highlight=highlight))
    words = first.quote.highlighted
    can_have = answer.certainty is Certainty.SURE and bool(words.strip() and visible(words).strip())
    can_have = can_have and not answer.overview
    return replace(answer, citations=(first, *others), has_short=can_have)


@st.composite
def from_a_chat_model(draw: st.DrawFn) -> Answer:
    answer = draw(extractive())
    numbers = [citation.number for citation in answer.citations if citation.number is not None]
    said = draw(st.lists(nasty_long.filter(str.strip), min_size=1, max_size=4))
    statements = [Statement(text, tuple(numbers[index :: len(said)])) for index, text in enumerate(said)]
    return replace(answer, mode=CHAT, statements=tuple(statements), has_short=False)


@st.composite
def refusals(draw: st.DrawFn) -> Answer:
    text = draw(nasty_long.filter(str.strip))
    closest = cite(make_source(text, draw(nasty)), Span(0, len(text)), None)
    offered = draw(st.none() | st.just(closest))
    return Answer(draw(questions), Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=offered, on_topic=draw(st.booleans()))


answers = extractive() | from_a_chat_model() | refusals()


def quoted(answer: Answer) -> list[str]:
    """Everything that the answer quotes, as it is safe to show."""
    citations = answer.citations if answer.offered is None else (answer.offered,)
    return [visible(citation.quote.text) for citation in citations]
