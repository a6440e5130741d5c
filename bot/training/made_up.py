"""Articles without questions -> examples: a sentence becomes a question that another paragraph of its article answers.

A name or a number that stands in several paragraphs is taken out of a sentence of one; what is left, as a question, is
asked of another that shares words with it. Nobody wrote these questions and some have no good answer; they teach to
look for a word of the right kind beside words of the question.

Source of the method: span selection from a passage found for a cloze (Glass et al. 2020, "Span Selection
Pre-training for Question Answering"; Ram et al. 2021, "Few-Shot Question Answering by Pretraining Span Selection"),
with the cloze turned into a question by template (Lewis et al. 2019, "Unsupervised Question Answering by Cloze
Translation").
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.training.alterations import NAME, NUMBER, YEAR
from bot.training.sets import Example
from retrieval import extract_terms, split_sentences

PARAGRAPH_WORDS, SENTENCE_WORDS = 25, (8, 40)
CLAUSE_BORDER = re.compile(r"[,;:–—]\s|\s(?:and|but|while|although|because|which|who|that)\s")
CLAUSE_WORDS = 7
PLACE_WORDS = {"in", "at", "near", "from", "to"}
NO_NAMES = {"He", "She", "It", "They", "We", "I", "This", "That", "These", "Those", "The", "A", "An", "In", "On", "At"}
DROPPED = 0.2  # the share of a question's words that are left out, so that fewer are copies of their sentences
# How many paragraphs of an article a name may stand in, and how many words, rare in the article, the two sentences
# must share besides it.
MOST_PARAGRAPHS, SHARED = 12, 3
RARE = 0.2


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: int
    text: str
    terms: frozenset[str]


def make_up_examples(articles: Mapping[str, str], count: int, seed: int) -> list[Example]:
    """Make ``count`` examples, or as many as there are, as evenly from all articles as can be.

    Args:
        articles: Texts by title, a paragraph a line.
        count: How many to make.
        seed: Where the drawing starts.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    made: list[list[Example]] = []
    for title in sorted(articles):
        examples = list(_of_article(title, articles[title], rng))
        rng.shuffle(examples)
        made.append(examples)
    most = max((len(examples) for examples in made), default=0)
    rng.shuffle(made)
    return [examples[turn] for turn in range(most) for examples in made if turn < len(examples)][:count]


def _of_article(title: str, text: str, rng: random.Random) -> Iterator[Example]:
    paragraphs = [line.strip() for line in text.splitlines() if len(line.split()) >= PARAGRAPH_WORDS]
    sentences = [
        _Sentence(number, words, frozenset(extract_terms(words)))
        for number, paragraph in enumerate(paragraphs)
        for words in (paragraph[span.start : span.end] for span in split_sentences(paragraph))
    ]
    spread = Counter(term for sentence in sentences for term in sentence.terms)
    rare = {term for term, found in spread.items() if found <= max(2, RARE * len(paragraphs))}
    holding: dict[str, list[_Sentence]] = defaultdict(list)
    for sentence in sentences:
        for words in {place.group() for place in _places(sentence.text)}:
            holding[words].append(sentence)
    for sentence in sentences:
        if not SENTENCE_WORDS[0] <= len(sentence.text.split()) <= SENTENCE_WORDS[1]:
            continue
        for place in _places(sentence.text):
            found = _found_elsewhere(sentence, place.group(), holding[place.group()], rare)
            question = _question(sentence.text, place, rng) if found else None
            if found and question:
                yield Example(title, question, paragraphs[found.paragraph], (place.group(),))


def _places(sentence: str) -> list[re.Match[str]]:
    names = [match for match in NAME.finditer(sentence) if match.group().split()[0] not in NO_NAMES]
    return names + list(NUMBER.finditer(sentence))


def _found_elsewhere(sentence: _Sentence, words: str, holding: list[_Sentence], rare: set[str]) -> _Sentence | None:
    """The sentence of another paragraph that holds ``words`` too and shares most rare terms, if it shares enough."""
    if len({other.paragraph for other in holding}) > MOST_PARAGRAPHS:
        return None
    asked = (sentence.terms & rare) - set(extract_terms(words))
    others = [other for other in holding if other.paragraph != sentence.paragraph and other.text != sentence.text]
    best = max(others, key=lambda other: len(asked & other.terms), default=None)
    return best if best is not None and len(asked & best.terms) >= SHARED else None


def _question(sentence: str, place: re.Match[str], rng: random.Random) -> str | None:
    """The clause around ``place`` as a question for it; None when too little is left of it."""
    borders = [0, *(match.end() for match in CLAUSE_BORDER.finditer(sentence)), len(sentence)]
    start = max(border for border in borders if border <= place.start())
    end = min(border for border in borders if border >= place.end())
    if len(sentence[start:end].split()) < CLAUSE_WORDS:  # too short to ask about: take the clause on each side too
        start = max((border for border in borders if border < start), default=0)
        end = min((border for border in borders if border > end), default=len(sentence))
    before, after = sentence[start : place.start()].strip(), sentence[place.end() : end].strip(" .,;:–—")
    asked = _question_word(before, place.group(), rng)
    if YEAR.match(place.group()) and before.endswith((" in", "In")):
        before, asked = before[:-2].strip(), "when"
    words = [word for word in before.split() if rng.random() > DROPPED]
    rest = [word for word in after.split() if rng.random() > DROPPED]
    if len(words) + len(rest) < CLAUSE_WORDS - 3:
        return None
    ordered = [asked, *words, *rest] if rng.random() < 0.5 else [*words, asked, *rest]
    question = " ".join(ordered)
    return f"{question[0].upper()}{question[1:]}?"


def _question_word(before: str, answer: str, rng: random.Random) -> str:
    if YEAR.match(answer):
        return rng.choice(["what year", "which year"])
    if answer[0].isdigit():
        return rng.choice(["how many", "how much", "what number"])
    if before.rsplit(" ", 1)[-1].lower() in PLACE_WORDS and rng.random() < 0.6:
        return rng.choice(["where", "what place", "which country", "which city"])
    return rng.choice(["who", "what", "what", "which"])
