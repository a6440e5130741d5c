"""Answers that a chat model writes: what it is asked, how its words are read, checked and quoted, and what it costs."""

from bot.chat.answerer import ChatAnswerer
from bot.chat.budget import TokenBudget
from bot.chat.client import ChatCalls
from bot.chat.followup_rewriter import ChatRewriter
from bot.chat.models import open_chat_model
from bot.chat.probe import try_chat_model

__all__ = ["ChatAnswerer", "ChatCalls", "ChatRewriter", "TokenBudget", "open_chat_model", "try_chat_model"]
