"""Word's formulas (OMML) -> MathML, which the walk over a page writes in one line.

Source of the method: ECMA-376, part 1, section 22.1 (Math); each of its elements has one of MathML that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULA = f"{M}oMath"
TOKEN = re.compile(r"(\d+(?:[.,]\d+)*)|([^\W\d_]+)|(\S)")
INTEGRAL = "∫"
# Word has the signs above a letter as they are written behind it, MathML as they stand alone.
ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0307": "˙", "\u0308": "¨", "\u20d7": "→"}


def to_mathml(formula: etree._Element) -> etree._Element:
    """A formula as an element of MathML."""
    from lxml import etree

    made = etree.Element("math")
    _add_all(made, formula)
    return made


def _add_all(target: etree._Element, source: etree._Element | None) -> None:
    for part in source if source is not None else ():
        if not isinstance(part.tag, str) or part.tag.endswith("Pr"):
            continue
        write = WRITE.get(part.tag.removeprefix(M)) if part.tag.startswith(M) else None
        (write or _add_all)(target, part)


def _sub(target: etree._Element, name: str, text: str | None = None) -> etree._Element:
    from lxml import etree

    made = etree.SubElement(target, name)
    made.text = text
    return made


def _row(target: etree._Element, source: etree._Element | None) -> None:
    _add_all(_sub(target, "mrow"), source)


def _run(target: etree._Element, run: etree._Element) -> None:
    words = "".join(text.text or "" for text in run.iter(f"{M}t"))
    if run.find(f"{M}rPr/{M}nor") is not None:
        _sub(target, "mtext", words)
        return
    for digits, letters, operator in TOKEN.findall(words):
        if digits:
            _sub(target, "mn", digits)
        elif letters:
            _sub(target, "mi", letters)
        else:
            _sub(target, "mo", operator)


def _with(name: str, *parts: str) -> Callable[[etree._Element, etree._Element], None]:
    """Writes an element of MathML whose children are these parts, in this order."""

    def write(target: etree._Element, source: etree._Element) -> None:
        made = _sub(target, name)
        for part in parts:
            _row(made, source.find(M + part))

    return write


def _property(source: etree._Element, name: str, otherwise: str) -> str:
    """What the properties of an element say; an empty value is meant."""
    found = next((one for one in source.iterchildren() if str(one.tag).endswith("Pr")), None)
    told = None if found is None else found.find(M + name)
    return otherwise if told is None else (told.get(f"{M}val") or "")


def _is_hidden(source: etree._Element, name: str) -> bool:
    return _property(source, name, "0") not in ("0", "off", "false")


def _root(target: etree._Element, source: etree._Element) -> None:
    degree = source.find(f"{M}deg")
    if degree is None or _is_hidden(source, "degHide") or not "".join(degree.itertext()).strip():
        _row(_sub(target, "msqrt"), source.find(f"{M}e"))
    else:
        _with("mroot", "e", "deg")(target, source)


def _large(target: etree._Element, source: etree._Element) -> None:
    """A sum, an integral or the like, with its limits, in front of what it is taken of."""
    limits = [name for name in ("sub", "sup") if not _is_hidden(source, f"{name}Hide")]
    around = {("sub", "sup"): "munderover", ("sub",): "munder", ("sup",): "mover"}.get(tuple(limits), "mrow")
    made = _sub(target, around)
    _sub(made, "mo", _property(source, "chr", INTEGRAL))
    for limit in limits:
        _row(made, source.find(M + limit))
    _row(target, source.find(f"{M}e"))


def _fenced(target: etree._Element, source: etree._Element) -> None:
    row = _sub(target, "mrow")
    _sub(row, "mo", _property(source, "begChr", "("))
    for place, part in enumerate(source.iterchildren(f"{M}e")):
        if place:
            _sub(row, "mo", _property(source, "sepChr", "|"))
        _row(row, part)
    _sub(row, "mo", _property(source, "endChr", ")"))


def _accent(target: etree._Element, source: etree._Element) -> None:
    made = _sub(target, "mover")
    _row(made, source.find(f"{M}e"))
    sign = _property(source, "chr", "\u0302")
    _sub(made, "mo", ACCENTS.get(sign, sign))


def _bar(target: etree._Element, source: etree._Element) -> None:
    made = _sub(target, "mover" if _property(source, "pos", "bot") == "top" else "munder")
    _row(made, source.find(f"{M}e"))
    _sub(made, "mo", "¯")


def _table(target: etree._Element, rows: Iterator[list[etree._Element]]) -> None:
    table = _sub(target, "mtable")
    for cells in rows:
        row = _sub(table, "mtr")
        for cell in cells:
            _row(_sub(row, "mtd"), cell)


def _matrix(target: etree._Element, source: etree._Element) -> None:
    _table(target, (list(row.iterchildren(f"{M}e")) for row in source.iterchildren(f"{M}mr")))


def _lines(target: etree._Element, source: etree._Element) -> None:
    _table(target, ([one] for one in source.iterchildren(f"{M}e")))


def _fraction(target: etree._Element, source: etree._Element) -> None:
    if _property(source, "type", "bar") == "noBar":
        _table(target, ([part] for part in source if part.tag in (f"{M}num", f"{M}den")))
    else:
        _with("mfrac", "num", "den")(target, source)


WRITE: dict[str, Callable[[etree._Element, etree._Element], None]] = {
    "r": _run,
    "f": _fraction,
    "sSup": _with("msup", "e", "sup"),
    "sSub": _with("msub", "e", "sub"),
    "sSubSup": _with("msubsup", "e", "sub", "sup"),
    "sPre": _with("msubsup", "e", "sub", "sup"),
    "limLow": _with("munder", "e", "lim"),
    "limUpp": _with("mover", "e", "lim"),
    "rad": _root,
    "nary": _large,
    "d": _fenced,
    "acc": _accent,
    "bar": _bar,
    "m": _matrix,
    "eqArr": _lines,
}
