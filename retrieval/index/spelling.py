"""Typos in a question, corrected with the words of the documents that are asked."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from retrieval.index.bm25 import KeywordIndex
from retrieval.index.spelling_variants import other_spellings
from retrieval.text.dictionaries import DICTIONARIES, dictionary
from retrieval.text.terms import MIN_LETTERS, TERM, extract_question_terms, fold_words, is_spelled, stop_words_of
from retrieval.types import ENGLISH

# Words of questions that the list of stop words lacks, because they can also carry meaning.
QUESTION_WORDS = fold_words(
    "another could ever every many may might much must shall since upon whose within without would"
)
# A slip in a question is a slip for one of these before it is one for another ("wich" is not "with").
ASKING_WORDS = fold_words("how what when where which who whom whose why")
# What is left of "don't" in a hasty question.
CONTRACTIONS = fold_words(
    "arent cant couldnt didnt doesnt dont hadnt hasnt havent heres hows isnt lets shouldnt thats theres theyre wasnt "
    "werent whats wheres whos wont wouldnt youre"
)
# A word of fewer letters is left alone, unless it is a slip for a word of questions ("teh").
MIN_CONTENT_LETTERS = 4
# From this length on a word may hold two typos; a name needs one letter more, because names differ by little.
TWO_SLIPS_LETTERS, TWO_SLIPS_NAME_LETTERS = 8, 9
MIN_NAME_LETTERS = 6
# A text with more unknown words than this is no question with typos.
MAX_UNKNOWN = 12


@dataclass(frozen=True, slots=True)
class Correction:
    """A question without its typos, and what was replaced: the word as typed, the word as meant."""

    text: str
    replaced: tuple[tuple[str, str], ...] = ()


class Speller:
    """Corrects words that the documents asked do not hold, where they hold one that looks nearly the same.

    A word that the documents hold, in any form, stays, and so does every word of the dictionary, so that only what
    is no word at all is corrected: a question about something that the documents do not speak of must not turn into one
    about something else. A name is changed by one letter at most, unless it is long. Accents may be left out. A British
    spelling becomes the American one where the documents have that alone, and the other way round, but not in a name.

    Source of the methods: the optimal string alignment distance (Damerau-Levenshtein with each letter moved once) of
    ``rapidfuzz``; the dictionaries of ``pyspellchecker``.

    Args:
        indexes: The keyword indexes of the documents.
        languages: The languages of the documents.
    """

    def __init__(self, indexes: Sequence[KeywordIndex], languages: Sequence[str]) -> None:
        self.indexes = tuple(indexes)
        self._languages = tuple(languages)
        self._function_words = {word for language in languages for word in stop_words_of(language) if is_spelled(word)}
        if ENGLISH in languages:
            self._function_words.update(QUESTION_WORDS)

    def correct(self, text: str) -> Correction:
        """``text`` with its typos corrected; case and everything between the words stay as they are.

        It stays whole where most of the words that seem misspelt are near no other: that is no hasty question but one
        in a language that the documents are not written in.
        """
        shouted = text.isupper()
        misspelt = (match for match in TERM.finditer(text) if self._is_to_change(match[0]))
        unknown = list(islice(misspelt, MAX_UNKNOWN + 1))  # one too many is enough, and looking for each takes long
        if len(unknown) > MAX_UNKNOWN:
            return Correction(text)
        parts: list[str] = []
        replaced: list[tuple[str, str]] = []
        end = strange = corrected = 0
        for match in unknown:
            typed = match[0]
            is_name = typed[0].isupper() and not shouted
            opens = not any(character.isalnum() for character in text[: match.start()])
            meant = self._meant(typed, is_name=is_name, opens=opens)
            strange += not is_name
            corrected += not is_name and meant != typed
            if meant != typed:
                replaced.append((typed, meant))
            parts += [text[end : match.start()], meant]
            end = match.end()
        if 2 * corrected < strange:
            return Correction(text)
        return Correction("".join([*parts, text[end:]]), tuple(replaced))

    def _is_to_change(self, typed: str) -> bool:
        """Whether neither the documents nor the dictionary hold the word, or the documents spell it otherwise."""
        word = _folded(typed)
        if not is_spelled(word) or word in self._function_words or word in CONTRACTIONS or self._is_held(word):
            return False
        return not self._is_in_dictionary(word) or self._as_documents_spell(word) is not None

    def _as_documents_spell(self, word: str) -> str | None:
        """The other spelling of an English word that the documents hold, where they do not hold this one."""
        if ENGLISH not in self._languages:
            return None
        others = (other for other in other_spellings(word) if other not in self._function_words)
        return next((other for other in others if self._is_held(other, whole=True)), None)

    def _meant(self, typed: str, *, is_name: bool, opens: bool) -> str:
        """The word that was meant; ``typed`` itself where no other is near enough."""
        word = _folded(typed)
        if (spelled := self._as_documents_spell(word)) is not None:
            # Gray is somebody else than Grey.
            return typed if is_name and not opens else _written_as(typed, spelled)
        # The first word has a capital letter whatever it is; an abbreviation ("OSCE") is no typo of "once".
        may_be_function_word = not is_name or (opens and not typed.isupper())
        meant = self._nearest_function_word(word) if may_be_function_word else None
        meant = meant or self._nearest(word, is_name)
        return typed if meant is None else _written_as(typed, meant)

    def _is_in_dictionary(self, word: str) -> bool:
        return any(word in dictionary(language) for language in self._languages if language in DICTIONARIES)

    def _is_held(self, word: str, *, whole: bool = False) -> bool:
        """Whether the documents hold the word in any form, or with ``whole`` each part of it."""
        terms = extract_question_terms(word, self._languages)
        held = [any(index.document_frequency(term) for index in self.indexes) for term in terms]
        return any(held) and (not whole or all(held))

    def _nearest_function_word(self, word: str) -> str | None:
        from rapidfuzz.distance import OSA

        near = [other for other in self._function_words if OSA.distance(word, other, score_cutoff=1) == 1]
        if len(word) == MIN_LETTERS:  # another letter makes another word, if perhaps not an English one ("und")
            near = [other for other in near if len(other) != len(word) or sorted(other) == sorted(word)]
        common = dictionary(ENGLISH)
        return min(
            near,
            key=lambda other: (other[0] != word[0], other not in ASKING_WORDS, -common.frequency(other), other),
            default=None,
        )

    def _nearest(self, word: str, is_name: bool) -> str | None:
        plain = self._by_plain.get(_plain(word))
        if plain is not None:
            return plain
        if len(word) < (MIN_NAME_LETTERS if is_name else MIN_CONTENT_LETTERS):
            return None
        limit = 2 if len(word) >= (TWO_SLIPS_NAME_LETTERS if is_name else TWO_SLIPS_LETTERS) else 1
        found = self._within(word, limit)
        # Hardly anybody mistypes the first letter; where it differs, nothing else may.
        found = [pair for pair in found if pair[1][0] == word[0] or (pair[0] == 1 and not is_name)]
        best = min(
            found,
            key=lambda pair: (pair[0], pair[1][0] != word[0], -self._frequency(pair[1]), pair[1]),
            default=(0, None),
        )
        return best[1]

    def _within(self, word: str, limit: int) -> list[tuple[int, str]]:
        """The words of the documents that are at most ``limit`` typos away, with how many."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found: list[tuple[int, str]] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            some = self._by_length.get(length, [])
            matches = extract(word, some, scorer=OSA.distance, processor=None, score_cutoff=limit, limit=None)
            found += [(int(distance), other) for other, distance, _ in matches]
        return found

    def _frequency(self, word: str) -> int:
        return sum(index.words.get(word, 0) for index in self.indexes)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for index in self.indexes for word in index.words)

    @cached_property
    def _by_plain(self) -> Mapping[str, str]:
        """The words of the documents that have accents, by what they are without; the commonest of each."""
        accented = {word for word in self._words if not word.isascii() and _plain(word) != word}
        return {_plain(word): word for word in sorted(accented, key=lambda word: (self._frequency(word), word))}

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        # Not sorted, which ``_nearest`` does not need: for so many words it takes a tenth of a second in one step, and
        # no other thread runs meanwhile.
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._words:
            by_length[len(word)].append(word)
        return by_length


def _written_as(typed: str, meant: str) -> str:
    """The word that was meant, with capital letters where they were typed."""
    return meant.upper() if typed.isupper() else meant.capitalize() if typed[0].isupper() else meant


def _folded(typed: str) -> str:
    """The word as the documents' words are kept; empty where folding makes two of it."""
    words = fold_words(typed)
    return words[0] if len(words) == 1 else ""


def _plain(word: str) -> str:
    """The word without accents, which people who type in haste leave out."""
    return "".join(
        character for character in unicodedata.normalize("NFD", word) if not unicodedata.combining(character)
    )
