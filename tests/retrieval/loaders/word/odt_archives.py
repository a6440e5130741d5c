"""OpenDocument texts written by hand: only the parts that a test is about, as XML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    " ".join(
        f'xmlns:{short}="{OASIS}:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
            ("form", "form"), ("meta", "meta"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)  # fmt: skip


def odt(
    body: str, *, automatic: str = "", styles: str = "", meta: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A document with this body.

    Args:
        body: What stands in ``office:text``.
        automatic: Its automatic styles.
        styles: The styles with names.
        meta: What the file says of itself.
        parts: More parts by their names.
    """
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _root("document-content", _automatic(automatic) + _body(body)))
        archive.writestr("styles.xml", _root("document-styles", f"<office:styles>{styles}</office:styles>"))
        archive.writestr("meta.xml", _root("document-meta", f"<office:meta>{meta}</office:meta>"))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def fodt(body: str, *, automatic: str = "", meta: str = "") -> bytes:
    """The same as one file of XML."""
    return _root("document", f"<office:meta>{meta}</office:meta>{_automatic(automatic)}{_body(body)}").encode()


def handbook(make: Callable[..., bytes] = odt) -> bytes:
    """Title, headings of two levels, a list with numbers, a table; ``make`` puts it into one file or several parts."""
    body = (
        p("Handbook of the Swimming Club", "P1") + h("Opening hours") + p("The pool is open from seven.")
        + h("Public holidays", 2) + p("On public holidays it closes at noon.")
        + items("New Year", "First of May", style="L1")
        + "<table:table><table:table-row><table:table-cell><text:p>Adult</text:p></table:table-cell><table:table-cell>"
        "<text:p>4.50</text:p></table:table-cell></table:table-row></table:table>"
    )  # fmt: skip
    titled = '<style:style style:name="Title" style:family="paragraph"/>'
    automatic = style("P1", "", "paragraph", "Title") + list_style("L1", numbered(1)) + titled
    meta = "<dc:title>Untitled</dc:title><dc:date>2024-05-06T07:08:09</dc:date>"
    return make(body, automatic=automatic, meta=meta)


def p(content: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def h(content: str, level: int = 1, more: str = "") -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}" {more}>{content}</text:h>'


def items(*contents: str, style: str = "", more: str = "") -> str:
    """A list; each of its items is given as elements, or as words."""
    named = f'text:style-name="{style}"' if style else ""
    inner = "".join(f"<text:list-item>{one if one.startswith('<') else p(one)}</text:list-item>" for one in contents)
    return f"<text:list {named} {more}>{inner}</text:list>"


def list_style(name: str, *levels: str) -> str:
    """A style of lists."""
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def numbered(level: int, form: str = "1", suffix: str = ".", more: str = "") -> str:
    """A level of a style of lists."""
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-suffix="{suffix}" '
        f"{more}/>"
    )


def style(name: str, look: str, family: str = "text", parent: str = "") -> str:
    """A style of words or paragraphs."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {look}/></style:style>"
    )


def _root(name: str, content: str) -> str:
    return f"<office:{name} {SPACES}>{content}</office:{name}>"


def _automatic(content: str) -> str:
    return f"<office:automatic-styles>{content}</office:automatic-styles>"


def _body(content: str) -> str:
    return f"<office:body><office:text>{content}</office:text></office:body>"
