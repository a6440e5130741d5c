"""The pages of one site: found in its sitemaps and by the links of its pages, within limits."""

from retrieval.web.site.crawl import SiteCrawl
from retrieval.web.site.crawl_report import CrawlEnd, CrawlReport, KnownPage, SiteLimits, SitePage
from retrieval.web.site.scope import SkipReason

__all__ = ["CrawlEnd", "CrawlReport", "KnownPage", "SiteCrawl", "SiteLimits", "SitePage", "SkipReason"]
