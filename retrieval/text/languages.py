"""Which language a text is written in: it decides where sentences end and how words are stemmed."""

from __future__ import annotations

from functools import cache
from tempfile import gettempdir
from typing import TYPE_CHECKING

from retrieval.errors import StorageError
from retrieval.types import ENGLISH

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Snowball's name of each language that it can stem; the words of the others are stemmed as English ones are, which
# leaves other scripts as they stand.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}
UNSTEMMED = ("bg", "he", "hi", "ja", "ka", "ko", "ne", "ta", "th", "uk", "vi", "zh")
# The beginning of a text tells its language; the rest would only take time.
SAMPLE_CHARACTERS = 5_000
# A few words are not enough to be sure; what is not surely another language is read as English.
SURE = 0.9


def detect_language(text: str, *, otherwise: str = ENGLISH) -> str:
    """The language of ``text`` as an ISO 639-1 code; ``otherwise`` when it is too short or too mixed to tell.

    Source of the method: ``py3langid``, a naive Bayes classifier over byte sequences, with its own model.
    """
    language, confidence = _identifier().classify(text[:SAMPLE_CHARACTERS])
    return language if confidence >= SURE else otherwise


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # the library unpacks its model there
        raise StorageError(
            "The language of a document cannot be told, because the temporary folder "
            f"{gettempdir()} cannot be written; free some space there, or set TMPDIR to another folder."
        ) from error
    identifier.set_languages([*STEMMERS, *UNSTEMMED])
    return identifier
