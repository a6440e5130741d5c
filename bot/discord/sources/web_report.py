"""What people are told about web pages that they added or asked for again; pure: knows no Discord."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.document_list import MAX_NAME, refusal_sentence
from bot.discord.library.guarded_web import AddressError
from bot.discord.library.web_editor import Refreshed
from bot.discord.sources.addition_report import Fate, FileOutcome, several_outcomes
from bot.discord.texts import Texts
from retrieval import CrawlEnd, SiteReport, SourceError, SourceProblem, Taken
from retrieval.ingest.web_refresh import MovedError
from retrieval.web.connections import HostError, PrivateHostError
from retrieval.web.responses import StatusError
from retrieval.web.robots import DisallowedError


def shown_address(url: str) -> str:
    """An address for people: escaped, and without what might be a password."""
    return shorten(url.rpartition("@")[2] if "@" in url.partition("?")[0] else url, MAX_NAME)


def web_refusal(error: SourceError, url: str, texts: Texts) -> str:
    """Why a page cannot be a document, in the person's language; nothing of the network behind it is told."""
    name = shown_address(url)
    if error.problem is not SourceProblem.UNREADABLE:
        return refusal_sentence(error, name, texts)
    kinds = (
        (AddressError, texts.web_address),
        (PrivateHostError, texts.web_private),
        (HostError, texts.web_unreachable),
        (DisallowedError, texts.web_disallowed),
        (MovedError, texts.web_moved),
        (StatusError, texts.web_status),
    )
    sentence = next((sentence for kind, sentence in kinds if isinstance(error, kind)), texts.web_unreadable)
    return sentence.format(name=name, status=error.status if isinstance(error, StatusError) else "")


def site_report(report: SiteReport, url: str, texts: Texts) -> tuple[str, str | None]:
    """What became of a site: how many pages, which of them failed, and why it ended before it was whole."""
    intake, crawl = report.intake, report.crawl
    end = {
        CrawlEnd.PAGES: texts.web_end_pages,
        CrawlEnd.REQUESTS: texts.web_end_pages,
        CrawlEnd.SIZE: texts.web_end_pages,
        CrawlEnd.TIME: texts.web_end_time,
        CrawlEnd.FAILURES: texts.web_end_failures,
        CrawlEnd.INTERRUPTED: texts.web_end_stopped,
    }.get(crawl.end)
    notes = [end.format(pages=texts.web_pages(crawl.pages))] if end else []
    left_out = sum(crawl.left_out.values())
    if left_out:
        notes.append(texts.web_left_out.format(pages=texts.web_pages(left_out)))
    outcomes = [
        *_outcomes(intake.added, Fate.ADDED),
        *_outcomes(intake.replaced, Fate.REPLACED),
        *_outcomes(intake.unchanged, Fate.UNCHANGED),
        *_refused(intake.errors.items(), texts),
    ]
    if not outcomes:
        return texts.web_no_pages.format(name=shown_address(url)), None
    return several_outcomes(outcomes, texts, notes)


def refresh_report(done: Refreshed, *, is_stopped: bool, texts: Texts) -> tuple[str, str | None]:
    """What became of a server's web pages; what has not changed is counted alone."""
    outcomes = [*_outcomes(done.changed, Fate.REPLACED), *_refused(done.errors.items(), texts)]
    notes = [texts.web_gone.format(title=shorten(title, MAX_NAME)) for title in done.gone]
    notes += [texts.web_end_stopped.format(pages=texts.web_pages(done.asked))] if is_stopped else []
    if not done.asked:
        return texts.web_none, None
    return several_outcomes(outcomes, texts, notes, unchanged=len(done.unchanged))


def _outcomes(taken: Iterable[Taken], fate: Fate) -> Iterator[FileOutcome]:
    return (FileOutcome("", fate, one.title, one.warnings) for one in taken)


def _refused(errors: Iterable[tuple[str, SourceError]], texts: Texts) -> Iterator[FileOutcome]:
    return (FileOutcome(url, Fate.REFUSED, reason=web_refusal(error, url, texts)) for url, error in errors)
