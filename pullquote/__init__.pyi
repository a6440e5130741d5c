"""The names that ``pullquote`` promises, and which package each is of; ``__init__.py`` and type checkers read them."""

from bot import NOT_FOUND_TEXT as NOT_FOUND_TEXT
from bot import Answer as Answer
from bot import AnswerChain as AnswerChain
from bot import AnswerError as AnswerError
from bot import Certainty as Certainty
from bot import ChatModelError as ChatModelError
from bot import CheckerError as CheckerError
from bot import Citation as Citation
from bot import Question as Question
from bot import QuestionError as QuestionError
from bot import Quote as Quote
from bot import ReaderError as ReaderError
from bot import Settings as Settings
from bot import Statement as Statement
from bot import Status as Status
from bot import Turn as Turn
from bot import is_verified as is_verified
from bot import verify_answer as verify_answer
from retrieval import DEFAULT_COLLECTION as DEFAULT_COLLECTION
from retrieval import CollectionError as CollectionError
from retrieval import DamagedLibraryError as DamagedLibraryError
from retrieval import HybridRetriever as HybridRetriever
from retrieval import HybridSearch as HybridSearch
from retrieval import Indexer as Indexer
from retrieval import IndexMismatchError as IndexMismatchError
from retrieval import IndexReport as IndexReport
from retrieval import Label as Label
from retrieval import LabelKind as LabelKind
from retrieval import Library as Library
from retrieval import LibraryBusyError as LibraryBusyError
from retrieval import LibrarySettings as LibrarySettings
from retrieval import ModelError as ModelError
from retrieval import OnnxEmbeddings as OnnxEmbeddings
from retrieval import Passage as Passage
from retrieval import Place as Place
from retrieval import PullquoteError as PullquoteError
from retrieval import RetrievalError as RetrievalError
from retrieval import SentenceTransformerEmbeddings as SentenceTransformerEmbeddings
from retrieval import SettingsError as SettingsError
from retrieval import Source as Source
from retrieval import SourceError as SourceError
from retrieval import SourceFilter as SourceFilter
from retrieval import SourceRecord as SourceRecord
from retrieval import Span as Span
from retrieval import StorageError as StorageError
from retrieval import UnknownSourceError as UnknownSourceError
from retrieval import fetch_url as fetch_url
from retrieval import find_documents as find_documents
from retrieval import load_bytes as load_bytes
from retrieval import load_path as load_path

__all__: list[str]
__version__: str

def check_doors() -> None: ...
