"""Questions about the whole, or about somebody or something in it: what they are told by, and what answers them."""

from bot.overview.overview_request import OverviewForm, OverviewRequest, asks_for_whole, read_request
from bot.overview.overview_search import Overview, OverviewSearch

__all__ = ["Overview", "OverviewForm", "OverviewRequest", "OverviewSearch", "asks_for_whole", "read_request"]
