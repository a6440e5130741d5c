"""Word's formulas stand in their sentence, on one line."""

from __future__ import annotations

import pytest

from retrieval.loaders.word.docx import extract
from tests.retrieval.loaders.documents import assert_whole
from tests.retrieval.loaders.word.word_archives import paragraph, run, word


def r(text: str, properties: str = "") -> str:
    return f"<m:r>{properties}<m:t>{text}</m:t></m:r>"


def of(name: str, properties: str = "", **parts: str) -> str:
    """An element of a formula with its parts."""
    inner = "".join(f"<m:{part}>{content}</m:{part}>" for part, content in parts.items())
    return f"<m:{name}><m:{name}Pr>{properties}</m:{name}Pr>{inner}</m:{name}>"


def line_of(content: str) -> str:
    return extract(word(paragraph(f"<m:oMath>{content}</m:oMath>"))).text


SQUARE = of("sSup", e=r("c"), sup=r("2"))


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        (r("E=m") + SQUARE, "E = mc^2"),
        (of("f", num=r("a+b"), den=r("2")), "(a + b)/2"),
        (of("sSub", e=r("x"), sub=r("i")), "x_i"),
        (of("sSubSup", e=r("x"), sub=r("i"), sup=r("2")), "x_i^2"),
        (of("rad", '<m:degHide m:val="1"/>', deg="", e=r("x")), "sqrt(x)"),
        (of("rad", deg=r("3"), e=r("x")), "root(3, x)"),
        (of("d", e=r("x+1")), "(x + 1)"),
        (of("d", '<m:begChr m:val="["/><m:endChr m:val="]"/>', e=r("x")), "[x]"),
        (of("nary", '<m:chr m:val="∑"/>', sub=r("i=1"), sup=r("n"), e=r("x")), "∑_(i = 1)^n x"),
        (of("nary", '<m:supHide m:val="1"/>', sub=r("S"), sup="", e=r("x")), "∫_S x"),
        (of("func", fName=r("log"), e=of("d", e=r("x"))), "log(x)"),
        (of("func", fName=r("cos"), e=r("x")), "cos x"),
        (of("func", fName=r("cos"), e=of("f", num=r("nx"), den=r("2"))), "cos(nx/2)"),
        (of("limLow", e=r("lim"), lim=r("n→∞")), "lim_(n → ∞)"),
        (of("acc", '<m:chr m:val="\u0303"/>', e=r("x")), "x\u0303"),
        (of("f", '<m:type m:val="noBar"/>', num=r("n"), den=r("k")), "n; k"),
        (r("speed in km", "<m:rPr><m:nor/></m:rPr>"), "speed in km"),
        (of("box", e=r("x=1.5")), "x = 1.5"),
    ],
)
def test_a_formula_is_one_line(formula: str, line: str) -> None:
    assert line_of(formula) == line


def test_a_matrix_is_written_row_by_row() -> None:
    rows = "".join(f"<m:mr><m:e>{r(one)}</m:e><m:e>{r(two)}</m:e></m:mr>" for one, two in ("ab", "cd"))
    assert line_of(of("d", e=f"<m:m><m:mPr/>{rows}</m:m>")) == "(a, b; c, d)"


def test_a_formula_stands_whole_in_its_sentence() -> None:
    content = (
        run("The area ") + f"<m:oMath>{r('A=π')}{SQUARE.replace('c', 'r')}</m:oMath>" + run(" is in square metres.")
    )
    assert_whole(extract(word(paragraph(content))), "The area A = πr^2 is in square metres.")


def test_formulas_one_after_the_other_do_not_stick() -> None:
    two = f"<m:oMath>{r('a=b')}</m:oMath><m:oMath>{r('c=d')}</m:oMath>"
    assert extract(word(paragraph(two))).text == "a = b c = d"
    assert extract(word(f"<m:oMathPara>{two}</m:oMathPara>")).text == "a = b\n\nc = d"
