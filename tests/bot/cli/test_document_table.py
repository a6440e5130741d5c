"""The list of documents stays pleasant when there are hundreds."""

from __future__ import annotations

import random
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.cli import document_table
from bot.cli.document_table import Order, chosen, print_records
from retrieval import SourceRecord
from retrieval.loaders.formats import LOADERS

PLACES = ("file:///srv/club/%C3%9Cbersicht/{}.pdf", "https://club.example/news/{}.html", "discord:guild-7/{}.md")


class Screen(StringIO):
    """A terminal that remembers what it shows."""

    def isatty(self) -> bool:
        return True


def record(number: int) -> SourceRecord:
    draw = random.Random(number)
    form = draw.choice(["pdf", "html", "markdown"])
    return SourceRecord(
        id=f"{number:012x}",
        title=f"{draw.choice(['Minutes of the general meeting', 'Handbook', 'newsletter'])} {number}",
        uri=draw.choice(PLACES).format(number),
        sha256="0" * 64,
        file_sha256="0" * 64,
        chars=draw.randrange(500, 400_000),
        chunks=draw.randrange(1, 900),
        format=form,
        loader=LOADERS[form],
    )


RECORDS = [record(number) for number in range(500)]


def shown(monkeypatch: pytest.MonkeyPatch, width: int, records: list[SourceRecord], of: int | None = None) -> list[str]:
    written = Screen()
    console = Console(file=written, force_terminal=True, width=width, markup=False, highlight=False, no_color=True)
    monkeypatch.setattr(document_table, "screen", lambda: console)
    print_records(records, of)
    return [line.rstrip() for line in written.getvalue().replace("\x1b[2m", "").replace("\x1b[0m", "").splitlines()]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_every_width_shows_each_document_whole(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    title = "关于城市图书馆开放时间与借阅规则的说明 and the consolidated by-laws of a society for narrow-gauge railways"
    long = RECORDS[7].model_copy(update={"title": title, "uri": f"file:///srv/{'archive/' * 9}rules.md"})
    records = [*RECORDS[:7], long]
    lines = shown(monkeypatch, width, records)
    assert max(map(cell_len, lines)) <= width
    starts = [place for place, line in enumerate(lines) if line[:12] in {held.id for held in records}]
    assert [lines[place][:14] for place in starts] == [f"{held.id}  " for held in records]
    ends = [*starts[1:], len(lines)]
    for held, start, end in zip(records, starts, ends, strict=True):
        told = "".join("".join(line[14:].split()) for line in lines[start:end])
        for part in (held.title, f"{held.chars:,}", f"{held.chunks:,}", held.format, document_table._place(held.uri)):
            assert "".join(part.split()) in told
    chars, chunks = sum(one.chars for one in records), sum(one.chunks for one in records)
    assert " ".join(lines).endswith(f"8 documents, {chars:,} characters, {chunks:,} chunks")


def test_with_room_for_it_a_document_takes_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    head, *rows, _ = shown(monkeypatch, 100, RECORDS)
    assert head.split() == list(document_table.COLUMNS)
    for row, held in zip(rows, RECORDS, strict=True):
        assert row.startswith(f"{held.id}  ")
        assert f" {held.chars:,} " in row


def test_other_collections_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=(written := Screen()), force_terminal=True, width=80, markup=False, no_color=True)
    monkeypatch.setattr(document_table, "screen", lambda: console)
    print_records(RECORDS[:1], others=["club", "forms"])
    assert "Other collections: club, forms; --collection NAME lists one of them." in written.getvalue()


def test_a_part_says_of_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    few = chosen(RECORDS, "handbook")
    assert shown(monkeypatch, 80, few, 500)[-1].startswith(f"{len(few)} of 500 documents, ")


def test_what_an_older_version_has_read_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    current = RECORDS[:3]
    old = current[1].model_copy(update={"loader": f"{current[1].format}-0"})
    head, first, second, third, _, remark = shown(monkeypatch, 120, [current[0], old, current[2]])
    assert [" (older) " in line for line in (head, first, second, third)] == [False, False, True, False]
    assert remark == "(older) was read by an older version of Pullquote; index it again."
    assert "older" not in " ".join(shown(monkeypatch, 100, current))


def test_a_filter_looks_at_title_and_place_whatever_their_case() -> None:
    assert chosen(RECORDS, "MINUTES übersicht")
    for held in chosen(RECORDS, "MINUTES übersicht"):
        assert held.title.startswith("Minutes")
        assert "%C3%9Cbersicht" in held.uri
    assert chosen(RECORDS, "nothing of the kind") == []
    assert len(chosen(RECORDS)) == 500


@pytest.mark.parametrize("order", Order)
def test_each_order_sorts_and_turns_round(order: Order) -> None:
    forwards = chosen(RECORDS, order=order)
    assert [document_table.KEYS[order](held) for held in forwards] == sorted(
        document_table.KEYS[order](held) for held in RECORDS
    )
    assert chosen(RECORDS, order=order, backwards=True) == forwards[::-1]
    assert chosen(RECORDS[::-1], order=order) == forwards


def test_the_largest_comes_first() -> None:
    assert chosen(RECORDS, order=Order.SIZE)[0].chars == max(held.chars for held in RECORDS)
    assert chosen(RECORDS, order=Order.CHUNKS)[0].chunks == max(held.chunks for held in RECORDS)
