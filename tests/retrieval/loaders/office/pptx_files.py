"""Presentations as people have them, made with python-pptx; what it cannot make is put in as XML."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pptx
from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TITLE_SLIDE, BULLETS, COMPARISON, TITLE_ONLY, BLANK = 0, 1, 4, 5, 6


def talk() -> bytes:
    """A title slide, bullets within bullets, notes of the speaker, and a title in two lines."""
    deck = pptx.Presentation()
    deck.core_properties.title = "PowerPoint Presentation"
    first = _slide(deck, TITLE_SLIDE, "Rowing for beginners")
    first.placeholders[1].text = "A course in six evenings"
    second = _slide(deck, BULLETS, "What to\vbring")
    frame = second.placeholders[1].text_frame
    frame.text = "Clothes for the boat:"
    for words, level in (("A dry shirt", 1), ("Old shoes", 1), ("Something to drink", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = words, level
    second.notes_slide.notes_text_frame.text = "Tell them that the club lends life jackets."
    _slide(deck, BULLETS, "Dates").placeholders[1].text = "We meet every Tuesday at six."
    return saved(deck)


def poster() -> bytes:
    """Boxes that were drawn in any order: two columns, a group, rows of three; no title."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_ONLY, "Two boats")
    for words, left, top in (
        ("Right below.", 5, 4), ("Right head.", 5, 2), ("Left below.", 1, 4), ("Left head.", 1, 2),
    ):  # fmt: skip
        _box(slide.shapes, words, left, top)
    rows = _slide(deck, BLANK)
    for words, left, top in (
        ("2003", 1, 3), ("The oar broke.", 4, 3), ("2002", 1, 2), ("The boat sank.", 4, 2), ("2004", 1, 4),
        ("The club won.", 4, 4),
    ):  # fmt: skip
        _box(rows.shapes, words, left, top)
    box = _box(rows.shapes, "The lake has 12 km", 1, 5)
    for words, baseline in (("2", "30000"), (" of water.", "0")):
        run = box.text_frame.paragraphs[0].add_run()
        run.text = words
        run.font._rPr.set("baseline", baseline)
    group = rows.shapes.add_group_shape()
    _box(group.shapes, "Group, lower.", 1, 6.2)
    _box(group.shapes, "Group, upper.", 1, 5.5)
    return saved(deck)


def figures() -> bytes:
    """A table with merged cells, a chart, a picture that is described, and one that is not."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_ONLY, "Members")
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(6), Inches(1)).table
    rows = (("Group", "Boat", "Seats"), ("Juniors", "Otter", "4"), ("", "Heron", "2"), ("Seniors", "Swan\nTern", "8"))
    for number, row in enumerate(rows):
        for place, words in enumerate(row):
            table.cell(number, place).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    chart = _slide(deck, TITLE_ONLY, "Growth")
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["2024", "2025"]
    data.add_series("Men", (12, 15.5))
    data.add_series("Women", (14, 20))
    frame = chart.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(5), Inches(3), data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Members at the end of the year"
    for words in ("The boathouse at the lake, seen from the pier", "boathouse.jpg", "C:\\My Pictures\\a b c.jpg"):
        picture = BytesIO()
        Image.new("RGB", (20, 20), "red").save(picture, "PNG")
        picture.seek(0)
        shape = slide.shapes.add_picture(picture, Inches(1), Inches(5))
        shape._element.nvPicPr.cNvPr.set("descr", words)
    return saved(deck)


def with_chart_kind(kind: str) -> bytes:
    """The same figures in a chart of another kind, which python-pptx cannot make."""
    data = figures()
    with ZipFile(BytesIO(data)) as archive:
        (name,) = (name for name in archive.namelist() if name.startswith("ppt/charts/chart"))
        content = archive.read(name).replace(b"c:barChart", f"c:{kind}".encode())
    return with_parts(data, {name: content})


def reviewed() -> bytes:
    """A hidden slide, comments of the older and the newer kind, and a footer."""
    deck = pptx.Presentation()
    slide = _slide(deck, BULLETS, "Budget")
    slide.placeholders[1].text = "The budget is 12,400 euros."
    _slide(deck, BULLETS, "Draft").placeholders[1].text = "Not for the members."
    deck.slides[1].element.set("show", "0")
    last = _slide(deck, BULLETS, "Votes")
    last.placeholders[1].text = "Everybody was in favour."
    footer = (
        f'<p:sp xmlns:p="{SLIDE}" xmlns:a="{DRAWN}"><p:nvSpPr><p:cNvPr id="90" name="Footer"/><p:cNvSpPr/>'
        '<p:nvPr><p:ph type="ftr" idx="11"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>'
        "<a:t>Rowing club 2026</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    last.shapes._spTree.append(pptx.oxml.parse_xml(footer))
    old = f'<p:cmLst xmlns:p="{SLIDE}"><p:cm authorId="0" idx="1"><p:text>Is that enough?</p:text></p:cm></p:cmLst>'
    new = (
        f'<n:cmLst xmlns:n="http://schemas.microsoft.com/office/powerpoint/2018/8/main" xmlns:a="{DRAWN}">'
        '<n:cm authorId="{A}"><n:replyLst><n:reply authorId="{B}"><n:txBody><a:p><a:r><a:t>Yes, all of them.</a:t>'
        "</a:r></a:p></n:txBody></n:reply></n:replyLst><n:txBody><a:p><a:r><a:t>Really everybody?</a:t></a:r></a:p>"
        "</n:txBody></n:cm></n:cmLst>"
    )
    modern = '<x:authorLst xmlns:x="x"><x:author id="{A}" name="Ann"/><x:author id="{B}" name="Ben"/></x:authorLst>'
    authors = f'<p:cmAuthorLst xmlns:p="{SLIDE}"><p:cmAuthor id="0" name="Eve"/></p:cmAuthorLst>'
    data = with_parts(
        saved(deck),
        {
            "ppt/comments/comment1.xml": old.encode(),
            "ppt/comments/modernComment_1.xml": new.encode(),
            "ppt/commentAuthors.xml": authors.encode(),
            "ppt/authors.xml": modern.encode(),
        },
    )
    data = _related(data, 1, f"{RELATIONS}/comments", "../comments/comment1.xml")
    kind = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
    return _related(data, 3, kind, "../comments/modernComment_1.xml")


def drawn() -> bytes:
    """A diagram (SmartArt), and a box that is there in two ways; saved as a show."""
    deck = pptx.Presentation()
    slide = _slide(deck, TITLE_ONLY, "Steps")
    frame = (
        f'<p:graphicFrame xmlns:p="{SLIDE}" xmlns:a="{DRAWN}" xmlns:r="{RELATIONS}"><p:nvGraphicFramePr>'
        '<p:cNvPr id="80" name="Diagram"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>'
        f'<a:off x="0" y="1500000"/><a:ext cx="900000" cy="900000"/></p:xfrm><a:graphic><a:graphicData uri="{DIAGRAM}">'
        f'<d:relIds xmlns:d="{DIAGRAM}" r:dm="rId77"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    slide.shapes._spTree.append(pptx.oxml.parse_xml(frame))
    ways = [_shape(number, words) for number, words in ((81, "New way to say it."), (82, "Old way to say it."))]
    slide.shapes._spTree.append(
        pptx.oxml.parse_xml(
            f'<m:AlternateContent xmlns:m="{COMPATIBILITY}"><m:Choice Requires="a14">{ways[0]}</m:Choice>'
            f"<m:Fallback>{ways[1]}</m:Fallback></m:AlternateContent>"
        )
    )
    points = "".join(
        f'<d:pt modelId="{n}" type="{kind}"><d:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></d:t></d:pt>'
        for n, (kind, words) in enumerate((("node", "Carry the boat."), ("sibTrans", "Arrow"), ("node", "Row away.")))
    )
    diagram = f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{DRAWN}"><d:ptLst>{points}</d:ptLst></d:dataModel>'
    data = with_parts(saved(deck), {"ppt/diagrams/data1.xml": diagram.encode()})
    data = _related(data, 1, f"{RELATIONS}/diagramData", "../diagrams/data1.xml", "rId77")
    with ZipFile(BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    return with_parts(data, {"[Content_Types].xml": types.replace(b".presentation.main+xml", b".slideshow.main+xml")})


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with parts added or replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def empty() -> bytes:
    """A presentation without slides."""
    return saved(pptx.Presentation())


def saved(deck: Any) -> bytes:
    """The presentation as a file."""
    made = BytesIO()
    deck.save(made)
    return made.getvalue()


def _slide(deck: Any, layout: int, title: str = "") -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def _box(shapes: Any, words: str, left: float, top: float) -> Any:
    box = shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    box.text_frame.text = words
    return box


def _shape(number: int, words: str) -> str:
    return (
        f'<p:sp xmlns:p="{SLIDE}" xmlns:a="{DRAWN}"><p:nvSpPr><p:cNvPr id="{number}" name="Box"/><p:cNvSpPr/><p:nvPr/>'
        '</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="4000000"/><a:ext cx="900000" cy="900000"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _related(data: bytes, slide: int, kind: str, target: str, relation: str = "rId99") -> bytes:
    name = f"ppt/slides/_rels/slide{slide}.xml.rels"
    with ZipFile(BytesIO(data)) as archive:
        content = archive.read(name).decode()
    made = f'<Relationship Id="{relation}" Type="{kind}" Target="{target}"/></Relationships>'
    return with_parts(data, {name: content.replace("</Relationships>", made).encode()})
