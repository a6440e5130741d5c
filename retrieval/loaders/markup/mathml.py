"""MathML -> one line: fractions as ``a/b``, raised and lowered parts after ``^`` and ``_``, roots as ``sqrt(x)``.

Source of the method: the linear format of Unicode Technical Note 28, in the few signs of it that everybody reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import local_name

if TYPE_CHECKING:
    from lxml import etree

# Formulas that are nested more deeply are read as the letters in them.
MAX_DEPTH = 60
# So many blanks stand between two parts at most.
MAX_ROOM = 8
# Signs that nobody sees, such as the multiplication that is not written.
UNSEEN = re.compile("[\u2061-\u2064\u200b\ufeff]")
# Between their sides these have room around; as a sign of one number they have none.
SIGNS = frozenset("=≠≈≡≅∼≤≥<>≪≫+-−±∓×·⋅÷∈∉∋⊂⊃⊆⊇∪∩→←↔⇒⇐⇔↦∧∨∝⟶⟹⟺⟸⟵↔:∣|≔") - {"|", "∣"}
PREFIXES = frozenset("+-−±∓")
# A cell that begins with one of these goes on with the cell before: the equations of a system stand below each other.
RELATIONS = SIGNS - PREFIXES - {":"}
OPENING = frozenset("([{⟨⌊⌈|‖√,;")
SKIPPED = frozenset(("annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts", "maligngroup"))
ATOMS = frozenset(("mi", "mn", "mtext", "ms", "ci", "cn", "csymbol"))
FORMS = frozenset((
    "mfrac", "mroot", "msup", "msub", "msubsup", "mover", "munder", "munderover", "mmultiscripts",
))  # fmt: skip
LINES = frozenset("¯‾―")
# A single number, letter, word, sign or group.
GROUP = re.compile(
    r"[^\W_]*|[\d.,]+|\W|\w[\u0300-\u036f\u20d0-\u20ff]|\\?[^\W\d_]+\([^()]*\)|\([^()]*\)|\[[^\[\]]*\]|\|[^|]*\|"
)
LOWERED = re.compile(r"[^\W_]_[^\W_]+")
BINDING = re.compile(r"[\^_/]")
# Drawn above a letter, they are a part of it.
ACCENTS = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7",
           "⃗": "\u20d7", "˙": "\u0307", ".": "\u0307", "¨": "\u0308"}  # fmt: skip


def linear(math: etree._Element) -> str:
    """The formula on one line."""
    return re.sub(r"\s+", " ", _sequence(list(math), 0)).strip()


def _sequence(parts: list[etree._Element], depth: int) -> str:
    """Parts that stand one after the other, with room around the signs between them."""
    line = before = ""
    was_text = False
    for part in parts:
        words = _written(part, depth + 1)
        sign = words.strip()
        if local_name(part) == "mo" and sign in SIGNS:
            last = line[-MAX_ROOM:].strip()[-1:]
            is_prefix = sign in PREFIXES and (not last or last in OPENING or last in SIGNS)
            words = sign if is_prefix else f" {sign} "
        elif local_name(part) == "mo" and sign in {",", ";"}:
            words = f"{sign} "
        elif len(before) > 1 and before.isalpha() and _is_fraction(part):
            words = f"({words})"  # "log(a/b)", since "log (a + 1)/b" is less
        elif before.isalpha() and _is_apart(before, words):
            words = f" {words}"  # "sin x", "cos 2x/3", but "ab"
        elif BINDING.search(before) and before[-1:].isalnum() and words[:1].isalnum():
            words = f" {words}"  # "x^2 y": only the 2 is raised
        is_text = local_name(part) == "mtext" and len(sign) > 1
        if (is_text or was_text) and line[-1:].isalnum() and words[:1].isalnum():
            words = f" {words}"  # "2 times row 1"
        was_text = is_text
        line += words
        before = sign or before
    return line


def _is_fraction(part: etree._Element) -> bool:
    while local_name(part) in ("mrow", "mstyle") and len(part) == 1:
        part = part[0]
    return local_name(part) == "mfrac"


def _is_apart(name: str, following: str) -> bool:
    """Whether a function or a longer name has room between itself and what follows it."""
    if len(name) > 1:
        return following[:1].isalnum()
    return len(following) > 1 and following.isalpha()


def _written(element: etree._Element, depth: int) -> str:
    name = local_name(element)
    if name in SKIPPED or not name:
        return ""
    if depth > MAX_DEPTH:
        return " ".join("".join(element.itertext()).split())
    if name in ATOMS or name == "mo":
        return UNSEEN.sub("", " ".join("".join(element.itertext()).split()))
    children = [child for child in element if local_name(child)]
    if name in ("semantics", "maction"):
        return _written(children[0], depth + 1) if children else ""
    if name == "mtable":
        return _table([[_written(cell, depth + 2).strip() for cell in row if local_name(cell)] for row in children])
    if name == "mfenced":
        inner = f"{element.get('separators', ',')[:1]} ".join(_written(child, depth + 1) for child in children)
        return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    if name == "msqrt":
        return f"sqrt({_sequence(children, depth)})"
    if name in FORMS and len(children) >= 2:
        return _form(name, [_written(child, depth + 1) for child in children])
    return _sequence(children, depth)


def _table(rows: list[list[str]]) -> str:
    """The rows of a matrix, or equations below each other whose cells only line up their signs."""
    width = max(map(len, rows), default=0)
    shown = [number for number in range(width) if any(row[number] for row in rows if number < len(row))]
    if not any(cell in SIGNS or cell[:1] in RELATIONS for row in rows for cell in row):
        return "; ".join(", ".join(row[number] for number in shown if number < len(row)) for row in rows)
    return "; ".join(filter(None, (_equation(row) for row in rows)))


def _equation(cells: list[str]) -> str:
    line = ""
    for cell in filter(None, cells):
        goes_on = cell in SIGNS or cell[0] in RELATIONS or line[-1:] in SIGNS | {",", ";"}
        line += f"{' ' if goes_on else ', '}{cell}" if line else cell
    return line


def _form(name: str, parts: list[str]) -> str:
    base, first, last = parts[0].strip(), parts[1].strip(), parts[-1].strip()
    if name == "mfrac":
        return "/".join(side if LOWERED.fullmatch(side) else _grouped(side) for side in (base, first))
    if name == "mroot":
        return f"root({first}, {base})"
    if name == "mover" and first in ACCENTS and len(base) == 1:
        return base + ACCENTS[first]
    if name == "mover" and first in LINES:
        return f"overline({base})"
    if name in ("msup", "mover"):
        return _raised(_grouped(base), first)
    if name in ("msub", "munder"):
        return _lowered(_grouped(base), first)
    return _raised(_lowered(_grouped(base), first), last if len(parts) > 2 else "")


def _raised(base: str, part: str) -> str:
    if part and not part.strip("′″‴'*†"):
        return base + part  # a prime is raised by itself
    return f"{base}^{_grouped(part)}" if part else base


def _lowered(base: str, part: str) -> str:
    return f"{base}_{_grouped(part)}" if part else base


def _grouped(part: str) -> str:
    """In brackets, unless it is a single number, letter, word or group."""
    if GROUP.fullmatch(part):
        return part
    return f"({part})"
