"""The way from a question to its answer as LangChain has it: a Runnable, its text, and a tool for agents."""

from bot.chain.answer_chain import MAX_CONCURRENT_ANSWERS, AnswerChain

__all__ = ["MAX_CONCURRENT_ANSWERS", "AnswerChain"]
