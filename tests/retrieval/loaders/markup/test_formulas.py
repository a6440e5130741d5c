"""A formula is one run of text, once, within its sentence, however a page holds it."""

from __future__ import annotations

import pytest

from retrieval.loaders.markup.html import extract

SQUARE = "<msup><mi>A</mi><mn>2</mn></msup>"
EQUATION = f"<mrow><mi>B</mi><mo>=</mo>{SQUARE}</mrow>"
TEX = r"{\displaystyle B=A^{2}}"
SEMANTICS = f'<semantics>{EQUATION}<annotation encoding="application/x-tex">{TEX}</annotation></semantics>'
MATH = {
    "a fraction": ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a + 1)/2"),
    "a sum": (
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
            "<msup><mi>i</mi><mn>2</mn></msup><mi>y</mi>"
        ),
        "∑_(i = 1)^n i^2 y",
    ),
    "roots": ("<msqrt><mi>x</mi><mo>-</mo><mn>1</mn></msqrt><mo>=</mo><mroot><mi>y</mi><mn>3</mn></mroot>",
              "sqrt(x - 1) = root(3, y)"),
    "signs of one number": ("<mo>−</mo><mn>3</mn><mo>&lt;</mo><mo>−</mo><mn>1.5</mn>", "−3 < −1.5"),
    "a function": ("<mi>sin</mi><mo>&#8289;</mo><mi>x</mi><mi>y</mi>", "sin xy"),
    "lowered and raised": ("<msubsup><mi>x</mi><mi>i</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msubsup>",
                           "x_i^(k + 1)"),
    "a prime and a mean": ("<msup><mi>f</mi><mo>′</mo></msup><mo>,</mo><mover><mi>x</mi><mo>¯</mo></mover>", "f′, x̄"),
    "a line above": ("<mover><msub><mi>a</mi><mi>i</mi></msub><mo>¯</mo></mover><mo>⟺</mo><mi>b</mi>",
                     "overline(a_i) ⟺ b"),
    "a matrix": (("<mfenced><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd>"
                 "<mtd><mi>d</mi></mtd></mtr></mtable></mfenced>"), "(a, b; c, d)"),
    "equations below each other": (
        (
            "<mtable><mtr><mtd><mi>x</mi></mtd><mtd><mo>=</mo><mn>3</mn></mtd><mtd></mtd></mtr>"
            "<mtr><mtd></mtd><mtd><mo>≤</mo><mn>4</mn></mtd><mtd></mtd></mtr><mtr><mtd></mtd></mtr></mtable>"
        ),
        "x = 3; ≤ 4",
    ),
    "a sign in a cell": (
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mo>+</mo></mtd><mtd><mi>b</mi></mtd>"
            "<mtd><mo>=</mo></mtd><mtd><mn>1</mn></mtd><mtd><mtext>rule 2</mtext></mtd></mtr></mtable>"
        ),
        "a + b = 1, rule 2",
    ),
    "a fraction of a function": (
        (
            "<mi>log</mi><mo>&#8289;</mo><mrow><mfrac><msub><mi>p</mi><mi>i</mi></msub><mrow><mi>q</mi><mo>+</mo>"
            "<mn>1</mn></mrow></mfrac></mrow>"
        ),
        "log(p_i/(q + 1))",
    ),
    "words in a formula": ("<mn>2</mn><mtext>times row</mtext><mi>k</mi>", "2 times row k"),
    "a lowered product": ("<msub><mi>a</mi><mrow><mn>1</mn><msub><mi>d</mi><mn>1</mn></msub></mrow></msub>",
                          "a_(1d_1)"),
    "what nobody sees": ("<mphantom><mi>z</mi></mphantom><mi>A</mi><mo>&#8290;</mo><mi>B</mi>", "AB"),
    "with prefixes": ("<m:mi>A</m:mi><m:mo>=</m:mo><m:mn>1</m:mn>", "A = 1"),
    "nothing but elements that are not known": ("<apply><plus/><ci>a</ci><ci>b</ci></apply>", "ab"),
}  # fmt: skip


def sentence(formula: str) -> str:
    """A page with one sentence; what is read of it."""
    return extract(f"<article><h1>Rule</h1><p>We write {formula} in short.</p></article>".encode()).text.split("\n\n")[
        1
    ]


@pytest.mark.parametrize("case", MATH)
def test_mathml_is_one_run_of_text(case: str) -> None:
    math, words = MATH[case]
    assert sentence(f"<math>{math}</math>") == f"We write {words} in short."


@pytest.mark.parametrize(
    "formula",
    [
        f"<math>{EQUATION}</math>",
        f'<math alttext="B=A^{{2}}">{EQUATION}</math>',
        f'<math alttext="no description">{EQUATION}</math>',
        '<math alttext="B = A^2"></math>'.replace("A^2", "A²"),
        f'<m:math xmlns:m="http://www.w3.org/1998/Math/MathML">{EQUATION}</m:math>',
        (
            '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;">'
            f'<math alttext="{TEX}">{SEMANTICS}</math></span>'
            f'<img class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{TEX}"></span>'
        ),
        (
            f'<span class="katex"><span class="katex-mathml"><math>{SEMANTICS}</math></span>'
            '<span class="katex-html"><span>B</span><span>=</span><span>A</span><span>2</span></span></span>'
        ),
        (
            '<span class="MathJax_Preview">B=A2</span><span class="MathJax"><nobr aria-hidden="true">B=A2</nobr>'
            f'<span class="MJX_Assistive_MathML"><math>{SEMANTICS}</math></span></span>'
            '<script type="math/tex">B=A^2</script>'
        ),
        (
            '<mjx-container><mjx-math aria-hidden="true"><mjx-mi>B</mjx-mi></mjx-math>'
            f"<mjx-assistive-mml><math>{EQUATION}</math></mjx-assistive-mml></mjx-container>"
        ),
    ],
)
def test_a_formula_that_a_page_holds_several_times_is_read_once(formula: str) -> None:
    assert sentence(formula) in ("We write B = A^2 in short.", "We write B = A² in short.")


@pytest.mark.parametrize(
    "formula",
    [
        '<script type="math/tex">{\\displaystyle B=A^2}</script>',
        '<span class="MathJax"><nobr><span>B</span></nobr></span><script type="math/tex">B=A^2</script>',
        '<img class="tex" alt="{\\displaystyle B=A^2}" src="b.png">',
        '<img class="mwe-math-fallback-image-inline" alt="\\textstyle \\mathrm{B}=A^2">',
        '<span class="mwe-math-element"><img alt="B=A^2"></span>',
        '<math><semantics><annotation encoding="application/x-tex">B=A^2</annotation></semantics></math>',
    ],
)
def test_tex_is_read_where_there_is_nothing_else(formula: str) -> None:
    assert sentence(formula) == "We write B=A^2 in short."


def test_a_formula_with_a_line_for_itself_does_not_stick_to_words() -> None:
    page = f'<p>We write<math display="block">{EQUATION}</math>in short.</p>'
    assert extract(page.encode()).text == "We write B = A^2 in short."


def test_a_formula_that_is_hidden_is_not_read() -> None:
    assert sentence(f'<math hidden>{EQUATION}</math><span style="display:none">{EQUATION}</span>') == (
        "We write in short."
    )


def test_a_formula_that_is_nested_without_end_costs_nothing() -> None:
    deep = "<msqrt>" * 400 + "<mi>x</mi>" + "</msqrt>" * 400
    assert sentence(f"<math>{deep}</math>").endswith("in short.")
