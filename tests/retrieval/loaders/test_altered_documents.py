"""Files that are cut off, altered or nothing but chance: each is read, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SourceError
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.markup import epub, html
from retrieval.loaders.office import pptx, xlsx
from retrieval.loaders.pdf import pages
from retrieval.loaders.records import discord_export, mail, notebook, subtitles
from retrieval.loaders.word import docx, odt
from tests.retrieval.loaders.documents import assert_tidy
from tests.retrieval.loaders.markup import epub_files, html_pages
from tests.retrieval.loaders.office import pptx_files, xlsx_files
from tests.retrieval.loaders.pdf import pdf_files
from tests.retrieval.loaders.records import discord_files, mail_files, notebook_files, test_subtitles
from tests.retrieval.loaders.test_hostile_documents import chapter, document
from tests.retrieval.loaders.word import docx_files, odt_archives
from tests.retrieval.strategies import SLOW_PROPERTY

EXTRACT: dict[str, Callable[[bytes], Extracted]] = {
    "pdf": pages.extract,
    "html": html.extract,
    "docx": docx.extract,
    "odt": odt.extract,
    "epub": epub.extract,
    "xlsx": xlsx.extract,
    "pptx": pptx.extract,
    "discord": discord_export.extract,
    "subtitles": subtitles.extract,
    "mail": mail.extract,
    "notebook": notebook.extract,
}
FILES = {
    "pdf": (pdf_files.handbook(), pdf_files.manual(), pdf_files.scanned()),
    "html": (html_pages.NEWS.encode(), html_pages.TABLES.encode(), html_pages.RUSSIAN.encode("cp1251")),
    "docx": (docx_files.handbook(), docx_files.report()),
    "odt": (odt_archives.handbook(),),
    "epub": (epub_files.novel(), epub_files.old_novel()),
    "xlsx": (xlsx_files.price_list(), xlsx_files.replies()),
    "pptx": (pptx_files.reviewed(), pptx_files.drawn()),
    "discord": (discord_files.channel(), discord_files.news(), discord_files.forwarded()),
    "subtitles": tuple(test_subtitles.FILES.values()),
    "mail": (mail_files.answer(), mail_files.newsletter(), mail_files.forwarded(), mail_files.mailbox()),
    "notebook": (notebook_files.lesson(), notebook_files.outputs(), notebook_files.old()),
}


def outcome_of(kind: str, data: bytes) -> None:
    """Reading raises nothing but what people are told; what is read keeps to the rules."""
    try:
        extracted = EXTRACT[kind](data)
    except SourceError as error:
        said = str(error)
    else:
        assert_tidy(extracted)
        extracted.check()
        return
    assert said.startswith("{name} ")
    assert said.endswith(".")


@pytest.mark.parametrize("kind", EXTRACT)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_truncated_files_are_refused_or_read(kind: str, share: float) -> None:
    for data in FILES[kind]:
        outcome_of(kind, data[: int(share * len(data))])


@pytest.mark.parametrize("kind", EXTRACT)
@SLOW_PROPERTY
@given(data=st.binary(max_size=2_000))
def test_random_bytes_are_refused_or_read(kind: str, data: bytes) -> None:
    outcome_of(kind, data)


@pytest.mark.parametrize("kind", EXTRACT)
@SLOW_PROPERTY
@given(data=st.data())
def test_altered_files_are_refused_or_read(kind: str, data: st.DataObject) -> None:
    made = bytearray(data.draw(st.sampled_from(FILES[kind])))
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(made) - 1))
        end = min(start + data.draw(st.sampled_from((0, 1, 2, 20, 200))), len(made))
        made[start:end] = data.draw(st.binary(max_size=20))
        if not made:
            return
    outcome_of(kind, bytes(made))


@pytest.mark.parametrize("kind", ["docx", "epub"])
@SLOW_PROPERTY
@given(content=st.text(st.sampled_from("<>/&;#x1 pabh\"'=[]!-\u00ad\u200b\ud7ff☃")))
def test_any_text_in_the_place_of_a_chapter_is_refused_or_read(kind: str, content: str) -> None:
    data = content.encode("utf-8")
    outcome_of(kind, document(data) if kind == "docx" else chapter(data))
