"""Files of many formats -> Source; one module a format."""

from retrieval.loaders.article import ARTICLE_TITLE, ARTICLE_URI, load_article
from retrieval.loaders.formats import check_file, is_document, known_suffixes
from retrieval.loaders.source_loader import Original, load_bytes, load_path, read_path
from retrieval.loaders.text_beginnings import is_export

__all__ = [
    "ARTICLE_TITLE",
    "ARTICLE_URI",
    "Original",
    "check_file",
    "is_document",
    "is_export",
    "known_suffixes",
    "load_article",
    "load_bytes",
    "load_path",
    "read_path",
]
