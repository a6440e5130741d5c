"""Books as shops and publishers give them out."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{path}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
XHTML = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>
<style>p {{ margin: 0 }}</style></head><body>{body}</body></html>"""


def page(body: str, encoding: str = "utf-8") -> bytes:
    return XHTML.format(body=body, encoding=encoding).encode(encoding)


def archive(parts: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as book:
        book.writestr("mimetype", b"application/epub+zip")
        for name, content in parts.items():
            book.writestr(name, content, ZIP_DEFLATED)
    return made.getvalue()


def book(
    chapters: Mapping[str, bytes],
    *,
    title: str = "",
    version: str = "3.0",
    folder: str = "OEBPS/",
    extra: Mapping[str, bytes] | None = None,
    more_items: str = "",
    more_spine: str = "",
    guide: str = "",
    metadata: str = "",
    declaration: str = "utf-8",
) -> bytes:
    """A book of these chapters, in this order; names in the list of contents are percent-encoded as they should be."""
    items = "".join(
        f'<item id="c{number}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = f"""<?xml version="1.0" encoding="{declaration}"?>
<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata xmlns:opf="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>{metadata}</metadata>
<manifest>{more_items}{items}</manifest><spine>{more_spine}{spine}</spine>{guide}</package>"""
    return archive(
        {
            "META-INF/container.xml": CONTAINER.format(path=f"{folder}content.opf").encode(),
            f"{folder}content.opf": package.encode(),
            # In the archive they lie in another order than they are read in.
            **{folder + name: content for name, content in reversed(list(chapters.items()))},
            **(extra or {}),
        }
    )


def novel() -> bytes:
    """EPUB 3 with a table of contents of its own kind, parts above chapters, and a page without a heading."""
    nav = page('<h1>Contents</h1><nav epub:type="toc"><ol><li><a href="one.xhtml">The storm</a></li></ol></nav>')
    return book(
        {
            "part.xhtml": page("<h1>Part one</h1>"),
            "one.xhtml": page(
                "<h2>The storm</h2><p>The wind had been rising since noon, and by four o&#8217;clock the ferry no\n"
                "  longer ran. Nobody   minded.</p><p>&ldquo;Stay,&rdquo; said Ann&nbsp;&mdash; and they stayed.</p>"
            ),
            "two.xhtml": page("<h2>The calm</h2><p>In the morning the sea lay still.</p><hr/><p>They left.</p>"),
            "colophon.xhtml": page("<p>Printed on old paper.</p>"),
        },
        title="The Ferry",
        extra={"OEBPS/nav.xhtml": nav},
        more_items='<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>',
        more_spine='<itemref idref="nav"/>',
    )


def old_novel() -> bytes:
    """EPUB 2: another folder, names with blanks and letters beyond ASCII, a page of contents, Latin-1."""
    contents = page("<h1>Table of contents</h1><p><a href='a%20b.html'>Chapter one</a></p>")
    return book(
        {
            "contents.html": contents,
            "text/a b.html": page("<h1>Chapitre premier</h1><p>L’été fut long.</p>".replace("’", "'"), "iso-8859-1"),
            "text/é.html": page("<h1>Chapitre deux</h1><p>L'hiver vint.</p>"),
        },
        title="Les saisons",
        version="2.0",
        folder="",
        guide='<guide><reference type="toc" title="Contents" href="contents.html"/></guide>',
    )


def textbook() -> bytes:
    """Notes, a table, a list, a sidebar and a formula."""
    chapter = page(
        '<section><h1>Tides</h1><p>The sea rises twice a day<a epub:type="noteref" href="#n1">1</a> on most coasts.</p>'
        "<table><tr><th>Place</th><th>Range</th></tr><tr><td>Port</td><td>4.2 m</td></tr></table>"
        "<ol><li>Look at the moon.</li><li>Look at the clock.</li></ol>"
        "<aside><p>A spring tide follows the full moon.</p></aside>"
        '<aside epub:type="footnote" id="n1"><p>Once in some. <a role="doc-backlink" href="#r1">back</a></p></aside>'
        "</section>"
    )
    return book({"tides.xhtml": chapter}, title="Tides &amp; currents")


def japanese() -> bytes:
    """Ruby beside the ideographs."""
    body = "<h1>第一章</h1><p><ruby>台風<rt>たいふう</rt></ruby>が<ruby>来<rt>き</rt></ruby>た。船は出なかった。</p>"
    return book({"one.xhtml": page(body)}, title="渡し船")


def travel_guide() -> bytes:
    """Fonts that are scrambled as publishers do, headings with numbers and line breaks, a verse, a letter, pictures."""
    return book(
        {
            "cover.xhtml": page('<div><img src="cover.jpg" alt="Cover"/></div>'),
            "text/01.xhtml": page(
                "<h1>1<br/>Getting there</h1><h2>By sea</h2><p>The night boat leaves at 22.40 from pier 3; "
                "it takes <em>eleven</em> hours.</p><h2>By rail</h2><p>There has been no train since 1962.</p>"
            ),
            "text/02.xhtml": page(
                "<h1>2<br/>On the island</h1><p>A song of the fishermen:</p><blockquote><p>Haul away the heavy net,"
                "<br/>morning is not breaking yet.</p></blockquote><figure><img src='a.jpg' alt=''/><figcaption>The "
                "old harbour in 1904.</figcaption></figure><p>Mrs. Dahl keeps the key of the church.</p>"
            ),
        },
        title="The Outer Islands",
        extra={"META-INF/encryption.xml": _encryption("http://www.idpf.org/2008/embedding")},
    )


def with_scrambled_fonts(algorithm: str) -> bytes:
    """A book whose encryption file names one way of encrypting."""
    chapters = {"one.xhtml": page("<p>Open words.</p>")}
    return book(chapters, title="Fonts", extra={"META-INF/encryption.xml": _encryption(algorithm)})


def _encryption(algorithm: str) -> bytes:
    named = f"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/>
<enc:CipherData><enc:CipherReference URI="OEBPS/font.otf"/></enc:CipherData></enc:EncryptedData></encryption>"""
    return named.encode()
