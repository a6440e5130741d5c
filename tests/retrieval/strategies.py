"""Texts that attack exact offsets: joiners, marks, odd line ends, odd spaces, repetition."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from retrieval.types import Source

PROPERTY = settings(database=None)
SLOW_PROPERTY = settings(database=None, max_examples=max(5, settings().max_examples // 4))

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
FRAGMENTS = (
    "The fire was put out on Monday. ",
    "The fire was put out on Monday. ",
    "“Really?” she asked. ",
    "Dr. Smith paid $3.50 at 5 p.m. ",
    "一个句子。又一个句子！",
    "か\u3099く\u3099",
    "葛\U000e0100飾区",
    "cafe\u0301 na\u0308ive ",
    FAMILY,
    "👍🏽 🇰🇿 ",
    "مرحبا بالعالم. ",
    "नमस्ते दुनिया। ",
    "# Heading\n",
    "- item one\n- item two\n",
    "12. twelfth rule\n",
    "| a | b |\n",
    "word " * 50,
    "x" * 450,
    "漢" * 90,
    "\n\n",
    "\r\n\r\n",
    "\r\n",
    "\r",
    "\n",
    "\u00a0",
    "\u2028",
    "\u3000",
    "\x85",
    "\x0b\x0c\x1c",
    "\x00\x07\x1b[0m",
    "\ufeff",
    "\u200b",
    "\t",
    " ",
    "...",
    "?!",
)
# Surrogates cannot stand in a decoded text.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def texts(max_fragments: int = 40) -> st.SearchStrategy[str]:
    """Fragments of all kinds in any order, with random Unicode between them."""
    return st.lists(st.one_of(st.sampled_from(FRAGMENTS), ANY_TEXT), max_size=max_fragments).map("".join)


def make_source(text: str, uri: str = "test:document", title: str = "Document") -> Source:
    return Source.from_bytes(uri=uri, title=title, data=text.encode("utf-8"), text=text)
