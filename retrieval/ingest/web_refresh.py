"""Documents from the web, asked for again: what has not changed costs one conditional request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from retrieval.errors import SourceError
from retrieval.ingest.batches import IntakeReport, Waiting, take_in
from retrieval.ingest.indexer import Indexer
from retrieval.ingest.web_pages import waiting_page
from retrieval.storage.source_record import SourceRecord
from retrieval.types import DEFAULT_COLLECTION
from retrieval.web.connections import HostError
from retrieval.web.fetched import Fetched
from retrieval.web.fetcher import WebFetcher
from retrieval.web.responses import StatusError

# A site that cannot be reached is tried so often; each try may take as long as a page may.
MOST_TRIES = 2

# Called with how many documents were asked for and how many there are.
RefreshProgress = Callable[[int, int], None]


class MovedError(SourceError):
    """The page redirects to another address now."""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What became of the documents: ``gone`` are those whose pages are no longer there; they stay in the library."""

    intake: IntakeReport = field(default_factory=IntakeReport)
    gone: list[SourceRecord] = field(default_factory=list)


def refresh_sources(
    indexer: Indexer,
    fetcher: WebFetcher,
    collection: str = DEFAULT_COLLECTION,
    source_ids: Sequence[str] = (),
    *,
    progress: RefreshProgress = lambda done, total: None,
    report: RefreshReport | None = None,
) -> RefreshReport:
    """Look again at documents that came from the web, and replace those that have changed.

    A document that an older version of Pullquote read is fetched and read anew, whether it has changed or not.

    Args:
        indexer: Changes the library.
        fetcher: Asks for the pages.
        collection: Where the documents are.
        source_ids: Which ones; without any, all that came from the web.
        progress: Told before each document and at the end.
        report: Where to write what becomes of the documents, also of a run that stops.

    Raises:
        UnknownSourceError: If there is no document of an id.
        SourceError: If one of those that are named did not come from the web.
        RetrievalError: If the library cannot be changed; what was done before has taken effect.
        KeyboardInterrupt: If it falls while a page is asked for; what came before is indexed first.
    """
    report = RefreshReport() if report is None else report
    records = _chosen(indexer, collection, source_ids)
    pages = _Pages(fetcher, records, progress, report.gone)
    take_in(indexer, pages, collection, report=report.intake)
    if pages.is_interrupted:
        raise KeyboardInterrupt
    return report


def _chosen(indexer: Indexer, collection: str, source_ids: Sequence[str]) -> list[SourceRecord]:
    if not source_ids:
        return [record for record in indexer.library.records(collection) if record.is_from_web]
    records = [indexer.library.find(source_id, collection) for source_id in dict.fromkeys(source_ids)]
    for record in records:
        if not record.is_from_web:
            raise SourceError(f"“{record.title}” ({record.id}) did not come from the web; index {record.uri} again.")
    return records


class _Pages:
    """The pages one after the other, each asked for when it is its turn."""

    def __init__(
        self, fetcher: WebFetcher, records: Sequence[SourceRecord], progress: RefreshProgress, gone: list[SourceRecord]
    ) -> None:
        self._fetcher = fetcher
        self._records = records
        self._progress = progress
        self._gone = gone
        self._unreachable: Counter[str] = Counter()
        self.is_interrupted = False

    def __iter__(self) -> Iterator[Waiting | SourceRecord]:
        for done, record in enumerate(self._records):
            self._progress(done, len(self._records))
            try:
                fetched = self._ask(record)
            except StatusError as error:
                if error.is_gone:
                    self._gone.append(record)
                else:
                    yield waiting_page(record.uri, error)
            except SourceError as error:
                yield waiting_page(record.uri, error)
            except KeyboardInterrupt:
                self.is_interrupted = True
                return
            else:
                yield waiting_page(record.uri, fetched) if fetched else record
        self._progress(len(self._records), len(self._records))

    def _ask(self, record: SourceRecord) -> Fetched | None:
        host = urlsplit(record.uri).netloc
        if self._unreachable[host] >= MOST_TRIES:
            raise SourceError(f"{record.uri} was not asked for, since its site cannot be reached; try again later.")
        try:
            if record.is_outdated:
                fetched: Fetched | None = self._fetcher.fetch(record.uri)
            else:
                fetched = self._fetcher.fetch_if_changed(record.uri, record.validators)
        except HostError:
            self._unreachable[host] += 1
            raise
        self._unreachable[host] = 0
        if fetched and fetched.url != record.uri:
            raise MovedError(
                f"“{record.title}” ({record.id}) has moved from {record.uri} to {fetched.url}; index the new address, "
                f"then run `pullquote sources remove {record.id}`."
            )
        return fetched
