"""reStructuredText becomes the words that its readers see, each with its headings, its labels and its line."""

from __future__ import annotations

import pytest

from bot.quotes import cite
from retrieval import Span, load_bytes
from retrieval.loaders.rst.document import extract
from retrieval.types import Source
from tests.retrieval.loaders.documents import labels_of, place_of

BOOK = """:Author: Ada
:Date: $Date: 2024-05-01 10:00:00 +0200 $

.. _top:

============
Harbour book
============

.. contents:: In this book

The *harbour* is `old <https://x.example>`_, see :ref:`the fees <fees>` and
:class:`~boats.Dinghy` in |name| [1]_. It has ``two`` gates; :pep:`8` and :pep:`its guide <7>` hold.

.. |name| replace:: Wivenhoe

.. a comment
   that goes on

Fees
----

Rowers pay little.

Students
~~~~~~~~

They pay
nothing.

Keys
----

The caretaker has them.

.. [1] The note's words.
"""
# How sections are marked is for each text to say: the first mark is the highest.
PEP = """PEP: 8000
Title: The harbour
Author: Ada <ada@example.org>,
        Grace <grace@example.org>
Created: 05-Jul-2001
Post-History:

Abstract
========

It opens
in May.

Rationale
=========

It is cold.
"""
SPHINX = """Reference
#########

.. py:function:: row(boat, *, speed=3)
   :noindex:

   Rows the boat.

   :param boat: which *boat*
   :returns: nothing

.. confval:: speed
   :type: ``int``
   :default: :code-py:`3`

   How fast.

.. versionadded:: 3.2
   The anchor.

.. code-block:: python
   :emphasize-lines: 1

   import boats

   boats.row()

.. tab-set::

   .. tab-item:: Sailing
      :sync: a

      Hoist the jib.

.. automodule:: boats
   :members:

.. toctree::

   other

.. glossary::

   bow
      The front.

.. only:: html

   It is wet.
"""


def source_of(text: str) -> Source:
    return load_bytes(text.encode("utf-8"), name="book.rst", uri="test:book")


def read(text: str) -> list[str]:
    extracted = extract(text.encode())
    extracted.check()
    return extracted.text.split("\n\n")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_citation_has_the_words_the_headings_and_the_line_of_the_file(end: str) -> None:
    source = source_of(BOOK.replace("\n", end))
    assert (source.format, source.title, source.date) == ("rst", "Harbour book", "2024-05-01")
    for words, line, heading in (
        ("Harbour book", 7, "Harbour book"),
        ("The harbour is old", 12, "Harbour book"),
        ("Dinghy in", 13, "Harbour book"),
        ("Rowers pay", 23, "Harbour book › Fees"),
        ("They pay", 28, "Harbour book › Fees › Students"),
        ("nothing.", 29, "Harbour book › Fees › Students"),
        ("The caretaker", 34, "Harbour book › Keys"),
    ):
        start = source.text.index(words)
        citation = cite(source, Span(start, start + len(words)), 1)
        assert (citation.quote.text, citation.heading, citation.line) == (words, heading, line)


def test_roles_references_and_substitutions_are_read_by_their_words() -> None:
    assert read(BOOK) == [
        "Harbour book",
        "The harbour is old, see the fees and\nDinghy in Wivenhoe. It has two gates; PEP 8 and its guide hold.",
        "Fees",
        "Rowers pay little.",
        "Students",
        "They pay\nnothing.",
        "Keys",
        "The caretaker has them.",
        "The note's words.",
    ]


def test_the_headers_of_a_pep_are_metadata() -> None:
    extracted = extract(PEP.encode())
    assert (extracted.title, extracted.date) == ("The harbour", "2001-07-05")
    assert extracted.text == "Abstract\n\nIt opens\nin May.\n\nRationale\n\nIt is cold."
    assert place_of(extracted, "It opens").line == 11
    assert place_of(extracted, "It is cold").heading == "Rationale"
    assert extract(b"Note: it is cold.\nSo: stay.\n\nYes.").text == "Note: it is cold.\nSo: stay.\n\nYes."


def test_directives_and_roles_that_docutils_does_not_know_give_their_words() -> None:
    extracted = extract(SPHINX.encode())
    assert extracted.text.split("\n\n") == [
        "Reference",
        "row(boat, *, speed=3)",
        "Rows the boat.",
        "param boat: which boat",
        "returns: nothing",
        "speed",
        "type: int",
        "default: 3",
        "How fast.",
        "versionadded 3.2",
        "The anchor.",
        "import boats\nboats.row()",
        "Sailing",
        "Hoist the jib.",
        "bow",
        "The front.",
        "It is wet.",
    ]
    terms = [(words, span) for kind, words, span in labels_of(extracted) if kind == "term"]
    for term in (
        ("row(boat, *, speed=3)", "Rows the boat."),
        ("param boat", "which boat"),
        ("speed", "How fast."),
        ("versionadded 3.2", "The anchor."),
        ("Sailing", "Hoist the jib."),
        ("bow", "The front."),
    ):
        assert term in terms


def test_a_directive_that_is_written_wrongly_still_gives_its_words() -> None:
    broken = ".. image::\n\n.. list-table::\n\n   Not a list at all.\n\n   Nor this.\n\nEnd.\n"
    assert read(broken) == ["Not a list at all.", "Nor this.", "End."]


def test_a_line_within_a_paragraph_begins_no_item_of_a_list() -> None:
    assert read("It costs 3\n- or 4 -\n3) and so on\nmore.\n") == ["It costs 3 - or 4 - 3) and so on\nmore."]
