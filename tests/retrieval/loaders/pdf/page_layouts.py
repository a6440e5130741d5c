"""Pages with their words in columns, boxes and tables, as the order of reading has to be found on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "Helvetica", "Helvetica-Bold"
PLACES = ("harbour", "library", "old mill", "town hall", "garden", "railway", "market", "school", "theatre", "bridge")
DEEDS = (
    "was closed for two weeks while the roof and the northern gate were painted",
    "sold more tickets than in any summer since the war and paid its debts",
    "asked the council for a new lamp above the door, which nobody had repaired",
    "received a letter from the mayor about the noise that visitors make at night",
    "counted its chairs again and found that nine of them had disappeared",
)


@dataclass(frozen=True)
class Piece:
    """A line as it is drawn."""

    x: float
    y: float
    words: str
    size: float = 10
    font: str = REGULAR


@dataclass(frozen=True)
class Layout:
    """A page, and what is read on it one after the other."""

    pieces: tuple[Piece, ...]
    read: tuple[str, ...]

    def __add__(self, other: Layout) -> Layout:
        return Layout(self.pieces + other.pieces, self.read + other.read)


def news(first: int, count: int) -> list[str]:
    """Sentences of which no two are the same."""
    return [
        f"In week {number} the {PLACES[number % len(PLACES)]} {DEEDS[number % len(DEEDS)]}."
        for number in range(first, first + count)
    ]


def text(sentences: Sequence[str], x: float, y: float, width: float, size: float = 10, leading: float = 12) -> Layout:
    """Running text in a column, from ``y`` downward."""
    lines = simpleSplit(" ".join(sentences), REGULAR, size, width)
    pieces = tuple(Piece(x, y - leading * at, line, size) for at, line in enumerate(lines))
    return Layout(pieces, tuple(sentences))


def line(words: str, x: float, y: float, size: float = 10, font: str = REGULAR) -> Layout:
    """A line that stands alone."""
    return Layout((Piece(x, y, words, size, font),), (words,))


def rows(cells: Sequence[Sequence[str]], x: Sequence[float], y: float) -> Layout:
    """The rows of a table without ruling lines."""
    pieces = tuple(
        Piece(place, y - 14 * at, words) for at, row in enumerate(cells) for place, words in zip(x, row, strict=True)
    )
    return Layout(pieces, tuple(words for row in cells for words in row))


def page(layout: Layout, *, row_by_row: bool = False, turned: bool = False) -> bytes:
    """The page as a file that draws the pieces as they are given, or from top to bottom and from left to right."""
    pieces = layout.pieces
    if row_by_row:
        pieces = tuple(sorted(pieces, key=lambda piece: (-piece.y, piece.x)))
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    if turned:
        canvas.rotate(90)
        canvas.translate(0, -A4[0])
    for piece in pieces:
        canvas.setFont(piece.font, piece.size)
        canvas.drawString(piece.x, piece.y, piece.words)
    canvas.save()
    return made.getvalue()


def two_columns() -> Layout:
    """Two columns below a headline."""
    return line("News from the town", 60, 780, 18) + text(news(1, 6), 60, 740, 220) + text(news(11, 6), 310, 740, 220)


def three_columns() -> Layout:
    """Three narrow columns, of which the last one is short."""
    return text(news(1, 6), 50, 760, 150) + text(news(11, 6), 220, 760, 150) + text(news(21, 3), 390, 760, 150)


def headline_between_columns() -> Layout:
    """Two columns, a headline over both of them, and two columns again."""
    above = text(news(1, 4), 60, 780, 220) + text(news(11, 4), 310, 780, 220)
    below = text(news(21, 4), 60, 560, 220) + text(news(31, 4), 310, 560, 220)
    return above + line("What happened in the second half of a long and very dry summer", 60, 600, 14) + below


def narrow_gutter() -> Layout:
    """Columns that stand close beside each other."""
    return text(news(1, 6), 60, 760, 225) + text(news(11, 6), 294, 760, 225)


def list_in_a_column() -> Layout:
    """Items in the left column, running text in the right one."""
    items = Layout((), ())
    for at, words in enumerate(
        ("two oars and a rope", "a life jacket", "dry clothes for the evening", "one lamp a boat")
    ):
        items += line(f"• {words}", 60, 640 - 12 * at)
    left = (
        text(news(1, 3), 60, 760, 220) + line("Every crew of four has to bring with it to the start:", 60, 655) + items
    )
    return left + text(news(11, 7), 320, 760, 220)


def sidebar() -> Layout:
    """A narrow box in small print to the right of the text."""
    return text(news(1, 9), 60, 760, 320) + text(news(11, 4), 410, 750, 120, size=8, leading=9.5)


def uneven_lines() -> Layout:
    """Columns whose lines do not stand beside each other."""
    return text(news(1, 6), 60, 760, 220) + text(news(11, 6), 310, 753, 220, size=9, leading=11)


def table_between_columns() -> Layout:
    """A table over the whole width, with two columns above it and two below."""
    above = text(news(1, 4), 60, 780, 220) + text(news(11, 4), 310, 780, 220)
    table = rows(
        [
            ["Ticket of the summer season", "Price", "Sold"],
            ["Adult for one day", "4.50", "812"],
            ["Child", "2.00", "97"],
        ],
        [60, 265, 420],
        620,
    )
    return above + table + text(news(21, 4), 60, 540, 220) + text(news(31, 4), 310, 540, 220)


def heading_in_a_column() -> Layout:
    """Each column has a heading of its own."""
    left = line("Spring", 60, 760, 12, BOLD) + text(news(1, 5), 60, 740, 220)
    return left + line("Autumn", 310, 760, 12, BOLD) + text(news(11, 5), 310, 740, 220)


def note_below_columns() -> Layout:
    """A note over the whole width at the foot of the page."""
    columns = text(news(1, 6), 60, 760, 220) + text(news(11, 6), 310, 760, 220)
    return columns + text(news(21, 2), 60, 90, 470, size=8, leading=10)


def headline_over_two_of_three() -> Layout:
    """A newspaper: one story over the whole height, another one under a headline over two columns."""
    story = text(news(1, 9), 50, 760, 150)
    other = line("The town counts all its chairs once more", 220, 760, 14, BOLD)
    return story + other + text(news(11, 6), 220, 735, 150) + text(news(21, 6), 390, 735, 150)


def table_of_words() -> Layout:
    """Short cells, which are read row by row."""
    cells = [["Name", "Street", "Boat"], ["Clara Stone", "Mill Lane", "Heron"], ["Ada Field", "Quay Street", "Swift"]]
    cells += [["John Reed", "Church Row", "Otter"], ["Emma Wood", "Mill Lane", "Kingfisher"]]
    return text(news(1, 2), 60, 780, 470) + rows(cells, [60, 200, 340], 700)


def definitions() -> Layout:
    """Terms with a line of text beside each."""
    cells = [["Season", "the months from May to September in which the pool is open to all"]]
    cells += [["Guest", "whoever is no member and has paid for the day at the entrance"]]
    cells += [["Lifeguard", "a member of the club who has passed the examination of the town"]]
    cells += [["Key", "what opens the boathouse and is kept by the treasurer of the club"]]
    return text(news(1, 2), 60, 780, 470) + rows(cells, [60, 140], 700)


def form() -> Layout:
    """Names of fields with what stands in them, two in a row."""
    cells = [
        ["Name: Clara Stone", "Born: 3 May 1921"],
        ["Street: Mill Lane", "Town: Bristol"],
        ["Boat: Heron", "Oars: 2"],
    ]
    return text(news(1, 2), 60, 780, 470) + rows(cells, [60, 320], 700)


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        two_columns, three_columns, headline_between_columns, narrow_gutter, list_in_a_column, sidebar, uneven_lines,
        table_between_columns, heading_in_a_column, note_below_columns, headline_over_two_of_three, table_of_words,
        definitions, form,
    )
}  # fmt: skip
