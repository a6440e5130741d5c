"""What the library notes of each source."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict

from retrieval.loaders.article import ARTICLE_URI
from retrieval.structure import structure_sha256
from retrieval.types import ENGLISH, NO_VALIDATORS, Source, Structure, Validators

WEB = ("http://", "https://")


class SourceRecord(BaseModel):
    """One source as the library lists it.

    ``language`` is empty where an older version indexed the source: it was read as English then, and is until the
    library is rebuilt. ``format``, ``encoding`` and ``loader`` are the source's; they are empty there, too. So is
    ``places_sha256``, the hash of the source's structure, where none is known, and ``date`` and ``warnings``.
    ``validators`` are those of a page from the web.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    uri: str
    sha256: str
    file_sha256: str
    chars: int
    chunks: int
    language: str = ""
    places_sha256: str = ""
    format: str = ""
    encoding: str = ""
    loader: str = ""
    date: str = ""
    warnings: tuple[str, ...] = ()
    validators: Validators = NO_VALIDATORS

    @property
    def title_order(self) -> tuple[str, str, str]:
        """What lists of sources are sorted by, which is titles as people sort them, small letters beside capitals."""
        return self.title.casefold(), self.title, self.id

    @classmethod
    def of(cls, source: Source, chunks: int) -> Self:
        """The record of ``source`` cut into ``chunks`` chunks."""
        return cls(
            id=source.id,
            title=source.title,
            uri=source.uri,
            sha256=source.sha256,
            file_sha256=source.file_sha256,
            chars=len(source.text),
            chunks=chunks,
            language=source.language,
            places_sha256=structure_sha256(source.structure),
            format=source.format,
            encoding=source.encoding,
            loader=source.loader,
            date=source.date,
            warnings=source.warnings,
            validators=source.validators,
        )

    def is_made_of(self, file_sha256: str, loader: str) -> bool:
        """Whether reading a file with that hash by that loader would only make the same source again."""
        return (self.file_sha256, self.loader) == (file_sha256, loader)

    @property
    def is_from_web(self) -> bool:
        """Whether it can be asked for again at its address."""
        return self.uri.startswith(WEB)

    @property
    def is_outdated(self) -> bool:
        """Whether an older version of Pullquote read it, so that reading it again may give another text or places."""
        if self.uri == ARTICLE_URI:  # nobody can index it again, and its text stays as it is
            return False
        if not self.loader:  # that was not recorded once; what a program has put together itself was never read
            return self.uri.startswith((*WEB, "file:"))
        from retrieval.loaders.formats import LOADERS  # which no question needs

        return LOADERS.get(self.format, self.loader) != self.loader

    def with_text(self, text: str, structure: Structure | None = None) -> Source:
        """The source that this record describes, given its text and its structure."""
        structure = structure or Structure()
        return Source(
            id=self.id,
            title=self.title,
            uri=self.uri,
            text=text,
            sha256=self.sha256,
            file_sha256=self.file_sha256,
            language=self.language or ENGLISH,
            places=structure.places,
            labels=structure.labels,
            format=self.format,
            encoding=self.encoding,
            loader=self.loader,
            date=self.date,
            warnings=self.warnings,
            validators=self.validators,
        )
