"""A formula -> one run of text within its sentence.

Pages hold the same formula several times: as MathML, as TeX, as a picture with a description, and as the pieces that a
script has drawn (MathJax, KaTeX, MediaWiki). One of them is read: MathML first, since it says what people see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import is_hidden, local_name
from retrieval.loaders.markup.mathml import linear

if TYPE_CHECKING:
    from lxml import etree

# Elements that hold a formula in several forms, by a word of their class.
HOLDERS = frozenset(("mwe-math-element", "katex", "katex-display", "MathJax", "MathJax_Display", "MathJax_SVG"))
HOLDER_NAMES = frozenset(("mjx-container", "mjx-math", "katex-math"))
PREVIEWS = frozenset(("MathJax_Preview",))
# A picture of a formula.
PICTURES = re.compile(r"(?:^|[\s_-])(?:math|maths|tex|latex|formula|equation)(?:$|[\s_-])", re.IGNORECASE)
MATH_SCRIPT = re.compile(r"math/(?:tex|latex|asciimath)\b", re.IGNORECASE)
# Programs put so many pairs of braces around a formula at most.
MAX_BRACES = 4
# What TeX says of the looks alone.
LOOKS = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|left|right|big|Big|bigg|Bigg|limits|nolimits|mathstrut)(?![A-Za-z])"
)
FONTS = re.compile(r"\\(?:mathrm|mathbf|mathit|mathsf|mathbb|mathcal|text|textrm|operatorname|rm|bf)\s*\{([^{}]*)\}")
SPACES = re.compile(r"\\[,;:!> ]|\\q?quad(?![A-Za-z])|~")


def formula_text(element: etree._Element) -> str | None:
    """What a formula says, on one line; nothing where it is said elsewhere, and None where it is no formula."""
    name = local_name(element)
    if name == "math":
        if is_hidden(element):
            return ""
        # One that has a line for itself has no blanks around it.
        return f" {_of_math(element)} " if element.get("display") == "block" else _of_math(element)
    if name == "script":
        return _of_script(element)
    classes = element.get("class", "").split()
    if name == "img":
        return tidy_tex(element.get("alt", "")) if PICTURES.search(element.get("class", "")) else None
    if PREVIEWS.intersection(classes):
        return ""
    if name in HOLDER_NAMES or HOLDERS.intersection(classes):
        return _of_holder(element)
    return None


def tidy_tex(text: str) -> str:
    """TeX without what it says of the looks alone, and without a pair of braces around it all."""
    words = SPACES.sub(" ", LOOKS.sub(" ", FONTS.sub(r"\1", text)))
    words = " ".join(words.split())
    for _ in range(MAX_BRACES):
        if not (words.startswith("{") and words.endswith("}") and _closes_last(words)):
            break
        words = words[1:-1].strip()
    return words


def _closes_last(text: str) -> bool:
    """Whether the first brace is closed by the last character."""
    depth = 0
    for character in text[:-1]:
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return False
    return True


def _of_math(math: etree._Element) -> str:
    drawn = linear(math)
    if drawn:
        return drawn  # a description may be that there is none
    description = " ".join(math.get("alttext", "").split())
    annotation = next((one for one in math.iter() if local_name(one) == "annotation"), None)
    return tidy_tex(description or (annotation.text or "" if annotation is not None else ""))


def _of_holder(holder: etree._Element) -> str | None:
    """The formula once, in the first of its forms that says something; None where it has none of them."""
    math = next((one for one in holder.iter() if local_name(one) == "math"), None)
    if math is not None:
        return _of_math(math)
    picture = next((one.get("alt") for one in holder.iter("img") if one.get("alt")), None)
    if picture:
        return tidy_tex(picture)
    following = holder.getnext()
    if following is not None and MATH_SCRIPT.match(following.get("type", "")):
        return tidy_tex(following.text or "")
    return None


def _of_script(script: etree._Element) -> str | None:
    """The TeX of a formula that no script has drawn yet."""
    if not MATH_SCRIPT.match(script.get("type", "")):
        return None
    before = script.getprevious()
    classes = before.get("class", "").split() if before is not None and not (before.tail or "").strip() else []
    return "" if HOLDERS.intersection(classes) else tidy_tex(script.text or "")
