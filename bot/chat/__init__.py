"""Answers that a chat model writes: what it is asked, how its words are read, checked and quoted, and what it costs."""

from bot.chat.answerer import ChatAnswerer
from bot.chat.chat_client import ChatClient
from bot.chat.followup_rewriter import FollowupRewriter
from bot.chat.probe import probe_chat_model
from bot.chat.providers import open_chat_model
from bot.chat.token_budget import TokenBudget
from bot.chat.verification import StatementChecker, open_judge

__all__ = [
    "ChatAnswerer",
    "ChatClient",
    "FollowupRewriter",
    "StatementChecker",
    "TokenBudget",
    "open_chat_model",
    "open_judge",
    "probe_chat_model",
]
