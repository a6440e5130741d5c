"""Whether a statement follows from the very sentences that it cites: exact rules, and a network that reads both."""

from bot.chat.verification.checker import StatementChecker
from bot.chat.verification.judge import open_judge
from bot.chat.verification.verdict import SUPPORTED, Rule, Verdict

__all__ = ["SUPPORTED", "Rule", "StatementChecker", "Verdict", "open_judge"]
