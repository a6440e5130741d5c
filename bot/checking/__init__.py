"""Whether a statement is supported by the very sentences that it cites."""

from bot.checking.checking import check_statement
from bot.checking.verdict import SUPPORTED, Rule, Verdict

__all__ = ["SUPPORTED", "Rule", "Verdict", "check_statement"]
