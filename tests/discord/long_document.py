"""A document of 30,000 characters whose words try to ping, to link and to break out of where they stand."""

from __future__ import annotations

from retrieval.text.sentences import split_sentences

NAME = "@everyone [mill](https:example.org) <@1>.md"
TITLE = "# @everyone reads *the* [mill book](https://example.org/mill) <@&2> ||now||"
# The same as people read it, without the marks of Markdown.
TITLE_WORDS = "@everyone reads the mill book <@&2> ||now||"
PARAGRAPHS = [
    "Mill number {n} grinds __barley__ for @everyone and @here, says <@1> in <#4> at https://a.example/a_b_{n}.",
    "The 🏭 of mill {n} turns 👩‍👩‍👧‍👦 day and night 👍🏽, as [rules](https://a.example/r) of discord.gg/mill{n} say.",
    "“Nobody may *stop* wheel {n}”, said the miller [1], and wrote `stop = None  # {n}` on ~~every~~ wall of the mill.",
    "> Rule {n}: <https://example.org/{n}> is ||secret|| until <t:1700000000:R>, :smile: or not, and so is \\*this\\*.",
    "```py\nwheel = {n}  # turn @everyone\n```",
]


def long_document() -> str:
    """The document."""
    parts = [TITLE]
    while sum(map(len, parts)) < 30_000:
        number = len(parts)
        parts.append(PARAGRAPHS[number % len(PARAGRAPHS)].format(n=number))
    return "\n\n".join(parts) + "\n"


def sentences_of(text: str) -> list[str]:
    """The exact words of each sentence."""
    return [text[span.start : span.end] for span in split_sentences(text)]
