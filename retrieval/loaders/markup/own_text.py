"""Which blocks of a web page are its own text, and not what stands around it on every page of the site.

trafilatura says what the page is about, but drops headings, list items and definitions on the way, above all from
manuals and handbooks. So it only says where the page's own text is: in the smallest element that holds all it has
found. What stands there is kept, but for links and nothing else that trafilatura has not found, what is labelled as an
advertisement, a menu or the like, and headings below which nothing is left. Where trafilatura finds nothing, the whole
page is kept.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from retrieval.loaders.markup.discussion import discussed_blocks
from retrieval.loaders.markup.elements import local_name
from retrieval.loaders.markup.furniture import is_button, is_notice
from retrieval.loaders.markup.walk import MarkupBlock, markup_blocks

if TYPE_CHECKING:
    from lxml import etree

# Beyond this a file is no web page with navigation around it, and trafilatura would take minutes.
MAX_ELEMENTS_OF_A_WEB_PAGE = 60_000
# A block with fewer characters may stand in a menu as well as in the text; it does not say where the text begins.
ANCHOR_CHARACTERS = 20
# Elements whose words mean something by their place, however much they look like a button's.
WITH_MEANING = frozenset(("li", "dt", "dd", "td", "th", "table", "pre", "summary", "caption"))
# Where more than this of the text is labelled as furniture, it is none.
MAX_LABELLED_SHARE = 0.25
# So far below a definition its words may stand, in a list.
MAX_STEPS_TO_A_DEFINITION = 3
# A longer line before a list of links is a sentence.
MAX_ANNOUNCEMENT_CHARACTERS = 80


def own_blocks(root: etree._Element, blocks: Sequence[MarkupBlock]) -> list[MarkupBlock]:
    """The blocks that are the page's own.

    Args:
        root: The page.
        blocks: All its blocks.
    """
    main = _main_blocks(root) if sum(1 for _ in root.iter()) <= MAX_ELEMENTS_OF_A_WEB_PAGE else []
    main_keys = {_key(block) for block in main}
    long_keys = _found("\n".join(main_keys), {_key(block)[:ANCHOR_CHARACTERS] for block in blocks})
    anchors = [block for block in blocks if _key(block)[:ANCHOR_CHARACTERS] in long_keys]
    headings = [block for block in blocks if block.level and _key(block) in main_keys]
    container = _common_element([block.element for block in (*anchors, *headings) if block.element is not None])
    if container is None:
        return list(blocks)
    inside = set(container.iter())
    within = [block for block in blocks if block.element in inside]
    labels_hold = _labels_hold([block for block in within if _key(block) in main_keys])
    values = _values(container)
    marked = [
        (block, block.element in inside and _is_text(block, _key(block) in main_keys, labels_hold, values))
        for block in blocks
    ]
    kept = list(_with_text_below(marked))[::-1]
    if kept and not kept[0].level:
        before = takewhile(lambda block: block is not kept[0], blocks)
        titles = [block for block in before if block.level in (1, 2) and not (block.links_only or block.labelled)]
        kept[:0] = titles[-1:]
    return discussed_blocks(root, blocks, kept)


def _labels_hold(main: Sequence[MarkupBlock]) -> bool:
    """Whether what is labelled as furniture is little of what trafilatura has found; else labels mean another thing."""
    labelled = sum(len(block.text) for block in main if _is_furniture(block))
    return labelled <= MAX_LABELLED_SHARE * sum(len(block.text) for block in main)


def _is_furniture(block: MarkupBlock) -> bool:
    return block.labelled or is_notice(block.text)


def _is_text(block: MarkupBlock, in_main: bool, labels_hold: bool, values: Set[etree._Element]) -> bool:
    """Whether a block within the page's own part is text and not furniture."""
    name = local_name(block.element) if block.element is not None else ""
    if not block.level and name not in WITH_MEANING and is_button(block.text):
        return False
    if _is_furniture(block):
        return in_main and not labels_hold
    return in_main or not block.links_only or _is_within(block.element, values)


def _values(container: etree._Element) -> set[etree._Element]:
    """The definitions of lists that have more than links: "Author: <a>Ann</a>" beside "Pages: 51" is no menu."""
    found: set[etree._Element] = set()
    for listed in container.iter("dl"):
        definitions = list(listed.iter("dd"))
        if any("".join(one.xpath(".//text()[not(ancestor::a)]")).strip() for one in definitions):
            found.update(definitions)
    return found


def _is_within(element: etree._Element | None, values: Set[etree._Element]) -> bool:
    if element is None or not values:
        return False
    return any(one in values for one in (element, *islice(element.iterancestors(), MAX_STEPS_TO_A_DEFINITION)))


def _with_text_below(marked: Sequence[tuple[MarkupBlock, bool]]) -> Iterator[MarkupBlock]:
    """From the last to the first, the blocks that are text, but headings and lines whose own text has been left out."""
    following: MarkupBlock | None = None
    left_out = links_follow = False
    for block, is_text in reversed(marked):
        if not is_text:
            left_out, links_follow = True, block.links_only
            continue
        ends = following is None or 0 < following.level <= block.level
        if block.level > 1 and left_out and ends:
            continue
        announces = (block.bold or block.text.endswith(":")) and len(block.text) <= MAX_ANNOUNCEMENT_CHARACTERS
        if announces and links_follow and not _is_item(following):
            continue
        yield block
        following, left_out, links_follow = block, False, False


def _is_item(block: MarkupBlock | None) -> bool:
    return block is not None and block.element is not None and local_name(block.element) == "li"


def _common_element(elements: list[etree._Element]) -> etree._Element | None:
    """The smallest element that holds all of them, and more than one paragraph or cell."""
    if not elements:
        return None
    common = [elements[0], *elements[0].iterancestors()][1:]
    for element in elements[1:]:
        holders = {element, *element.iterancestors()}
        common = common[next((number for number, one in enumerate(common) if one in holders), len(common)) :]
    if not common:
        return None
    tables = [element for element in (common[0], *common[0].iterancestors()) if element.tag == "table"]
    return tables[-1].getparent() if tables else common[0]


def _found(text: str, keys: set[str]) -> set[str]:
    """Which keys of full length occur in ``text``; one pass over it, since there may be many."""
    return {text[start : start + ANCHOR_CHARACTERS] for start in range(len(text) - ANCHOR_CHARACTERS + 1)} & keys


def _key(block: MarkupBlock) -> str:
    return "".join(block.text[block.own :].split())


def _main_blocks(root: etree._Element) -> list[MarkupBlock]:
    """What trafilatura takes for the page's own text; nothing if it finds none or stumbles."""
    import trafilatura

    page = copy.deepcopy(root)
    for cell in page.iter("td", "th"):  # it fills up the rows to what their cells claim to reach over
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    document = None
    with suppress(Exception):  # what it stumbles over can be read without it
        document = trafilatura.bare_extraction(
            page, favor_recall=True, fast=True, include_comments=False, include_tables=True
        )
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    names = {"head": "h2", "list": "ul", "item": "li", "row": "tr", "cell": "td", "lb": "br", "quote": "blockquote"}
    for element in document.body.iter(*names):
        element.tag = names[element.tag]
    return list(markup_blocks(document.body))
