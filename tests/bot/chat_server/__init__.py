"""A scripted chat model that speaks OpenAI's protocol over HTTP on this machine: see ``server.py``."""

from tests.bot.chat_server.behaviour import Behaviour
from tests.bot.chat_server.breaking import (
    BROKEN_EVENTS,
    HTML,
    NO_JSON,
    OTHER_EVENTS,
    OTHER_JSON,
    Cut,
    InvalidUtf8,
    Reset,
    Rubbish,
)
from tests.bot.chat_server.completions import Usage
from tests.bot.chat_server.liars import CopiesWithOneWordChanged, InventsNumbers, OtherProtocol, Stitches, WrongAge
from tests.bot.chat_server.line_by_line import LineByLine
from tests.bot.chat_server.models import NOTHING_FOUND, Copies, Good, Model, SaysNothing, cited
from tests.bot.chat_server.obeying import Obeys, order_in
from tests.bot.chat_server.prompt import asked, holding, numbered_sentences
from tests.bot.chat_server.refusing import (
    Error,
    ErrorInStream,
    broken,
    context_length_exceeded,
    no_such_model,
    overloaded,
    quota_exceeded,
    too_many_requests,
    wrong_key,
)
from tests.bot.chat_server.requests import Request
from tests.bot.chat_server.saying import Empty, Say
from tests.bot.chat_server.server import ChatServer
from tests.bot.chat_server.waiting import KeepsAlive, NeverStop, Silent, Slow, Stall

__all__ = [
    "BROKEN_EVENTS",
    "HTML",
    "NOTHING_FOUND",
    "NO_JSON",
    "OTHER_EVENTS",
    "OTHER_JSON",
    "Behaviour",
    "ChatServer",
    "Copies",
    "CopiesWithOneWordChanged",
    "Cut",
    "Empty",
    "Error",
    "ErrorInStream",
    "Good",
    "InvalidUtf8",
    "InventsNumbers",
    "KeepsAlive",
    "LineByLine",
    "Model",
    "NeverStop",
    "Obeys",
    "OtherProtocol",
    "Request",
    "Reset",
    "Rubbish",
    "Say",
    "SaysNothing",
    "Silent",
    "Slow",
    "Stall",
    "Stitches",
    "Usage",
    "WrongAge",
    "asked",
    "broken",
    "cited",
    "context_length_exceeded",
    "holding",
    "no_such_model",
    "numbered_sentences",
    "order_in",
    "overloaded",
    "quota_exceeded",
    "too_many_requests",
    "wrong_key",
]
