"""reStructuredText tells which of its words explain others: tables, lists, definitions, boxes, announced code."""

from __future__ import annotations

from retrieval.loaders.rst.document import extract
from retrieval.types import Source
from tests.retrieval.loaders.documents import labels_of

TABLES = """.. csv-table:: Prices
   :header: "Boat", "Price"
   :unknown: 5

   "Dinghy", "12"
   "Punt", "7"

.. list-table::
   :header-rows: 1
   :stub-columns: 1

   * - Oar
     - Length
   * - Long
     - 2.9 m

+-------+-----------+
| Knot  | Used      |
+=======+===========+
| Hitch | for       |
|       | posts     |
+-------+-----------+

=====  =====
Flag   Says
=====  =====
A      diver
=====  =====
"""
LISTS = """You must not bring:

* dogs
* cats, such as

  * lions

bow
   The front
   of a boat.

stern : part
   The back.

-f FILE   read it

**Finesse.** Use your dexterity.

Run this::

   $ row

   $ stop

| Line one
| Line two

.. note:: Rowers pay.
   They do.

.. admonition:: Mind the gap

   It is wide.

.. figure:: mill.png
   :alt: A mill

   The mill at dawn.

Last words.
"""


def test_the_cells_of_every_kind_of_table_have_their_names() -> None:
    extracted = extract(TABLES.encode())
    assert extracted.text.split("\n\n") == [
        "Prices",
        "Boat | Price",
        "Dinghy | 12",
        "Punt | 7",
        "Oar | Length",
        "Long | 2.9 m",
        "Knot | Used",
        "Hitch | for posts",
        "Flag | Says",
        "A | diver",
    ]
    labels = labels_of(extracted)
    for label in (
        ("lead_in", "Prices", "Punt | 7"),
        ("column", "Price", "12"),
        ("row", "Long", "2.9 m"),
        ("column", "Length", "2.9 m"),
        ("column", "Used", "for posts"),
        ("column", "Says", "diver"),
    ):
        assert label in labels
    for words, line in (("Dinghy", 5), ("Punt", 6), ("Long", 14), ("Hitch", 20), ("diver", 27)):
        source = Source.from_bytes(uri="a", title="", data=extracted.text.encode())
        whole = Source(source.id, "", "a", source.text, source.sha256, "", places=extracted.places)
        assert whole.line(extracted.text.index(words)) == line


def test_lists_definitions_code_and_boxes_have_their_labels() -> None:
    extracted = extract(LISTS.encode())
    assert labels_of(extracted) == [
        ("lead_in", "You must not bring:", "dogs"),
        ("lead_in", "You must not bring:", "cats, such as"),
        ("lead_in", "You must not bring:", "lions"),
        ("lead_in", "cats, such as", "lions"),
        ("term", "bow", "The front\nof a boat."),
        ("term", "stern : part", "The back."),
        ("term", "-f FILE", "read it"),
        ("term", "Finesse", "Use your dexterity."),
        ("code", "Run this:", "$ row\n$ stop"),
        ("term", "note", "Rowers pay.\nThey do."),
        ("term", "Mind the gap", "It is wide."),
    ]
    assert extracted.text.endswith(
        "Line one\nLine two\n\nnote\n\nRowers pay.\nThey do.\n\nMind the gap\n\nIt is wide.\n\n"
        "A mill\n\nThe mill at dawn.\n\nLast words."
    )
