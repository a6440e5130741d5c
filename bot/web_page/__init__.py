"""Answers in a browser: one HTML file, served or saved."""

from __future__ import annotations

from bot.web_page.web_page import answer_page, cited_sources, page_html, page_policy

__all__ = ["answer_page", "cited_sources", "page_html", "page_policy"]
