"""PDF files with a font that does not say which letters it shows, written object by object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.retrieval.loaders.pdf import pdf_files

# A line with this in front is set in that font.
UNTOLD = "? "
# Where the glyph of a letter stands in the fonts of most programs, seen from its place in ASCII.
GLYPHS_BELOW_ASCII = 29

DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Words /DW 600 /FontDescriptor 6 0 R "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)
DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /Words /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
    b"/Descent -200 /CapHeight 700 /StemV 80 >>"
)


def by_glyph(letter: str) -> int:
    """The number of the glyph that most programs give a letter of ASCII."""
    return ord(letter) - GLYPHS_BELOW_ASCII


def typeset(
    pages: Sequence[Sequence[str]], code_of: Callable[[str], int] = by_glyph, told: Mapping[int, str] | None = None
) -> bytes:
    """Pages of lines; the marked ones are in the untold font, which has the letters at ``code_of``.

    Of the codes in ``told`` the font says which letters they are.
    """
    first = 8
    said = b"/ToUnicode 7 0 R" if told else b""
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Words /Encoding /Identity-H /DescendantFonts [5 0 R] %b >>" % said,
        DESCENDANT,
        DESCRIPTOR,
        pdf_files.stream(_map(told or {})),
    ]
    for number, lines in enumerate(pages):
        drawn = b"\n".join(_drawn(line, 760 - 14 * place, code_of) for place, line in enumerate(lines))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R /G 4 0 R >> >> >>" % (first + 2 * number + 1),
            pdf_files.stream(drawn),
        ]
    return pdf_files.from_objects(objects)


def _map(told: Mapping[int, str]) -> bytes:
    lines = (b"<%04x> <%b>" % (code, letter.encode("utf-16-be").hex().encode()) for code, letter in told.items())
    return b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange %d beginbfchar %b endbfchar endcmap" % (
        len(told),
        b" ".join(lines),
    )


def _drawn(line: str, y: int, code_of: Callable[[str], int]) -> bytes:
    if not line.startswith(UNTOLD):
        return b"BT /F 11 Tf 72 %d Td (%b) Tj ET" % (y, line.encode("latin-1"))
    codes = "".join(f"{code_of(letter):04x}" for letter in line.removeprefix(UNTOLD))
    return b"BT /G 11 Tf 72 %d Td <%b> Tj ET" % (y, codes.encode())
