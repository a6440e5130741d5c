"""PPTX -> text: the slides one after the other, each under its number and title, with its notes and comments.

Source of the method: python-pptx reads the shapes and where they stand from an archive made anew (``parts.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retrieval.loaders.composer import Composer, TextBlock, clean, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import listed, refusing_damage
from retrieval.loaders.markup.safe_zip import Archive
from retrieval.loaders.office import slide_parts
from retrieval.loaders.office.parts import CONTENT_TYPES, DRAWN, made_anew, properties, refuse_old
from retrieval.loaders.office.raised_text import write_raised
from retrieval.loaders.office.slide_shapes import LINE_BREAK, frame_blocks, shape_blocks

if TYPE_CHECKING:
    from lxml import etree

KIND = "PPTX"
# What holds no text of a slide, or is read from the file itself.
NEEDLESS = ("theme/", "diagrams/", "comments", "tags/", "media/", "embeddings/", "ink/", "customXml", "printerSettings")
# Shows, templates and files with macros are presentations inside.
MAIN_TYPES = (".slideshow.", ".template.", ".presentation.")
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TEXT = f"{DRAWN}t"
# The title of a file to which nobody has given one, in many languages: "PowerPoint Presentation".
PROGRAM_MADE = "powerpoint"
# What the place of a title is called.
TITLES = ("TITLE", "CENTER_TITLE")
NOTES = "Notes"
COMMENTS = "Comments"

HIDDEN = "{name} has hidden slides, which are left out (%s); unhide them and index it again to have them read."


def extract(data: bytes) -> Extracted:
    """Read a presentation.

    Raises:
        SourceError: If it is damaged, protected, without text, or unfolds into too much.
    """
    refuse_old(data, "PowerPoint", ".pptx")
    with refusing_damage(KIND):
        import pptx

        archive = Archive(data, KIND)
        deck = pptx.Presentation(made_anew(archive, KIND, NEEDLESS, _prepare))
        first = int(deck.element.get("firstSlideNum", "1"))
        composer = Composer()
        hidden: list[int] = []
        titles: list[str] = []
        for number, slide in enumerate(deck.slides, start=first):
            if slide.element.get("show") in ("0", "false"):
                hidden.append(number)
            else:
                titles.append(_add(composer, slide, number, archive))
        title, _ = properties(archive, KIND)
        title = "" if PROGRAM_MADE in title.lower() else title
        named = next(filter(None, map(sensible_title, [title, *titles])), "")
        return composer.extracted(named, warnings=[HIDDEN % listed(hidden)] if hidden else [])


def _prepare(name: str, root: etree._Element) -> None:
    """Make a part what the library knows: no shows or templates, one of several ways to say the same; raise words."""
    if name.lower() == CONTENT_TYPES.lower():
        for element in root:
            content_type = element.get("ContentType", "")
            if content_type.endswith(".main+xml") and any(one in content_type for one in MAIN_TYPES):
                element.set("ContentType", PRESENTATION)
        return
    for choice in list(root.iter(f"{COMPATIBILITY}AlternateContent")):
        ways = [way for way in choice if next(way.iter(TEXT), None) is not None] or list(choice[:1])
        parent = choice.getparent()
        if parent is None:
            continue
        for element in list(ways[0]) if ways else []:
            choice.addprevious(element)
        parent.remove(choice)
    for paragraph in root.iter(f"{DRAWN}p"):
        write_raised((run.find(f"{DRAWN}t"), _height(run)) for run in paragraph.iterchildren(f"{DRAWN}r"))


def _height(run: etree._Element) -> int:
    """Above 0 for raised words, below 0 for lowered ones."""
    properties = run.find(f"{DRAWN}rPr")
    baseline = properties.get("baseline", "") if properties is not None else ""
    return -1 if baseline.startswith("-") else int(baseline.strip("0%") != "")


def _add(composer: Composer, slide: Any, number: int, archive: Archive) -> str:
    """Add a slide; returns its title, or its first words where it has none."""
    part = str(slide.part.partname).lstrip("/")
    heading = _heading(slide)
    title = clean(heading.text_frame.text.replace(LINE_BREAK, "\n")) if heading is not None else ""
    path = (f"slide {number}", title) if title else (f"slide {number}",)
    composer.begin_part()
    composer.set_path(path)
    blocks = list(
        shape_blocks(slide.shapes, lambda relation: slide_parts.diagram(archive, part, relation, KIND), heading)
    )
    notes = list(_notes(slide))
    comments = [TextBlock(words) for words in slide_parts.comments(archive, part, KIND)]
    _add_part(composer, path, TextBlock(title, level=1), blocks)
    if notes:
        _add_part(composer, (*path, NOTES), TextBlock(NOTES, level=2), notes)
    if comments:
        _add_part(composer, (*path, COMMENTS), TextBlock(COMMENTS, level=2), comments)
    return title or next((block.text for block in blocks), "")


def _heading(slide: Any) -> Any:
    """The shape that holds the title; one that was cut off from its layout is still marked as that."""
    of_layout = slide.shapes.title
    marked = (shape for shape in slide.placeholders if shape.placeholder_format.type.name in TITLES)
    return of_layout if of_layout is not None else next(marked, None)


def _add_part(composer: Composer, path: tuple[str, ...], heading: TextBlock, blocks: list[TextBlock]) -> None:
    composer.add(heading, path)
    for block in blocks:
        composer.add(block)


def _notes(slide: Any) -> list[TextBlock]:
    if not slide.has_notes_slide:
        return []
    frame = slide.notes_slide.notes_text_frame
    return list(frame_blocks(frame)) if frame is not None else []
