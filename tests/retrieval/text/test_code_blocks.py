"""Where a document has code: fenced, indented, or announced by the format."""

from __future__ import annotations

import pytest

from retrieval import Span, code_within, load_bytes, quotable_within

MARKDOWN = """\
# Pack

To install, run this:

```sh
sudo apt install ./pack.deb
```

1. Do it:

    A paragraph of the item.

    ```py
    if x:
        y()
    ```

To remove it, run:

    sudo apt remove pack
    rm -r ~/.pack

~~~
tilde
~~~

```
never closed
"""
HTML = """<html><body><p>To install, run this:</p><pre><code>make
  all</code></pre><p>Done.</p></body></html>"""


def blocks(text: str, name: str) -> list[tuple[str, int]]:
    source = load_bytes(text.encode(), name=name, uri=f"x:{name}")
    return [(source.slice(block.span), block.indent) for block in code_within(source, Span(0, len(source.text)))]


def test_fenced_and_indented_code_is_found_and_a_list_is_none() -> None:
    assert blocks(MARKDOWN, "pack.md") == [
        ("```sh\nsudo apt install ./pack.deb\n```", 0),
        ("```py\n    if x:\n        y()\n    ```", 4),
        ("sudo apt remove pack\n    rm -r ~/.pack", 4),
        ("~~~\ntilde\n~~~", 0),
        ("```\nnever closed\n", 0),
    ]


def test_preformatted_text_of_a_page_is_code() -> None:
    assert blocks(HTML, "pack.html") == [("make\n  all", 0)]


@pytest.mark.parametrize("name", ["pack.txt"])
def test_plain_text_has_fences_and_no_indented_code(name: str) -> None:
    assert blocks("A poem:\n\n    of two lines\n\n```\ncode\n```\n", name) == [("```\ncode\n```", 0)]


def test_a_part_of_a_block_is_found_where_a_quote_is_a_part_of_it() -> None:
    source = load_bytes(MARKDOWN.encode(), name="pack.md", uri="x:pack")
    start = source.text.index("apt install")
    (block,) = code_within(source, Span(start, start + 20))
    assert (block.span, block.indent) == (Span(start, start + 20), 0)
    assert code_within(source, Span(0, 5)) == ()
    whole = Span(0, len(source.text))
    inside = [code_within(source, sentence) for sentence in quotable_within(source, whole)]
    assert sum(map(bool, inside)) >= 5
