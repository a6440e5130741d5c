"""The automatic numbers of OpenDocument: items and headings have in front of their words what the program shows."""

from __future__ import annotations

import pytest

from retrieval.loaders.word.odt import extract
from tests.retrieval.loaders.documents import labels_of, place_of
from tests.retrieval.loaders.word.odt_archives import h, items, list_style, numbered, odt, p

ONE = list_style("L1", numbered(1), numbered(2, "a", ")"))


def lines(body: str, automatic: str = ONE, styles: str = "") -> list[str]:
    return extract(odt(body, automatic=automatic, styles=styles)).text.split("\n\n")


def test_a_rule_has_its_number_and_a_new_list_begins_anew() -> None:
    body = items("Be kind.", "Pay.", "Do not post spoilers.", style="L1") + p("Then:") + items("Go.", style="L1")
    assert lines(body) == ["1. Be kind.", "2. Pay.", "3. Do not post spoilers.", "Then:", "1. Go."]


def test_a_list_goes_on_with_the_last_of_its_style_or_with_one_it_names() -> None:
    body = (
        items("a", style="L1", more='xml:id="first"')
        + items("b", style="L1", more='text:continue-numbering="true"')
        + items("c", style="L1", more='xml:id="other"')
        + items("d", style="L1", more='text:continue-list="first"')
        + items("e", style="L1", more='text:continue-list="nowhere"')
    )
    assert lines(body) == ["1. a", "2. b", "1. c", "3. d", "1. e"]


def test_lists_within_items_count_for_themselves_and_have_the_style_of_the_outer_one() -> None:
    body = items(p("a") + items("x", "y"), p("b") + items("z"), style="L1")
    assert lines(body) == ["1. a", "a) x", "b) y", "2. b", "a) z"]
    other = items(p("a") + items("x", style="L2"), "b", style="L1")
    assert lines(other, ONE + list_style("L2", numbered(1, "I"), numbered(2, "I"))) == ["1. a", "I. x", "2. b"]
    deeper = items(items("x"), p("b"), style="L1")
    assert lines(deeper) == ["a) x", "1. b"]


def test_only_the_first_paragraph_of_an_item_has_the_number() -> None:
    header = f"<text:list-header>{p('Rules')}</text:list-header>"
    body = items(p("a") + p("more of a"), "b", style="L1").replace("<text:list-item>", header + "<text:list-item>", 1)
    assert lines(body) == ["Rules", "1. a", "more of a", "2. b"]


def test_an_item_may_say_its_number_and_a_level_where_it_starts() -> None:
    own = '<text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>a</text:p></text:list-item>'
    assert lines(own + "<text:list-item><text:p>b</text:p></text:list-item></text:list>") == ["7. a", "8. b"]
    assert lines(items("a", style="L1"), list_style("L1", numbered(1, more='text:start-value="5"'))) == ["5. a"]


def test_a_number_shows_the_levels_above_in_either_way_of_saying_so() -> None:
    body = items(p("a") + items("x", "y"), style="L1")
    old = list_style("L1", numbered(1), numbered(2, "1", ")", 'text:display-levels="2" style:num-prefix="("'))
    new = list_style("L1", numbered(1), numbered(2, "i", "", 'loext:num-list-format="§ %1%-%2%:"'))
    assert lines(body, old) == ["1. a", "(1.1) x", "(1.2) y"]
    assert lines(body, new) == ["1. a", "§ 1-i: x", "§ 1-ii: y"]


@pytest.mark.parametrize(
    ("form", "more", "last"),
    [
        ("A", "", "AA"),
        ("a", "", "aa"),
        ("a", 'style:num-letter-sync="true"', "aa"),
        ("I", "", "XXVII"),
        ("i", "", "xxvii"),
        ("1st", "", "27th"),
        ("一, 二, 三, ...", "", "二十七"),
        ("unheard of", "", "27"),
    ],
)
def test_the_formats_of_numbers(form: str, more: str, last: str) -> None:
    assert lines(items(*["x"] * 27, style="L1"), list_style("L1", numbered(1, form, "", more)))[-1] == f"{last} x"


def test_letters_go_on_after_the_last_in_two_ways() -> None:
    for more, last in (("", "ab"), ('style:num-letter-sync="true"', "bb")):
        assert lines(items(*["x"] * 28, style="L1"), list_style("L1", numbered(1, "a", "", more)))[-1] == f"{last} x"


@pytest.mark.parametrize(
    "level",
    [
        '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>',
        '<text:list-level-style-image text:level="1"/>',
        numbered(1, ""),
        numbered(1, "1", "x" * 101),
        numbered(99),
    ],
)
def test_bullets_stay_out(level: str) -> None:
    assert lines(items("a", "b", style="L1"), list_style("L1", level)) == ["a", "b"]


def test_a_bullet_that_is_a_box_says_what_is_done() -> None:
    box = '<text:list-level-style-bullet text:level="1" text:bullet-char="☒"/>'
    assert lines(items("Paid", style="L1"), list_style("L1", box)) == ["☒ Paid"]


def test_headings_are_numbered_by_the_outline_and_so_is_their_path() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        h("General") + h("Aims", 2) + h("Preface", 1, 'text:is-list-header="true"') + h("Scope", 2) + p("All boats.")
        + h("Fees", 1, 'text:restart-numbering="true" text:start-value="7"') + h("Dues", 2)
    )  # fmt: skip
    extracted = extract(odt(body, styles=outline))
    assert extracted.text == "1 General\n\n1.1 Aims\n\nPreface\n\n1.2 Scope\n\nAll boats.\n\n7 Fees\n\n7.1 Dues"
    assert place_of(extracted, "All boats.").heading == "Preface › 1.2 Scope"


def test_a_heading_in_a_list_has_the_number_of_the_list() -> None:
    extracted = extract(odt(items(h("General"), h("Fees"), style="L1") + p("Ten euros."), automatic=ONE))
    assert extracted.text == "1. General\n\n2. Fees\n\nTen euros."
    assert place_of(extracted, "Ten euros.").heading == "2. Fees"


def test_a_numbered_paragraph_says_itself_where_it_stands() -> None:
    named = '<text:numbered-paragraph text:list-id="x" text:style-name="L1"'
    items_of = ((1, "a"), (2, "b"), (1, "c"))
    body = "".join(f'{named} text:level="{level}">{p(words)}</text:numbered-paragraph>' for level, words in items_of)
    assert lines(body) == ["1. a", "a) b", "2. c"]


def test_items_stay_a_list_that_its_sentence_leads_to() -> None:
    body = p("You must not bring:") + items(p("dogs") + p("of any size"), "boats", style="L1")
    assert labels_of(extract(odt(body, automatic=ONE))) == [
        ("lead_in", "You must not bring:", "1. dogs"),
        ("lead_in", "You must not bring:", "of any size"),
        ("lead_in", "You must not bring:", "2. boats"),
    ]
