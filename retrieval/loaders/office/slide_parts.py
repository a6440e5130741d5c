"""What belongs to a slide and lies in parts of its own: comments, and the text of diagrams (SmartArt)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.loaders.comments import comment_text
from retrieval.loaders.composer import clean
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.office.parts import DRAWN, drawn_words, relations

if TYPE_CHECKING:
    from lxml import etree

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
COMMENT, TEXT, AUTHOR = "{*}cm", "{*}text", "{*}cmAuthor"
MODERN_AUTHOR, REPLY = "{*}author", "{*}reply"
AUTHORS = ("ppt/commentAuthors.xml", "ppt/authors.xml")
# A diagram's points of these kinds show no words of the author's.
NOT_SHOWN = ("pres", "parTrans", "sibTrans", "doc")


def comments(archive: Archive, slide: str, kind: str) -> list[str]:
    """The comments on a slide with their replies, as paragraphs that say what they are and whose."""
    names: dict[str, str] | None = None
    found = []
    for relation in relations(archive, slide, kind).values():
        if relation.kind != "comments" or relation.target not in archive:
            continue
        names = _authors(archive, kind) if names is None else names
        for comment in parse_xml(archive.read(relation.target), kind).iter(COMMENT, REPLY):
            author = names.get(comment.get("authorId", ""), "")
            words = _words_of_comment(comment)
            if words:
                found.append(comment_text(words, author))
    return found


def diagram(archive: Archive, slide: str, relation: str, kind: str) -> list[str]:
    """The paragraphs of a diagram, in the order of its data.

    Args:
        archive: The file.
        slide: The name of the slide's part.
        relation: The id of the slide's relation to the diagram's data.
        kind: What the file is meant to be.
    """
    data = relations(archive, slide, kind).get(relation)
    if data is None or data.target not in archive:
        return []
    points = parse_xml(archive.read(data.target), kind).iter(f"{DIAGRAM}pt")
    shown = (point for point in points if point.get("type", "node") not in NOT_SHOWN)
    return list(filter(None, (drawn_words(part) for point in shown for part in point.iter(f"{DRAWN}p"))))


def _authors(archive: Archive, kind: str) -> dict[str, str]:
    return {
        author.get("id", ""): clean(author.get("name", ""))
        for name in AUTHORS
        if name in archive
        for author in parse_xml(archive.read(name), kind).iter(AUTHOR, MODERN_AUTHOR)
    }


def _words_of_comment(comment: etree._Element) -> str:
    """Its words: plain, or in paragraphs; those of the replies in it are told by themselves."""
    plain = comment.findtext(TEXT)
    if plain is not None:
        return clean(plain)
    body = comment.find("{*}txBody")
    return " ".join(filter(None, map(drawn_words, body.iter(f"{DRAWN}p")))) if body is not None else ""
