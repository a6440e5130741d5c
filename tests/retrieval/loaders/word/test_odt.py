"""OpenDocument texts: what is text, what stands beside it, and what is refused."""

from __future__ import annotations

import pytest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.formats import find_format
from retrieval.loaders.word.odt import extract
from tests.retrieval.loaders.documents import assert_tidy, labels_of, place_of
from tests.retrieval.loaders.word import docx_files
from tests.retrieval.loaders.word.odt_archives import SPACES, fodt, h, handbook, odt, p, style

BOLD, HIDDEN = 'fo:font-weight="bold"', 'text:display="none"'


def text_of(content: str, automatic: str = "") -> str:
    """The text of a document with one paragraph."""
    return extract(odt(p(content), automatic=automatic)).text


def test_a_handbook_is_read_with_its_headings_and_lists_in_either_form() -> None:
    for made in (handbook(), handbook(fodt)):
        extracted = extract(made)
        assert_tidy(extracted)
        assert extracted.text.split("\n\n") == [
            "Handbook of the Swimming Club", "Opening hours", "The pool is open from seven.", "Public holidays",
            "On public holidays it closes at noon.", "1. New Year", "2. First of May", "Adult | 4.50",
        ]  # fmt: skip
        assert place_of(extracted, "1. New Year").heading == "Opening hours › Public holidays"
        assert (extracted.title, extracted.date) == ("Handbook of the Swimming Club", "2024-05-06")


def test_the_title_and_date_may_be_the_files_own() -> None:
    meta = "<dc:title>Statutes</dc:title><meta:creation-date>2020-01-02</meta:creation-date>"
    extracted = extract(odt(p("Words."), meta=meta))
    assert (extracted.title, extracted.date) == ("Statutes", "2020-01-02")


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ('<text:s text:c="3"/>', "left right"),
        ("<text:tab/>", "left right"),
        ("<text:line-break/>", "left\nright"),
        ("<text:soft-page-break/>", "leftright"),
        ("<text:bookmark/>", "leftright"),
        ("<text:change-start/>", "leftright"),
        ("<text:placeholder>&lt;Name&gt;</text:placeholder>", "leftright"),
        ("<text:hidden-text>secret</text:hidden-text>", "leftright"),
        (
            "<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>small</text:ruby-text></text:ruby>",
            "leftbaseright",
        ),
        ("<text:page-number> 3 </text:page-number>", "left 3 right"),
        (
            '<text:drop-down><text:label text:value="red"/><text:label text:value="green"/>green</text:drop-down>',
            "leftgreenright",
        ),
        ('<loext:content-control loext:checkbox="true" loext:checked="true">☐</loext:content-control>', "left ☒ right"),
        ('<loext:content-control loext:checkbox="true">☒</loext:content-control>', "left ☐ right"),
        ('<loext:content-control loext:showing-place-holder="true">Choose.</loext:content-control>', "leftright"),
        ("<loext:content-control>, chosen, </loext:content-control>", "left, chosen, right"),
    ],
)
def test_what_stands_between_two_words(element: str, shown: str) -> None:
    assert text_of(f"left{element}right") == shown


def test_hidden_words_paragraphs_and_sections_are_left_out() -> None:
    automatic = style("T1", HIDDEN) + style("T2", 'text:display="true"') + style("P1", HIDDEN, "paragraph")
    body = (
        p('seen<text:span text:style-name="T1"> hidden</text:span>')
        + p('hidden<text:span text:style-name="T2">shown</text:span>', "P1")
        + f'<text:section text:display="none">{p("hidden")}</text:section><text:section>{p("open")}</text:section>'
        + p('<text:hidden-paragraph text:is-hidden="true"/>hidden')
        + p("<text:hidden-paragraph/>shown")
        + p('set <text:variable-set text:display="none">5</text:variable-set>here')
    )
    assert extract(odt(body, automatic=automatic)).text == "seen\n\nshown\n\nopen\n\nshown\n\nset here"


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/>"
        f"{p('twenty')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = changes + p("Members pay <text:change/><text:change-start/>thirty<text:change-end/> euros.")
    extracted = extract(odt(body))
    assert (extracted.text, extracted.words_in) == ("Members pay thirty euros.", 4)


@pytest.mark.parametrize(
    "index",
    ["table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"],
)
def test_contents_and_indexes_are_no_text_and_a_bibliography_is(index: str) -> None:
    made = f"<text:{index}><text:index-body>{p('Fees 12')}</text:index-body></text:{index}>"
    kept = f"<text:bibliography><text:index-body>{p('Smith 2020')}</text:index-body></text:bibliography>"
    assert extract(odt(made + p("Fees are low.") + kept)).text == "Fees are low.\n\nSmith 2020"


def test_notes_and_comments_stand_behind_the_text_and_comments_say_what_they_are() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{p('Since May.')}</text:note-body></text:note>"
    )
    written = f"<dc:creator>Anna</dc:creator><dc:date>2024-01-01</dc:date>{p('Is it?')}{p('No.')}"
    comment = f"<office:annotation>{written}</office:annotation>"
    body = h("Fees") + p(f"The fee{note} is{comment} low<office:annotation-end/>.") + p("The end.")
    extracted = extract(odt(body))
    assert extracted.text == "Fees\n\nThe fee is low.\n\nThe end.\n\nSince May.\n\nComment by Anna: Is it?\nNo."
    assert place_of(extracted, "Since May.").heading is None


def test_frames_and_shapes_are_read_once_and_after_their_paragraph() -> None:
    frame = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
    shape = f"<draw:g><draw:custom-shape>{p('In a box.')}</draw:custom-shape></draw:g>"
    for drawn in (frame, shape):
        assert (
            extract(odt(p(f"A sentence {drawn}goes on.") + p("Next."))).text
            == "A sentence goes on.\n\nIn a box.\n\nNext."
        )
        assert extract(odt(drawn + p("Next."))).text == "In a box.\n\nNext."
    chart = f"<draw:frame><draw:object><x>{p('12')}</x></draw:object></draw:frame>"
    assert extract(fodt(p(f"Before {chart}after."))).text == "Before after."


def test_the_words_of_a_picture_stand_in_a_sentence_and_nowhere_else() -> None:
    picture = "<draw:frame><draw:image/><svg:title>x.png</svg:title><svg:desc>the red button</svg:desc></draw:frame>"
    assert text_of(f"Press {picture} twice.") == "Press the red button twice."
    assert text_of(f"{picture}Press twice.") == "Press twice."


def test_form_fields_show_what_is_in_them() -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:label="Swimmer" form:current-state="checked"/>'
        '<form:checkbox form:id="c2" form:label="Diver"/><form:text form:id="c3" form:current-value="Anna"/>'
        '<form:radio xml:id="c4" form:label="Adult" form:current-selected="true"/></form:form></office:forms>'
    )
    controls = "".join(f'<draw:control draw:control="c{number}"/>' for number in (1, 2, 3, 4, 5))
    assert extract(odt(forms + p(f"Member: {controls}"))).text == "Member: ☒ Swimmer ☐ Diver Anna ☒ Adult"


def test_bold_words_are_names() -> None:
    automatic = style("T1", BOLD) + style("P1", BOLD, "paragraph")
    body = p('<text:span text:style-name="T1">Finesse.</text:span> You hit.') + p("Oars", "P1") + p("They are lent.")
    assert labels_of(extract(odt(body, automatic=automatic)))[:1] == [("term", "Finesse", "You hit.")]
    assert ("term", "Oars", "\n\nThey are lent.") in labels_of(extract(odt(body, automatic=automatic)))


@pytest.mark.parametrize("position", ["super 58%", "33% 58%"])
def test_raised_words_do_not_stick(position: str) -> None:
    automatic = style("T1", f'style:text-position="{position}"') + style("T2", 'style:text-position="0% 100%"')
    raised = '<text:span text:style-name="T1">6</text:span>'
    assert text_of(f"It has 10{raised} seats.", automatic) == "It has 10⁶ seats."
    assert text_of(f"It has 10{raised.replace('T1', 'T2')} seats.", automatic) == "It has 106 seats."


@pytest.mark.parametrize("where", ["part", "inside"])
def test_a_formula_stands_in_its_sentence(where: str) -> None:
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi>'
        "<mn>2</mn></msup></mrow><annotation>E = m c^2</annotation></semantics></math>"
    )
    inside = f"<draw:object>{formula}</draw:object>"
    apart = '<draw:object xlink:href="./Object 1"/>'
    body = p(f"It is <draw:frame>{apart if where == 'part' else inside}</draw:frame> by him.")
    made = odt(body, parts={"Object 1/content.xml": formula}) if where == "part" else fodt(body)
    assert extract(made).text == "It is E = mc^2 by him."


def table(*rows: str, head: int = 0) -> str:
    """A table; so many of its rows are said to name the columns."""
    made = [f"<table:table-row>{row}</table:table-row>" for row in rows]
    names = f"<table:table-header-rows>{''.join(made[:head])}</table:table-header-rows>" if head else ""
    return f"<table:table>{names}{''.join(made[head:])}</table:table>"


def cell(words: str, more: str = "") -> str:
    """A cell."""
    return f"<table:table-cell {more}>{p(words)}</table:table-cell>"


def columns_of(words: str, *rows: str, head: int = 1) -> list[str]:
    """The names of the columns that a cell with these words stands in."""
    found = labels_of(extract(odt(table(*rows, head=head))))
    return [name for kind, name, told in found if (kind, told) == ("column", words)]


def test_header_rows_name_the_columns_below_merged_cells_too() -> None:
    covered = "<table:covered-table-cell/>"
    rows = (
        cell("Day") + cell("Hire", 'table:number-columns-spanned="2"') + covered,
        cell("Monday", 'table:number-rows-spanned="2"') + cell("nine") + cell("noon"),
        covered + cell("two") + cell("six"),
    )
    assert columns_of("six", *rows) == ["Hire"]
    assert columns_of("Monday", *rows) == ["Day"]
    assert columns_of("six", *rows, head=0) == []
    assert extract(odt(table(*rows, head=1))).text == "Day | Hire\n\nMonday | nine | noon\n\ntwo | six"


def test_tables_within_tables_and_cells_that_repeat() -> None:
    outer = table(cell("Votes") + f"<table:table-cell>{table(cell('For') + cell('Against'))}</table:table-cell>")
    assert extract(odt(outer)).text == "Votes\n\nFor | Against"
    repeated = table(cell("x", 'table:number-columns-repeated="3"') + cell("y"))
    assert extract(odt(repeated)).text == "x | x | x | y"
    absurd = table(cell("x", 'table:number-columns-repeated="999999999"') + cell("y"), cell("a") + cell("b"))
    assert extract(odt(absurd)).text.count("x") == 50


def refusal(data: bytes) -> tuple[str, SourceProblem]:
    with pytest.raises(SourceError) as caught:
        extract(data)
    return str(caught.value), caught.value.problem


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Some words.",
        b"PK\x03\x04",
        b"<a/>",
        docx_files.handbook(),
        odt(p("x"))[:300],
        f'<!DOCTYPE x [<!ENTITY e "words">]><office:document {SPACES}>&e;</office:document>'.encode(),
        f"<office:document {SPACES}><office:body><office:spreadsheet/></office:body></office:document>".encode(),
    ],
)
def test_what_is_no_such_document_is_damaged(data: bytes) -> None:
    assert refusal(data)[0].startswith("{name} is damaged or not really OpenDocument inside; ")


def test_a_document_with_a_password_is_named_as_such() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    sentence, problem = refusal(odt(p("x"), parts={"META-INF/manifest.xml": manifest}))
    assert (problem, "password" in sentence) == (SourceProblem.PROTECTED, True)


def test_a_document_without_words_is_empty() -> None:
    assert refusal(odt("<text:p/>"))[1] is SourceProblem.EMPTY


def test_pictures_within_a_file_of_one_piece_are_passed_over() -> None:
    binary = f"<office:binary-data>{'QUJD' * 3_000_000}</office:binary-data>"
    assert extract(fodt(p(f"Words.<draw:frame><draw:image>{binary}</draw:image></draw:frame>"))).text == "Words."


@pytest.mark.parametrize("name", ["a.odt", "a.ott", "a.FODT"])
def test_texts_and_templates_are_known_by_their_endings(name: str) -> None:
    assert find_format(name).name == "odt"
