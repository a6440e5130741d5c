from __future__ import annotations

from retrieval.loaders.pdf.characters import RIGHT_TO_LEFT, Word
from retrieval.loaders.pdf.form_fields import CHECKED, Entry
from retrieval.loaders.pdf.placed_entries import with_entries

SIZE = 10.0


def line(y: float, *words: tuple[float, str]) -> list[Word]:
    """Words of a line, each with where it begins."""
    return [
        Word(
            text,
            x,
            x + 5 * len(text),
            y,
            y - 2,
            y + 8,
            SIZE,
            0,
            False,
            place,
            is_right_to_left=RIGHT_TO_LEFT.search(text) is not None,
        )
        for place, (x, text) in enumerate(words)
    ]


def entry(*lines: str, left: float = 100, y: float = 500, height: float = 14, name: str = "") -> Entry:
    return Entry(lines, (left, y - 4, left + 100, y - 4 + height), name, is_mark=lines == (CHECKED,))


def read(words: list[Word], *entries: Entry) -> list[str]:
    placed = with_entries(words, entries)
    assert [word.order for word in placed] == list(range(len(placed)))
    return [word.text for word in placed]


def test_an_entry_is_read_right_after_the_words_to_its_left_wherever_they_stand_in_the_file() -> None:
    words = line(500, (60, "Fee:"), (300, "Name:")) + line(400, (60, "Due:"))
    entries = (entry("in", "May", y=400), entry("Clara", left=340), entry("forty", "euros"))
    assert read(words, *entries) == ["Fee:", "forty", "euros", "Name:", "Clara", "Due:", "in", "May"]


def test_an_entry_stands_on_the_line_of_its_label_next_to_it_and_no_further_than_its_box() -> None:
    placed = with_entries(line(500.5, (20, "Fee")), [entry("forty euros and a half and some cents more")])
    assert {word.y for word in placed} == {500.5}
    assert 35 < placed[1].x0 < 40
    assert placed[-1].x1 <= 200


def test_several_entries_of_a_row_stay_in_their_columns_unless_each_has_a_label_of_its_own() -> None:
    entries = [entry("1,000", left=100), entry("2,000", left=300)]
    assert [word.x0 for word in with_entries(line(500, (20, "Wages")), entries)] == [20, 100, 300]
    words = line(500, (20, "In:"), (250, "Out:"))
    assert [round(word.x0) for word in with_entries(words, entries)] == [20, 38, 250, 273]


def test_a_mark_is_read_before_the_words_to_its_right_and_else_after_those_to_its_left() -> None:
    assert read(line(500, (60, "Kind:"), (203, "Adult")), entry(CHECKED)) == ["Kind:", CHECKED, "Adult"]
    assert read(line(500, (203, "Adult")) + line(400, (60, "Fee")), entry(CHECKED)) == [CHECKED, "Adult", "Fee"]
    assert read(line(500, (60, "Adult:"), (400, "Fee")), entry(CHECKED)) == ["Adult:", CHECKED, "Fee"]


def test_an_entry_without_words_beside_it_is_read_after_those_right_above() -> None:
    words = line(515, (90, "Remarks")) + line(300, (60, "Signed"))
    assert read(words, entry("None.", name="Notes")) == ["Remarks", "None.", "Signed"]
    assert read(line(600, (90, "Remarks")), entry("None.", name="Notes")) == ["Remarks", "Notes:", "None."]


def test_a_mark_far_from_all_words_has_its_name_after_it() -> None:
    assert read([], entry(CHECKED, name="Adult")) == [CHECKED, "Adult"]


def test_the_label_of_a_script_from_right_to_left_stands_on_the_right() -> None:
    words = line(500, (60, "אחר"), (210, "שם"))
    assert read(words, entry("דנה")) == ["אחר", "שם", "דנה"]
    assert all(word.is_right_to_left for word in with_entries(words, [entry("דנה")]))


def test_an_entry_that_the_page_shows_is_read_once_and_others_are_not_mistaken_for_it() -> None:
    words = line(500, (60, "Fee:"), (102, "forty"), (130, "euros"))
    assert read(words, entry("Forty euros")) == ["Fee:", "forty", "euros"]
    assert read(words, entry("fifty euros")) == ["Fee:", "fifty", "euros", "forty", "euros"]


def test_a_page_without_entries_stays_as_it_is() -> None:
    words = line(500, (60, "Fee:"))
    assert with_entries(words, []) is words
