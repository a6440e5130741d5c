"""Answers that a chat model writes: what it is asked, how its words are read, checked and quoted, and what it costs."""

from bot.chat.answering import ChatAnswerer
from bot.chat.budget import TokenBudget
from bot.chat.calls import ChatCalls
from bot.chat.models import open_chat_model
from bot.chat.rewriting import ChatRewriter
from bot.chat.trying import try_chat_model

__all__ = ["ChatAnswerer", "ChatCalls", "ChatRewriter", "TokenBudget", "open_chat_model", "try_chat_model"]
