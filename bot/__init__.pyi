"""The names that ``bot`` promises, and where each lives; ``__init__.py`` and type checkers read them."""

from bot.chain.answer_chain import AnswerChain as AnswerChain
from bot.citations import Citation as Citation
from bot.citations import Quote as Quote
from bot.errors import AnswerError as AnswerError
from bot.errors import ChatModelError as ChatModelError
from bot.errors import CheckerError as CheckerError
from bot.errors import QuestionError as QuestionError
from bot.errors import ReaderError as ReaderError
from bot.quotes import is_verified as is_verified
from bot.quotes import verify_answer as verify_answer
from bot.settings import Settings as Settings
from bot.types import NOT_FOUND_TEXT as NOT_FOUND_TEXT
from bot.types import Answer as Answer
from bot.types import Certainty as Certainty
from bot.types import Question as Question
from bot.types import Statement as Statement
from bot.types import Status as Status
from bot.types import Turn as Turn
