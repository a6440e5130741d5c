"""Questions that a document may answer, made of its own questions, headings and statements; nothing is looked up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from bot.examples.phrasing import PHRASINGS, Phrasing, QuestionRule
from retrieval import Source, Span, extract_terms, split_sentences
from retrieval.types import PATH_SEPARATOR

OWN, TOPIC = "own", "topic"
RANKS = (
    "limit",
    "deadline",
    "price",
    "time",
    "length",
    "way",
    "listed",
    "value",
    "case",
    "person",
    "date",
    "definition",
)
# A button's label has room for this many.
LONGEST, SHORTEST = 80, 12
FEWEST_WORDS = 3
# Only so much of a long document is looked at.
MOST_CHARACTERS = 200_000
# In a text longer than this, a word that it does not have so often needs another to be understood.
LONG_TEXT, FAMILIAR = 8_000, 25
# As much text under a question, or a heading, may hold its answer.
SECTION = 1_500
MARKS = re.compile(r"[*_`~]+|\[([^\]\n]*)\]\([^)\n]*\)|<[^>\n]+>")
CLAUSES = frozenset(
    (
        "how",
        "what",
        "which",
        "that",
        "who",
        "whose",
        "that's",
        "che",
        "cosa",
        "chi",
        "dass",
        "was",
        "wer",
        "que",
        "quien",
    )
)
LEAD = re.compile(
    r"[\s>#*+•–—-]*(?:\d{1,3}[.)]\s+)?(?:\*\*)?(?:(?:Q|D|F|P|Question|Domanda|Frage|Pregunta)\s?\d*\s?[:.)]\s*)?"
)
# "Modified versions", "Returning members".
PARTICIPLE = re.compile(r"[A-Z][a-z]{2,}(?:ed|ing) [a-z ]+")
# What no question for people holds: code, addresses, placeholders, the end of another sentence.
STRANGE = re.compile(r"[{}<>|\\=@\[\]_;\"“”„«»()]|https?:|\w\.\w|[.!?…:] |\d{5,}")


@dataclass(frozen=True, slots=True)
class ExampleCandidate:
    """A question, what kind it is, and where in the document the answer must stand to be the one that is meant."""

    question: str
    kind: str
    answer: Span


def example_candidates(source: Source) -> list[ExampleCandidate]:
    """The questions that may be offered, the most promising first; questions of a kind do not follow one another.

    The document's own questions come first: nobody knows better what people ask.
    """
    phrasing = PHRASINGS.get(source.language)
    made = chain(_from_headings(source, phrasing), _from_sentences(source, phrasing)) if phrasing else ()
    by_kind: defaultdict[str, list[ExampleCandidate]] = defaultdict(list)
    seen: set[str] = set()
    for candidate in chain(_own_questions(source), made):
        if is_offered(candidate) and candidate.question.casefold() not in seen:
            seen.add(candidate.question.casefold())
            by_kind[candidate.kind].append(candidate)
    kinds = sorted(by_kind, key=_rank)
    counts = _term_counts(source)
    for kind in kinds:
        if kind != OWN:
            by_kind[kind].sort(key=lambda one: -_weight(one, counts, source.language))
    rounds = zip_longest(*(by_kind[kind] for kind in kinds))
    ordered = [one for each in rounds for one in each if one is not None]
    return sorted(ordered, key=lambda one: (one.kind != OWN, one.kind == TOPIC))


def is_offered(candidate: ExampleCandidate) -> bool:
    """Whether a question looks as people would ask it, and fits on a button."""
    question = candidate.question
    return (
        SHORTEST <= len(question) <= LONGEST
        and len(question.split()) >= FEWEST_WORDS
        and not STRANGE.search(question)
        and (question[-1] in "?؟？" or candidate.kind == TOPIC)
    )


def _rank(kind: str) -> int:
    """What people ask most comes first, and a mere subject comes last."""
    return -1 if kind == OWN else RANKS.index(kind) if kind in RANKS else len(RANKS) + (kind == TOPIC)


def _own_questions(source: Source) -> Iterator[ExampleCandidate]:
    """Lines that are questions, as in a list of frequently asked ones; the answer follows."""
    text = source.text[:MOST_CHARACTERS]
    found = list(re.finditer(r"^.{8,200}[?؟？][*_]*[ \t]*$", text, re.MULTILINE))
    for line, following in zip_longest(found, found[1:]):
        question = plain(LEAD.sub("", line[0], count=1))
        end = min(following.start() if following else len(text), line.end() + SECTION)
        if text[line.end() : end].strip():
            yield ExampleCandidate(question, OWN, Span(line.end(), end))


def _from_headings(source: Source, phrasing: Phrasing) -> Iterator[ExampleCandidate]:
    """Headings that say what is explained below."""
    for here, following in zip_longest(source.places, source.places[1:]):
        end = min(following.start if following else len(source.text), here.start + SECTION)
        heading = plain((here.heading or "").rpartition(PATH_SEPARATOR)[2])
        if (
            here.start < MOST_CHARACTERS
            and heading not in ("", source.title)
            and len(heading) <= LONGEST
            and end > here.start
        ):
            yield from _asked(heading, phrasing.headings, phrasing, source, Span(here.start, end))


def _from_sentences(source: Source, phrasing: Phrasing) -> Iterator[ExampleCandidate]:
    for span in split_sentences(source.text[:MOST_CHARACTERS], source.language):
        sentence = source.slice(span)
        start = LEAD.match(sentence)
        words = plain(sentence[start.end() if start else 0 :])
        if 20 <= len(words) <= 400 and "|" not in words:
            yield from _asked(words, phrasing.sentences, phrasing, source, span)


def _asked(
    words: str, rules: Iterable[QuestionRule], phrasing: Phrasing, source: Source, answer: Span
) -> Iterator[ExampleCandidate]:
    """The question of the first rule that fits, if any does."""
    for rule in rules:
        found = rule.form.match(words)
        if found is None:
            continue
        parts = {name: part for name, part in found.groupdict().items() if part}
        subject = parts.get("subject")
        if subject is not None:
            if not _stands_alone(subject, phrasing) or not _agree(subject, parts.get("last", ""), phrasing):
                continue
            if _is_vague(subject, phrasing, source):
                continue
            parts["subject"] = _inside(subject, phrasing, source, in_heading=rules is phrasing.headings)
        if not all(_is_clear(parts[name], phrasing) for name in ("do", "case") if name in parts):
            continue
        for name in ("do", "case"):
            if name in parts:
                parts[name] = _as_reader(_small(parts[name]), phrasing)
        for name in ("do", "be"):
            if name in parts:
                parts[name.title()] = parts[name][:1].upper() + parts[name][1:]
        if "last" in parts:
            parts["does"], parts["base"] = _verb(parts["last"])
        yield ExampleCandidate(" ".join(rule.question.format(**parts).split()), rule.kind, answer)
        return


def _stands_alone(subject: str, phrasing: Phrasing) -> bool:
    """Whether whoever reads only this knows what it is."""
    words = subject.casefold().split()
    core = words[1:] if words[0] in phrasing.articles else words
    if words[0] in phrasing.no_subject or not core or core[0] in phrasing.no_subject:
        return False
    return phrasing.no_part.isdisjoint(words) and any(len(word) > 2 for word in core) and not core[-1].isdigit()


def _is_clear(clause: str, phrasing: Phrasing) -> bool:
    """Whether it is one plain clause that begins with nobody and nothing named before; "you" is the reader."""
    first, *others = clause.casefold().split()
    begins_well = first not in phrasing.no_subject or first in phrasing.addressed
    return begins_well and CLAUSES.isdisjoint(others)


def _agree(subject: str, verb: str, phrasing: Phrasing) -> bool:
    """Whether an English subject and verb agree in number; else the verb is none, as in "came close"."""
    if phrasing.language != "en" or not verb:
        return True
    is_singular = verb.split()[0].endswith("s")
    return is_singular != (subject.endswith("s") and not subject.endswith(("ss", "us", "is")))


def _is_vague(subject: str, phrasing: Phrasing, source: Source) -> bool:
    """Whether it is one common word of a long text: which "pass" is meant, only the sentence before it tells."""
    *first, word = subject.split()
    has_article = len(first) == 1 and first[0].casefold() in phrasing.articles
    is_common = word.islower() or phrasing.keeps_capitals
    return has_article and is_common and len(source.text) > LONG_TEXT and source.text.count(word) < FAMILIAR


def _inside(subject: str, phrasing: Phrasing, source: Source, *, in_heading: bool) -> str:
    """A subject as it is written inside a sentence: small, unless the document writes it large there, too."""
    first, blank, rest = subject.partition(" ")
    if first.casefold() in phrasing.articles:
        return first.casefold() + blank + rest
    for elided in ("l'", "l’", "un'", "un’"):
        if first.casefold().startswith(elided):
            return subject[:1].lower() + subject[1:]
    if phrasing.keeps_capitals or not first[1:].islower():
        return subject
    # Several of them, a participle, or what a heading begins with, is a name only where the text writes it large inside
    # a sentence.
    may_be_small = (
        first.endswith("s") or bool(PARTICIPLE.fullmatch(subject)) or (in_heading and rest.islower() == bool(rest))
    )
    is_large = re.search(rf"[a-zà-ù,;] {re.escape(first)}\b", source.text)
    is_small = re.search(rf"(?<![.!?:#*\n-] )(?<!\n)\b{re.escape(first.lower())}\b", source.text)
    return _small(subject) if is_small or (may_be_small and not is_large) else subject


def _small(words: str) -> str:
    """The words with a small first letter, unless their first word has more than one capital."""
    first = words.split(maxsplit=1)[0]
    return words if any(letter.isupper() for letter in first[1:]) else words[:1].lower() + words[1:]


def _as_reader(words: str, phrasing: Phrasing) -> str:
    """What is said to the reader, as the reader would say it."""
    for said, asked in phrasing.addressed.items():
        words = re.sub(rf"\b{said}\b(?!['’])", asked, words, flags=re.IGNORECASE)
    return words


def _verb(last: str) -> tuple[str, str]:
    """An English verb for a question: "opens" becomes "does … open", and "open" becomes "do … open"."""
    verb, blank, rest = last.partition(" ")
    if verb in ("has", "have"):
        return ("does" if verb == "has" else "do"), "have"
    return ("does", verb[:-1] + blank + rest) if verb.endswith("s") else ("do", last)


def plain(words: str) -> str:
    """The words without the marks of Markdown, on one line."""
    return " ".join(MARKS.sub(lambda found: found[1] or "", words).split())


def _term_counts(source: Source) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for term in extract_terms(source.text[:MOST_CHARACTERS], source.language):
        counts[term] += 1
    return counts


def _weight(candidate: ExampleCandidate, counts: dict[str, int], language: str) -> float:
    """How much a question is about what the document is about; a long one is worth less."""
    terms = set(extract_terms(candidate.question, language)) or {""}
    return sum(min(counts.get(term, 0), 20) for term in terms) / len(terms) - len(candidate.question) / 20
