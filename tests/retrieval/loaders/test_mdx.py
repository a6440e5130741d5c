"""MDX: the words of Markdown and of its components, and none of their code; citations tell the line of the file."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import Span, load_bytes
from retrieval.loaders.mdx import extract
from retrieval.types import LINE_END, Source
from tests.retrieval.loaders.documents import labels_of
from tests.retrieval.strategies import PROPERTY

PAGE = """---
title: Boats
date: 2024-05-01
---
import {Alert} from "/ui";
import Tabs, {
  TabItem,
} from '@theme/Tabs';

export const Box = ({children}) => {
  const mark = "}";

  return <div>{children}</div>;
};

# Harbour {#harbour}

{/* a comment
over two lines */}

<Alert type="warning">Owners are *exempt*.</Alert>

<Tabs
  defaultValue="a"
  values={[
    {label: 'A > b', value: 'a'},
  ]}>
  <TabItem value="a" label="Sailing">
    Hoist the jib.

    ```js title="x"
    import x from "y";
      <Jib/>
    ```
  </TabItem>
  <TabItem value="b" label="Rowing">

  Use `<Oar>` where a < b.

  </TabItem>
</Tabs>

## Fees

{boats.map(boat => (
  <li>{boat}</li>
))}

Rowers{" "}pay<br/>little, see <a href="x">the list</a>s at <https://boats.example>.

import the goods by sea.
"""
KEPT = """# Harbour {#harbour}

warning

Owners are *exempt*.

Sailing

Hoist the jib.

```js title="x"
import x from "y";
  <Jib/>
```

Rowing

Use `<Oar>` where a < b.

## Fees

Rowers pay little, see the lists at <https://boats.example>.

import the goods by sea.
"""


def source_of(text: str) -> Source:
    extracted = extract(text.encode())
    extracted.check()
    source = Source.from_bytes(uri="test:page", title=extracted.title, data=extracted.text.encode())
    return Source(source.id, source.title, source.uri, source.text, source.sha256, "", places=extracted.places)


def line_of(source: Source, words: str) -> int:
    start = source.text.index(words)
    return cite(source, Span(start, start + len(words)), 1).line


def test_components_and_code_of_the_page_are_left_out_and_their_words_are_kept() -> None:
    extracted = extract(PAGE.encode())
    assert extracted.text == KEPT
    assert (extracted.title, extracted.date, extracted.words_in) == ("Harbour", "2024-05-01", len(PAGE.split()))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_citation_tells_the_line_of_the_file_and_the_headings(end: str) -> None:
    source = source_of(PAGE.replace("\n", end))
    lines = PAGE.splitlines()
    for words in ("# Harbour", "Owners are", "Hoist", "  <Jib/>", "Use `<Oar>`", "## Fees", "Rowers", "import the"):
        file_words = words.replace("  <", "<")
        assert line_of(source, words) == next(n for n, line in enumerate(lines, 1) if file_words in line), words
    assert source.place(source.text.index("Rowers")).heading == "Harbour › Fees"


def test_the_title_of_a_component_or_its_kind_explains_what_it_holds() -> None:
    assert labels_of(extract(PAGE.encode())) == [
        ("term", "warning", "Owners are *exempt*."),
        ("term", "Sailing", 'Hoist the jib.\n\n```js title="x"\nimport x from "y";\n  <Jib/>\n```'),
        ("term", "Rowing", "Use `<Oar>` where a < b."),
    ]
    text = '<Note>\nKeep off.\n</Note>\n\n<Card title="A boat">\n  Row.\n</Card>\n\n:::tip\nRun.\n:::\n'
    assert [words for _, words, _ in labels_of(extract(text.encode()))] == ["Note", "A boat", "tip"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<ManualAnchor id='a'/>\nKeep off.\n", "Keep off.\n"),
        ("Keep <Tooltip title='far'>off</Tooltip>, please.\n", "Keep off, please.\n"),
        ("<p>Keep</p><p>off.</p>\n", "Keep off.\n"),
        ("<>\nKeep off.\n</>\n", "Keep off.\n"),
        ("Keep {/* not */}off.\n", "Keep off.\n"),
        ("Keep {name} off.\n", "Keep {name} off.\n"),
        ("Keep `{/* a */} <B/>` off.\n", "Keep `{/* a */} <B/>` off.\n"),
        ("Keep \\<b\\> off \\{a\\}.\n", "Keep \\<b\\> off \\{a\\}.\n"),
        ("Is 1 < 2 or a<2?\n", "Is 1 < 2 or a<2?\n"),
        ("A tag <Tab that never ends.\n", "A tag <Tab that never ends.\n"),
        ("{a brace that never closes.\n", "{a brace that never closes.\n"),
        ("export limits are low.\n", "export limits are low.\n"),
        ("Words.\nimport x from 'y'\n", "Words.\nimport x from 'y'\n"),
        ("export default function Page() {\n  return 1\n}\n\nKeep off.\n", "Keep off.\n"),
        ("export const a = [1,\n\n2]\nimport b from 'c'\n\nKeep off.\n", "Keep off.\n"),
        ("````\n```\n<Tab/>\n````\n<Tab/>\n", "````\n```\n<Tab/>\n````\n"),
        ("<A>\n    # Off\n\n        Keep\n          off.\n</A>\n", "# Off\n\n    Keep\n      off.\n"),
    ],
)
def test_what_is_code_is_told_from_words(text: str, kept: str) -> None:
    assert extract(text.encode()).text.strip("\n") == kept.strip("\n")


@pytest.mark.usefixtures("programs")
def test_pages_are_read_whole_by_their_ending() -> None:
    source = load_bytes(PAGE.encode(), name="page.mdx", uri="test:page")
    assert (source.format, source.title, source.date) == ("mdx", "Harbour", "2024-05-01")


@pytest.mark.parametrize(
    "text",
    [
        "<a " * 60_000,
        '<a "' * 40_000,
        "{" * 100_000,
        "\n{" * 60_000,
        "{/*" * 60_000,
        "\n{`/*" * 40_000,
        "<A>\n" * 60_000,
        "<A title='b'>\n" * 30_000 + "c",
        "`" * 60_000 + " " + "` " * 60_000,
        "export const a = {\n\n" * 30_000,
        "import {" + " a," * 60_000,
        "\n\nimport a" * 20_000,
        "<A b={" * 60_000,
    ],
)
def test_pages_that_are_made_to_burst_are_read_soon(text: str) -> None:
    start = time.process_time()
    extract(f"Words.\n\n{text}".encode()).check()
    assert time.process_time() - start < 10


SIGNS = [
    "<A>", "</A>", "<A/>", "<b ", "{", "}", "{/*", "*/}", "`", "```", "\n", "\r\n", "  ", "import a from 'b'", "# w",
    "<N title='t'>", "</N>", ":::note", ":::", "export {", "> ", "word", '"', "'", ">", "---",
]  # fmt: skip


@PROPERTY
@given(st.lists(st.sampled_from(SIGNS), max_size=40))
def test_every_word_that_is_kept_stands_on_the_line_that_a_citation_tells(signs: list[str]) -> None:
    text = "Words.\n" + " ".join(signs)
    source = source_of(text)
    lines = LINE_END.split(text)
    offset = 0
    for line in source.text.splitlines(keepends=True):
        if "word" in line:
            assert "word" in lines[source.line(offset) - 1]
        offset += len(line)
